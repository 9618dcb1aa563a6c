/**
 * The writer's canonical JSON: RFC 8785 restricted as docs/formats/audit-log.md section 2 says.
 *
 * Stricter than JSON.stringify on purpose: what it would drop or change silently (undefined, holes, Map, Date, toJSON, fractions,
 * lone surrogates) is refused, because a record must say exactly what its author meant. Reading is the verifier's, elsewhere.
 */

import { auditFailure } from "../failure.ts";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Depth of the value itself: a record's line is depth 1, so its members start at 2. */
const DEEPEST = 32;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

export function canonicalString(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw auditFailure("bad_body", "a string holds half of a surrogate pair");
  return JSON.stringify(text);
}

export function canonicalInteger(value: number): string {
  if (!Number.isSafeInteger(value))
    throw auditFailure("bad_body", `\`${value}\` is no whole number below 2^53: write it as a string`);
  // INVARIANT: -0 is a safe integer and must read 0.
  return value === 0 ? "0" : String(value);
}

/** Canonical text of any value that a record may hold. */
export function canonicalText(value: unknown, depth = 1): string {
  if (depth > DEEPEST) throw auditFailure("bad_body", `a record is nested deeper than ${DEEPEST}`);
  switch (typeof value) {
    case "string":
      return canonicalString(value);
    case "number":
      return canonicalInteger(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? canonicalList(value, depth) : canonicalObject(value, depth);
    default:
      throw auditFailure("bad_body", `a record cannot hold a value of type \`${typeof value}\``);
  }
}

function canonicalList(list: readonly unknown[], depth: number): string {
  let text = "[";
  for (let i = 0; i < list.length; i++) {
    if (!(i in list)) throw auditFailure("bad_body", "a list in a record has a hole");
    text += (i === 0 ? "" : ",") + canonicalText(list[i], depth + 1);
  }
  return `${text}]`;
}

function canonicalObject(value: object, depth: number): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw auditFailure("bad_body", "a record holds plain objects only");
  return `{${canonicalMembers(value as { readonly [key: string]: unknown }, depth)}}`;
}

/** The members of an object without its braces: sorted by UTF-16 code units, which is how JavaScript compares strings. */
export function canonicalMembers(value: { readonly [key: string]: unknown }, depth = 1): string {
  let text = "";
  for (const key of Object.keys(value).sort()) {
    if (text !== "") text += ",";
    text += `${canonicalString(key)}:${canonicalText(value[key], depth + 1)}`;
  }
  return text;
}
