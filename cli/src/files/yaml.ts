/**
 * YAML that a user wrote, read strictly and checked against a JSON Schema: a value with the line of everything in it, or an
 * error for every line that is wrong. No aliases, no duplicate keys, no types beyond JSON's.
 */
import type { ErrorObject, ValidateFunction } from "ajv";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { nestsTooDeep } from "./yaml-depth.ts";

export interface YamlProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}
export type YamlPath = readonly (string | number)[];
export type YamlFile =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Of what stands there, or of the nearest thing around it. */
      readonly place: (path: YamlPath) => { readonly line: number; readonly start: number; readonly end: number };
    }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

const LARGEST_FILE = 1_000_000;

export function readYaml(text: string, validate: ValidateFunction): YamlFile {
  const refuse = (problems: readonly YamlProblem[]): YamlFile => ({ ok: false, problems });
  if (text.length > LARGEST_FILE) return refuse([{ line: 1, message: "the file is larger than 1 MB" }]);
  if (nestsTooDeep(text)) return refuse([{ line: 1, message: "the file is nested too deeply" }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: "core" });
  if (document.errors.length > 0)
    return refuse(
      document.errors.map((error) => ({
        line: lines.linePos(error.pos[0]).line,
        message: (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "").toLowerCase(),
      })),
    );
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refuse([{ line: 1, message: "aliases are not read" }]);
  }
  const place = (path: YamlPath) => {
    const [start, end] = rangeOf(document, path);
    return { line: lines.linePos(start).line, start, end };
  };
  if (validate(value)) return { ok: true, value, place };
  return refuse(
    (validate.errors ?? []).map((error) => {
      const path = pathOf(error.instancePath);
      const key = error.keyword === "additionalProperties" ? [error.params.additionalProperty as string] : [];
      return { line: place([...path, ...key]).line, message: wordsOf(error, valueAt(value, path)) };
    }),
  );
}

/** `/registry/3/level` as the keys of a YAML path. */
function pathOf(pointer: string): YamlPath {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
}

function rangeOf(document: Document, path: YamlPath): readonly [number, number] {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return [node.range[0], node.range[1]];
  }
  return [0, 0];
}

function wordsOf(error: ErrorObject, value: unknown): string {
  const where = error.instancePath === "" ? "the file" : `\`${pathOf(error.instancePath).at(-1)}\``;
  if (error.keyword === "additionalProperties") return `unknown key \`${error.params.additionalProperty}\``;
  if (error.keyword === "required") return `\`${error.params.missingProperty}\` is missing`;
  if (error.keyword === "enum")
    return `\`${String(value)}\` is none of ${(error.params.allowedValues as readonly string[]).join(", ")}`;
  return `${where} ${error.message ?? "is wrong"}`;
}

function valueAt(value: unknown, path: YamlPath): unknown {
  let at: unknown = value;
  for (const key of path) at = (at as Record<string | number, unknown> | undefined)?.[key];
  return at;
}
