/**
 * Reads what a tool answered, as a live host would have it: a record keeps only text, the tool had a value.
 *
 * JSON first, then what Python prints, then YAML 1.2 (core schema: a date stays a string, `no` stays a string, there are no tags to
 * execute). The tool's declared type decides where text could be either: an answer declared as Text stays text. Anything that
 * is hostile or broken stays the text it was, which fits no structured type, so that it is no evidence and grounds nothing.
 */
import type { Type } from "@thc/language";
import { isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { nestsTooDeep } from "../files/yaml-depth.ts";
import { deeperThan } from "./depth.ts";
import { DEEPEST, type Form, isTextual, LONGEST, plain, valueFrom } from "./literal.ts";
import { type Literal, readPython } from "./python.ts";

export function readAnswer(out: unknown, type: Type | undefined): unknown {
  if (typeof out !== "string") return out;
  const wanted = plain(type);
  if (wanted !== undefined && isTextual(wanted)) return out;
  const json = readJson(out);
  if (json !== undefined) return json;
  const python = out.length > LONGEST ? "foreign" : readPython(out);
  if (python === "unreadable") return out;
  if (python !== "foreign") return valueFrom(python, wanted, ({ form }: Literal) => form) ?? out;
  return readYaml(out, wanted) ?? readNumber(out) ?? out;
}

function readJson(out: string): unknown {
  if (!/^\s*[[{]/.test(out)) return undefined;
  try {
    const value: unknown = JSON.parse(out);
    return deeperThan(value, DEEPEST) ? undefined : value;
  } catch {
    return undefined;
  }
}

function readNumber(out: string): number | undefined {
  const text = out.trim();
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}

/** A map or a list; undefined for any other text. */
function readYaml(out: string, type: Type | undefined): unknown {
  // The cheapest look at what prose fails: a list or a map begins with one of these.
  if (out.length > LONGEST || !/^\s*(?:[[{]|- |-\n|[^\s:][^:\n]{0,80}:(?:\s|$))/.test(out)) return undefined;
  try {
    if (nestsTooDeep(out)) return undefined;
    const document = parseDocument(out, {
      version: "1.2",
      schema: "core",
      merge: false,
      resolveKnownTags: false,
      uniqueKeys: true,
      strict: true,
      prettyErrors: false,
      // "silent" would also swallow that a second document follows.
      logLevel: "error",
    });
    const { contents, errors, warnings } = document;
    if (errors.length > 0 || warnings.length > 0 || !(isMap(contents) || isSeq(contents))) return undefined;
    return valueFrom<unknown>(contents, type, formOf);
  } catch {
    // What the reader of YAML throws on some input.
    return undefined;
  }
}

/** Undefined: an alias, a key that is no scalar. */
function formOf(node: unknown): Form<unknown> | undefined {
  if (isSeq(node)) return { kind: "list", items: node.items };
  if (isMap(node)) {
    const members = node.items.flatMap(({ key, value }) =>
      isScalar(key) ? [[String(key.source ?? key.value), value] as const] : [],
    );
    return members.length === node.items.length ? { kind: "map", members } : undefined;
  }
  if (isAlias(node)) return undefined;
  if (!isScalar(node)) return { kind: "scalar", value: null, source: undefined };
  return { kind: "scalar", value: node.value as string | number | boolean | null, source: node.source };
}
