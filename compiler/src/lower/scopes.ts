/** `require scope S` as a condition: one of the principal's scopes is S, by its exact characters. */
import type { Condition, Reference, Type } from "@thc/language";

const TEXT: Type = { kind: "text" };
const reference = (rest: Pick<Reference, "root" | "path" | "type" | "optional">): Reference => ({
  kind: "reference",
  depth: 0,
  member: undefined,
  ...rest,
});
const SCOPES = reference({
  root: "principal",
  path: ["scopes"],
  type: { kind: "list", element: TEXT },
  optional: true,
});

export function holdsScope(scope: string): Condition {
  const left = reference({ root: "element", path: [], type: TEXT, optional: false });
  const body: Condition = { kind: "compare", op: "==", left, right: { kind: "literal", type: TEXT, value: scope } };
  return { kind: "quantifier", quantifier: "any", depth: 0, lists: [SCOPES], body };
}
