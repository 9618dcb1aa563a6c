/**
 * Is this module the pinned kernel with a contract's data, and nothing else?
 *
 * Code decides what a module does, so it must be the kernel's, byte for byte; a contract may only add one data segment behind
 * the kernel's own memory and custom sections. Then the module is loaded, which validates the data itself.
 */
import { createHash } from "node:crypto";
import {
  CUSTOM,
  DATA,
  DATA_COUNT,
  MEMORY,
  type Parsed,
  readPages,
  readSections,
  readSegments,
  type Section,
} from "./wasm-sections.ts";

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Where a contract's data begins in every module (docs/formats/module.md); below it is the kernel's own memory. */
const CONTRACT_DATA = 65_536;
const PAGE = 65_536;

export function verifyAgainstKernel(
  module: Uint8Array,
  kernel: Uint8Array,
  pinned: string | undefined,
): readonly Finding[] {
  const digest = createHash("sha256").update(kernel).digest("hex");
  const isPinned: Finding =
    pinned === undefined || pinned === digest
      ? {
          check: "kernel",
          ok: pinned !== undefined,
          detail: pinned === undefined ? "no digest is pinned in this installation" : `sha256 ${digest}`,
        }
      : { check: "kernel", ok: false, detail: `the installed kernel is ${digest}, pinned is ${pinned}` };
  const [own, theirs] = [readSections(kernel), readSections(module)];
  if (!theirs.ok) return [isPinned, { check: "form", ok: false, detail: theirs.message }];
  if (!own.ok) return [{ check: "kernel", ok: false, detail: `the installed kernel: ${own.message}` }];
  return [isPinned, judge("code", sameCode(own.value, theirs.value)), judge("data", onlyAdds(own.value, theirs.value))];
}

const judge = (check: string, result: Parsed<string>): Finding =>
  result.ok ? { check, ok: true, detail: result.value } : { check, ok: false, detail: result.message };

const VARIABLE = new Set([CUSTOM, MEMORY, DATA, DATA_COUNT]);

function sameCode(kernel: readonly Section[], module: readonly Section[]): Parsed<string> {
  const [own, theirs] = [kernel, module].map((sections) => sections.filter(({ id }) => !VARIABLE.has(id)));
  const same =
    own!.length === theirs!.length &&
    own!.every(({ id, body }, at) => theirs![at]!.id === id && equal(body, theirs![at]!.body));
  if (!same) return { ok: false, message: "its code is not the kernel's" };
  return { ok: true, value: "types, functions, exports and code are the kernel's, byte for byte; nothing is imported" };
}

function onlyAdds(kernel: readonly Section[], module: readonly Section[]): Parsed<string> {
  for (const id of [MEMORY, DATA, DATA_COUNT])
    if (module.filter((section) => section.id === id).length > 1) return { ok: false, message: "it repeats a section" };
  const pages = readPages(module.find(({ id }) => id === MEMORY));
  if (pages === undefined) return { ok: false, message: "its memory is not one memory that may grow" };
  const own = readSegments(kernel.find(({ id }) => id === DATA));
  const theirs = readSegments(module.find(({ id }) => id === DATA));
  if (!own.ok) return own;
  if (!theirs.ok) return theirs;
  const kept = own.value.every((segment, at) => {
    const other = theirs.value[at];
    return other !== undefined && other.offset === segment.offset && equal(other.bytes, segment.bytes);
  });
  if (!kept) return { ok: false, message: "it changes the kernel's own tables" };
  const [added, ...others] = theirs.value.slice(own.value.length);
  if (added === undefined || others.length > 0 || added.offset !== CONTRACT_DATA)
    return { ok: false, message: "its contract is not one segment where contracts stand" };
  if (added.offset + added.bytes.length > pages * PAGE)
    return { ok: false, message: "its memory is too small for its contract" };
  return {
    ok: true,
    value: `one segment of ${added.bytes.length.toLocaleString("en-US")} bytes is added, outside the kernel's memory`,
  };
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);
