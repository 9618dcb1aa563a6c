/**
 * Reads what a tool answered, as a live host would have it: a record keeps only text, the tool had a value.
 *
 * JSON first, then YAML 1.2 (core schema: a date stays a string, `no` stays a string, there are no tags to execute; dictionaries
 * as Python prints them are YAML flow maps). The tool's declared type decides where text could be either: an answer declared
 * as Text stays text. Anything that is hostile or broken stays the text it was, which fits no structured type, so that it is
 * no evidence and grounds nothing.
 */
import type { Type } from "@thc/language";
import { isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { nestsTooDeep } from "../files/yaml-depth.ts";
import { deeperThan } from "./depth.ts";

const LONGEST = 512 * 1024;
const DEEPEST = 24;
const MOST_NODES = 50_000;

export function readAnswer(out: unknown, type: Type | undefined): unknown {
  if (typeof out !== "string") return out;
  const wanted = plain(type);
  if (wanted !== undefined && isTextual(wanted)) return out;
  return readJson(out) ?? readYaml(out, wanted) ?? readNumber(out) ?? out;
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
    return convert(contents, type, 0, { left: MOST_NODES });
  } catch {
    // Too deep, an alias, a key that is no scalar.
    return undefined;
  }
}

function convert(node: unknown, type: Type | undefined, depth: number, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0 || depth > DEEPEST || isAlias(node)) throw new RangeError("not a value that a tool would answer");
  const wanted = plain(type);
  if (isSeq(node)) return node.items.map((item) => convert(item, elementOf(wanted), depth + 1, budget));
  if (isMap(node)) {
    const members = node.items.map(({ key, value }): [string, unknown] => {
      const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
      if (name === undefined) throw new RangeError("a key that is no scalar");
      return [name, convert(value, fieldOf(wanted, name), depth + 1, budget)];
    });
    return Object.fromEntries(members);
  }
  if (!isScalar(node)) return null;
  const { value, source } = node;
  // An account number or a zip code without quotes is still text when the tool says that it answers text.
  if (wanted !== undefined && isTextual(wanted) && value !== null && typeof source === "string") return source;
  if (typeof value === "number" && !Number.isFinite(value)) return source ?? null;
  return value;
}

const plain = (type: Type | undefined): Type | undefined => (type?.kind === "optional" ? plain(type.of) : type);
const elementOf = (type: Type | undefined): Type | undefined => (type?.kind === "list" ? type.element : undefined);
const fieldOf = (type: Type | undefined, name: string): Type | undefined =>
  type?.kind === "record" ? type.fields.find((field) => field.name === name)?.type : undefined;

function isTextual(type: Type): boolean {
  switch (type.kind) {
    case "text":
    case "id":
    case "email":
    case "url":
    case "host":
    case "path":
    case "literals":
    case "ip":
    case "account":
    case "sql":
    case "command":
    case "date":
    case "time":
    case "duration":
      return true;
    default:
      return false;
  }
}
