/** The forms under which the agent's own strings and numbers are recognised again (docs/semantics.md §8, "Forms"). */
import { canonicalEmail } from "../canonical/email.ts";
import { canonicalHost } from "../canonical/host.ts";
import { canonicalUrl } from "../canonical/url.ts";
import { plainDecimal } from "../decimal.ts";
import type { JsonValue } from "../json.ts";
import type { Value } from "../value.ts";
import { fold } from "./text.ts";

export type Scalar = Extract<JsonValue, { kind: "string" | "number" }>;

/** Distinct; numbers as on the wire. */
export function formsOf(scalar: Scalar): readonly string[] {
  if (scalar.kind === "number") return [plainDecimal(scalar.value)];
  const sent = scalar.value;
  const forms = [fold(sent), canonicalEmail(sent), canonicalUrl(sent), canonicalHost(sent)];
  return [...new Set(forms.filter((form) => form !== undefined))];
}

/** Of a typed scalar: the forms of what was sent. */
export function formsOfValue(value: Value): readonly string[] {
  if (value.kind === "text") return formsOf({ kind: "string", value: value.sent });
  return value.kind === "number" ? formsOf({ kind: "number", value: value.sent }) : [];
}

/** Every string and number inside, names of members excepted. */
export function scalarsIn(value: JsonValue): readonly Scalar[] {
  switch (value.kind) {
    case "string":
    case "number":
      return [value];
    case "array":
      return value.items.flatMap(scalarsIn);
    case "object":
      return [...value.members.values()].flatMap(scalarsIn);
    default:
      return [];
  }
}
