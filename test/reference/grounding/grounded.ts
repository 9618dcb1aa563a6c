/** Is a value grounded? (docs/semantics/grounding.md, "Grounded"). By equality with what the table holds, never by likeness. */

import { partsOfCanonical } from "../canonical/url.ts";
import type { GroundedValue, RequireGrounded, Source, Type } from "../contract.ts";
import { plainDecimal } from "../decimal.ts";
import { type Environment, read } from "../read.ts";
import { unreachable } from "../unreachable.ts";
import type { Value } from "../value.ts";
import { classOf, classOfValue, type GroundingClass, isMoney, placesOf, type View } from "./class.ts";
import { holdsRun, holdsToken, isMarked, type Table } from "./table.ts";
import { chunks, fold, isRunOf, words } from "./text.ts";
import { emailsIn, isLink, type Token, urlsIn } from "./tokens.ts";
import { stringsIn } from "./traces.ts";

/** `view`: the rule's, if it has a source that is a result. */
export function isGrounded(
  value: GroundedValue,
  rule: RequireGrounded,
  view: View | undefined,
  environment: Environment,
  table: Table,
): boolean {
  const kind = classOfValue(value);
  const money = value.tokens === undefined && isMoney(value.reference.type);
  const grounded = (form: string): boolean =>
    rule.sources.some((source) => {
      if (source.kind === "user") return saidByUser(kind, form, table);
      return source.kind === "self" && isOwn(source, kind, form, environment);
    }) ||
    (view !== undefined &&
      !isPlanted(view, kind, form, money, table) &&
      (heldBySource(rule, kind, form, table) || (kind === "url" && isBelow(rule, view, form, table))));
  return holds(read(value.reference, environment), value, grounded);
}

function holds(value: Value, asked: GroundedValue, grounded: (form: string) => boolean): boolean {
  switch (value.kind) {
    case "absent":
      return true;
    case "list":
      return value.items.every((item) => holds(item, asked, grounded));
    case "text":
      return asked.tokens === undefined
        ? grounded(formOf(asked.reference.type, value))
        : tokensOf(value.text, asked.tokens).every((token) => token !== undefined && grounded(token));
    case "number":
      return grounded(formOf(asked.reference.type, value));
    case "json":
      return stringsIn(value.value)
        .flatMap((text) => tokensOf(text, asked.tokens!))
        .every((token) => token !== undefined && grounded(token));
    case "map":
      return (
        asked.tokens !== undefined &&
        stringsIn(value.sent)
          .flatMap((text) => tokensOf(text, asked.tokens!))
          .every((token) => token !== undefined && grounded(token))
      );
    case "unknown":
    case "bool":
    case "record":
    case "moment":
    case "command":
      return false;
    default:
      return unreachable(value);
  }
}

function tokensOf(text: string, asked: "urls" | "emails"): readonly Token[] {
  if (asked === "emails") return chunks(text).flatMap(emailsIn);
  return chunks(text)
    .flatMap(urlsIn)
    .filter((url) => url === undefined || isLink(url));
}

/** The one form in which two values of a class are compared; texts and ids as sent. */
export function formOf(type: Type, value: Extract<Value, { kind: "text" | "number" }>): string {
  if (value.kind === "number") return plainDecimal(value.value);
  const kind = classOf(type);
  return kind === "id" || kind === "text" ? fold(value.sent) : value.text;
}

export function saidByUser(kind: GroundingClass, form: string, table: Table): boolean {
  const said = (token: string) => table.tokens.has(token);
  switch (kind) {
    case "email":
      return said(`email ${form}`);
    case "url":
      return urlSpellings(form).some((url) => said(`url ${url}`)) || said(`bare ${partsOfCanonical(form).host}`);
    case "host":
      return said(`bare ${form}`) || said(`host ${form}`);
    case "number":
      return said(`number ${form}`);
    case "id":
      return said(`id ${form}`);
    case "text":
      return isRunOf(form, table.messages);
    default:
      return unreachable(kind);
  }
}

export function isSaid(value: Value, type: Type, table: Table): boolean {
  if (value.kind === "list") return value.items.length > 0 && value.items.every((item) => isSaid(item, type, table));
  return (value.kind === "text" || value.kind === "number") && saidByUser(classOf(type), formOf(type, value), table);
}

function isOwn(
  self: Extract<Source, { kind: "self" }>,
  kind: GroundingClass,
  form: string,
  environment: Environment,
): boolean {
  return self.identifiers.some((identifier) => {
    const own = classOf(identifier.type);
    if (own !== kind && !(own === "id" && kind === "text")) return false;
    const value = read(identifier, environment);
    const equals = (v: Value): boolean =>
      v.kind === "list" ? v.items.some(equals) : v.kind === "text" && formOf(identifier.type, v) === form;
    return equals(value);
  });
}

/** On a host that a source holds and that is not planted. */
function isBelow(rule: RequireGrounded, { mark }: View, url: string, table: Table): boolean {
  const { host } = partsOfCanonical(url);
  return siteHeld(rule, host, table) && !isMarked(table, { class: "site", form: host }, mark);
}

/** Does a source hold a host that grounds what lies below it? */
export function siteHeld(rule: RequireGrounded, host: string, table: Table): boolean {
  return placesOf(rule).some(
    (place) =>
      (place.class === "host" || (place.class === "url" && place.contains)) && holdsToken(table, place.key, host),
  );
}

/** By a result. */
export function heldBySource(rule: RequireGrounded, kind: GroundingClass, form: string, table: Table): boolean {
  return placesOf(rule).some((place) => {
    if (place.class !== kind) return false;
    if (kind === "text" && place.contains) return holdsRun(table, place.key, form);
    return spellings(kind, form).some((spelled) => holdsToken(table, place.key, spelled));
  });
}

/** A Url whose scheme is left out is the http and the https one; those two are not each other. */
export function urlSpellings(url: string): readonly string[] {
  if (url.startsWith("//")) return [url, `http:${url}`, `https:${url}`];
  return /^https?:/.test(url) ? [url, url.replace(/^https?:/, "")] : [url];
}

const spellings = (kind: GroundingClass, form: string): readonly string[] =>
  kind === "url" ? urlSpellings(form) : [form];

function isPlanted({ mark, classes }: View, kind: GroundingClass, form: string, money: boolean, table: Table): boolean {
  if (table.marksForgotten) return true;
  if (spellings(kind, form).some((spelled) => isMarked(table, { class: kind, form: spelled }, mark))) return true;
  if (money && classes.has("amount") && isMarked(table, { class: "amount", form }, mark)) return true;
  if (kind !== "text" || !classes.has("word")) return false;
  const run = words(form);
  return run.length > 0 && run.every((word) => isMarked(table, { class: "word", form: word }, mark));
}
