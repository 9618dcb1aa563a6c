/**
 * What inspections found, decoded: the kernel says where in the request's text, and that becomes a JSON pointer. Of an event that no
 * inspection looked at there is nothing to read. docs/formats/decision.md, "Findings".
 */
import type { Finding, Inspected } from "./decision.ts";
import type { Kernel } from "./kernel.ts";
import type { Manifest } from "./manifest.ts";

const OVER = 1;
const MORE = 2;
/** What is inspected, in a request. */
const INSPECTED = /^\/(?:action\/args|result\/value|message\/text)/;

/** @param rules ids of the inspecting rules that were met; `at`: the findings' address */
export function readFindings(kernel: Kernel, manifest: Manifest, rules: readonly number[], at: number): Inspected {
  const { buffer } = kernel.memory;
  const asked = new Set(rules.flatMap((id) => manifest.rules[id]?.finds ?? []));
  const [count = 0, flags = 0] = new Uint32Array(buffer, at, 2);
  const rows = new DataView(buffer, at + 16, count * 16);
  const found = Array.from({ length: count }, (_, i) => ({
    where: rows.getUint32(16 * i, true),
    kind: rows.getUint16(16 * i + 4, true),
    layers: rows.getUint8(16 * i + 6),
    isName: rows.getUint8(16 * i + 7) === 1,
  })).filter(({ kind }) => asked.has(kind));
  const paths = pointers(
    new Uint8Array(buffer, kernel.input(0)),
    found.map(({ where }) => where),
  );
  const findings = found.flatMap(({ where, kind, layers, isName }): Finding[] => {
    const what = manifest.findings?.[kind];
    return what === undefined ? [] : [{ ...what, path: paths.get(where) ?? "", isName, layers }];
  });
  return { findings, overLimit: (flags & OVER) !== 0, more: (flags & MORE) !== 0 };
}

interface Open {
  /** Of an object the last name that was read; of a list undefined. */
  name: string | undefined;
  index: number;
  readonly isObject: boolean;
}

/** Of the strings whose opening quotes stand there: the pointer to each, or to the member that it names. The text is well-formed JSON. */
function pointers(text: Uint8Array, places: readonly number[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const last = Math.max(-1, ...places);
  const wanted = new Set(places);
  const open: Open[] = [];
  let wantsName = false;
  for (let at = 0; at <= last; at++) {
    const c = text[at];
    const inner = open.at(-1);
    if (c === 0x22) {
      const end = endOfString(text, at);
      if (inner !== undefined && wantsName) inner.name = JSON.parse(new TextDecoder().decode(text.subarray(at, end)));
      wantsName = false;
      if (wanted.has(at)) found.set(at, pointer(open));
      at = end - 1;
    } else if (c === 0x7b || c === 0x5b) {
      wantsName = c === 0x7b;
      open.push({ name: undefined, index: 0, isObject: wantsName });
    } else if (c === 0x7d || c === 0x5d) {
      open.pop();
      wantsName = false;
    } else if (c === 0x2c && inner !== undefined) {
      inner.index++;
      wantsName = inner.isObject;
    }
  }
  return found;
}

function endOfString(text: Uint8Array, quote: number): number {
  let at = quote + 1;
  while (text[at] !== 0x22) at += text[at] === 0x5c ? 2 : 1;
  return at + 1;
}

function pointer(open: readonly Open[]): string {
  const steps = open.map(({ name, index, isObject }) => (isObject ? (name ?? "") : `${index}`));
  const whole = steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return whole.replace(INSPECTED, "");
}
