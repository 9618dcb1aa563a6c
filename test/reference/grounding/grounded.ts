/** Is a value grounded? (docs/semantics.md §8). By equality of forms with what the table holds, never by likeness. */

import { canonicalEmail } from "../canonical/email.ts";
import { canonicalHost } from "../canonical/host.ts";
import { canonicalUrl, partsOfCanonical } from "../canonical/url.ts";
import type { Source, Type } from "../contract.ts";
import { plainDecimal } from "../decimal.ts";
import { unreachable } from "../unreachable.ts";
import type { Value } from "../value.ts";
import { classOf, type GroundingClass, sourceKey } from "./class.ts";
import { formsOf, formsOfValue, type Scalar } from "./forms.ts";
import { hasResultToken, type Table } from "./table.ts";
import { fold, isRunOf } from "./text.ts";

export function isGrounded(value: Value, type: Type, sources: readonly Source[], table: Table): boolean {
  switch (value.kind) {
    case "absent":
      return true;
    case "list":
      return value.items.every((item) => isGrounded(item, type, sources, table));
    case "text":
    case "number":
      return sources.some((source) => {
        const form = formUnder(classOf(type), value);
        if (source.kind === "user") return saidByUser(classOf(type), form, table);
        const planted = table.marksForgotten || formsOfValue(value).some((f) => table.marks.has(f));
        return !planted && hasResultToken(table, { source: sourceKey(source), form: foldedForm(classOf(type), form) });
      });
    case "unknown":
    case "bool":
    case "record":
    case "json":
      return false;
    default:
      return unreachable(value);
  }
}

/** The one form in which two values of a class are compared; texts and ids as sent. */
function formUnder(kind: GroundingClass, value: Extract<Value, { kind: "text" | "number" }>): string {
  if (value.kind === "number") return plainDecimal(value.value);
  return kind === "id" || kind === "text" ? value.sent : value.text;
}

function foldedForm(kind: GroundingClass, form: string): string {
  return kind === "id" || kind === "text" ? fold(form) : form;
}

/** What a value of a result is remembered as. */
export function resultForm(type: Type, value: Extract<Value, { kind: "text" | "number" }>): string {
  return foldedForm(classOf(type), formUnder(classOf(type), value));
}

function saidByUser(kind: GroundingClass, form: string, table: Table): boolean {
  const said = (token: string) => table.tokens.has(token);
  switch (kind) {
    case "email":
      return said(`email ${form}`);
    case "url":
      return said(`url ${form}`) || said(`bare ${partsOfCanonical(form).host}`);
    case "host":
      return said(`bare ${form}`) || said(`host ${form}`);
    case "number":
      return said(`number ${form}`);
    case "id":
      return said(`id ${fold(form)}`);
    case "text":
      return isRunOf(form, table.messages);
    default:
      return unreachable(kind);
  }
}

/** Has a string or number in the arguments of a write an origin: the user, by any class kept, or a result's token? */
export function hasOrigin(scalar: Scalar, table: Table, kept: ReadonlySet<GroundingClass>): boolean {
  const forms = formsOf(scalar);
  if (table.results.some((token) => forms.includes(token.form))) return true;
  const said = (kind: GroundingClass, form: string | undefined) =>
    form !== undefined && kept.has(kind) && saidByUser(kind, form, table);
  if (scalar.kind === "number") return said("number", plainDecimal(scalar.value));
  const sent = scalar.value;
  return (
    said("id", sent) ||
    said("email", canonicalEmail(sent)) ||
    said("url", canonicalUrl(sent)) ||
    said("host", canonicalHost(sent)) ||
    said("text", sent)
  );
}
