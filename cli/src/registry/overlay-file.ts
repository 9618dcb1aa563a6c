/**
 * A host's `registry/*.yaml`: YAML in, overlay entries out, or an error for every line that is wrong.
 *
 * YAML and JSON Schema are the shell's; what an entry may do (raise, not lower) is decided in @thc/registry.
 */

import { createHash } from "node:crypto";
import type { Catalogue, CatalogueIdentity } from "@thc/registry";
import { OVERLAY_SCHEMA, type OverlayEntry, overlay } from "@thc/registry/overlay";
import { Ajv } from "ajv";
import { EXIT, type Exit } from "../exit.ts";
import { readText } from "../files/read.ts";
import { readYaml } from "../files/yaml.ts";
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

const validate = new Ajv({ allErrors: true, strict: true }).compile(OVERLAY_SCHEMA);

export function parseOverlay(file: string, text: string): OverlayFile {
  const read = readYaml(text, validate);
  if (!read.ok) return { ok: false, problems: read.problems.map((problem) => ({ file, ...problem })) };
  const { registry } = read.value as { readonly registry: readonly OverlayEntry[] };
  return { ok: true, entries: registry, lines: registry.map((_, at) => read.place(["registry", at]).line) };
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
