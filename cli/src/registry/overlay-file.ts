/**
 * A host's `registry/*.yaml`: YAML in, overlay entries out, or an error for every line that is wrong.
 *
 * YAML and JSON Schema are the shell's; what an entry may do (raise, not lower) is decided in @thc/registry.
 */

import { createHash } from "node:crypto";
import type { Catalogue, CatalogueIdentity } from "@thc/registry";
import { OVERLAY_SCHEMA, type OverlayEntry, overlay } from "@thc/registry/overlay";
import { Ajv, type ErrorObject } from "ajv";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { EXIT, type Exit } from "../exit.ts";
import { readText } from "../files/read.ts";
import { visible } from "../terminal/visible.ts";

export interface OverlayProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export type OverlayFile =
  | { readonly ok: true; readonly entries: readonly OverlayEntry[]; readonly lines: readonly number[] }
  | { readonly ok: false; readonly problems: readonly OverlayProblem[] };

const LARGEST_FILE = 1_000_000;
const validate = new Ajv({ allErrors: true, strict: true }).compile(OVERLAY_SCHEMA);

/** `/registry/3/level` as the keys of a YAML path. */
function pathOf(pointer: string): readonly (string | number)[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
}

function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function wordsOf(error: ErrorObject, value: unknown): string {
  const where = error.instancePath === "" ? "the file" : `\`${pathOf(error.instancePath).at(-1)}\``;
  if (error.keyword === "additionalProperties") return `unknown key \`${error.params.additionalProperty}\``;
  if (error.keyword === "required") return `\`${error.params.missingProperty}\` is missing`;
  if (error.keyword === "enum") {
    return `\`${String(value)}\` is none of ${(error.params.allowedValues as readonly string[]).join(", ")}`;
  }
  return `${where} ${error.message ?? "is wrong"}`;
}

export function parseOverlay(file: string, text: string): OverlayFile {
  const refuse = (problems: readonly Omit<OverlayProblem, "file">[]): OverlayFile => ({
    ok: false,
    problems: problems.map((problem) => ({ file, ...problem })),
  });
  if (text.length > LARGEST_FILE) return refuse([{ line: 1, message: "the file is larger than 1 MB" }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: "core" });
  if (document.errors.length > 0) {
    return refuse(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        message: (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "").toLowerCase(),
      })),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refuse([{ line: 1, message: "aliases are not read" }]);
  }
  if (!validate(value)) {
    return refuse(
      (validate.errors ?? []).map((error) => {
        const path = pathOf(error.instancePath);
        const key = error.keyword === "additionalProperties" ? [error.params.additionalProperty as string] : [];
        return { line: lineOf(document, lines, [...path, ...key]), message: wordsOf(error, valueAt(value, path)) };
      }),
    );
  }
  const { registry } = value as { readonly registry: readonly OverlayEntry[] };
  return { ok: true, entries: registry, lines: registry.map((_, at) => lineOf(document, lines, ["registry", at])) };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at: unknown = value;
  for (const key of path) at = (at as Record<string | number, unknown> | undefined)?.[key];
  return at;
}

export type OverlaidFiles =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly exit: Exit; readonly lines: readonly string[] };

/** The identity of a catalogue with these files over it: the base's version, marked, and a digest over all of it. */
function identityWith(base: CatalogueIdentity, texts: readonly string[]): CatalogueIdentity {
  const hash = createHash("sha256").update(base.digest);
  for (const text of texts) hash.update("\0").update(text);
  return { version: `${base.version}+overlay`, digest: `sha256:${hash.digest("hex")}` };
}

function invalid(problems: readonly OverlayProblem[]): OverlaidFiles {
  const lines = problems.map(({ file, line, message }) => `${visible(file)}:${line}: ${visible(message)}`);
  return { ok: false, exit: EXIT.invalid, lines };
}

/** Puts overlay files over a catalogue, in the order given; an action that two of them name is an error. */
export function withOverlayFiles(base: Catalogue, files: readonly string[]): OverlaidFiles {
  if (files.length === 0) return { ok: true, catalogue: base };
  const texts: string[] = [];
  for (const file of files) {
    const read = readText(file);
    if (!read.ok) return { ok: false, exit: EXIT.unreadable, lines: [read.message] };
    texts.push(read.value);
  }
  const parsed = files.map((file, at) => parseOverlay(file, texts[at]!));
  const problems = parsed.flatMap((file) => (file.ok ? [] : file.problems));
  if (problems.length > 0) return invalid(problems);
  const all = parsed.flatMap((file, at) =>
    file.ok ? file.entries.map((entry, index) => ({ entry, file: files[at]!, line: file.lines[index]! })) : [],
  );
  const entries = all.map(({ entry }) => entry);
  const result = overlay(base, entries, identityWith(base.identity, texts));
  if (result.ok) return result;
  return invalid(
    result.errors.map(({ entry, message }) => ({ file: all[entry]!.file, line: all[entry]!.line, message })),
  );
}
