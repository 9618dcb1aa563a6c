/** RFC 8785 (JSON Canonicalization Scheme): one spelling for one value, so that a digest is of the value and not of its spelling. */
import { isArray, isObject, type JsonValue } from "./json.ts";

export function canonicalJson(value: JsonValue): string {
  if (isObject(value)) {
    // §3.2.3: by UTF-16 code units, which is how JavaScript compares texts
    const members = [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  // §3.2.2: texts and numbers as ECMAScript writes them
  return JSON.stringify(value);
}
