/**
 * The canonical form of RFC 8785, and the action digest over it (docs/semantics.md §5).
 *
 * Every number that the reader lets through has the same shortest form as a double (§2), so JavaScript's own number
 * printing, which the RFC prescribes, is exact here.
 */
import { createHash } from "node:crypto";
import type { JsonObject, JsonValue } from "./json.ts";
import { unreachable } from "./unreachable.ts";

export function canonicalJson(value: JsonValue): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
      return String(value.value);
    case "number":
      return String(Number(`${value.value.digits}e${value.value.exponent}`));
    case "string":
      return JSON.stringify(value.value);
    case "array":
      return `[${value.items.map(canonicalJson).join(",")}]`;
    case "object": {
      // Array.prototype.sort compares UTF-16 code units, as the RFC asks.
      const names = [...value.members.keys()].sort();
      return `{${names.map((n) => `${JSON.stringify(n)}:${canonicalJson(value.members.get(n)!)}`).join(",")}}`;
    }
    default:
      return unreachable(value);
  }
}

/** Lower-case hex. */
export function actionDigest(tool: string, args: JsonObject): string {
  const text = `{"args":${canonicalJson(args)},"tool":${JSON.stringify(tool)}}`;
  return createHash("sha256").update(text, "utf8").digest("hex");
}
