/** What an ok result that fits adds to the table (docs/semantics/grounding.md, "A result"). */
import { partsOfCanonical } from "../canonical/url.ts";
import type { Contract } from "../contract.ts";
import { plainDecimal } from "../decimal.ts";
import type { PendingCall } from "../state.ts";
import type { Value } from "../value.ts";
import { allPlaces, hasMinorAmounts, type Place } from "./class.ts";
import { urlSpellings } from "./grounded.ts";
import { isBare } from "./message.ts";
import { addResultText, addResultToken, type Table } from "./table.ts";
import { chunks, fold, words } from "./text.ts";
import { emailsIn, numberOf, type Token, urlsIn } from "./tokens.ts";

export function take(table: Table, contract: Contract, pending: PendingCall, result: Value): Table {
  const { echo, named, tool, asked = [] } = pending;
  const minor = hasMinorAmounts(contract);
  let next = asked.reduce((all, { place, form }) => addResultToken(all, place, form), table);
  if (echo === undefined) return next;
  for (const place of allPlaces(contract)) {
    if (
      place.tool !== tool ||
      place.argument !== undefined ||
      (place.namedBy !== undefined && !named.has(place.namedBy))
    )
      continue;
    for (const value of valuesAt(result, place.path)) {
      if (place.contains && value.kind === "text") next = search(next, place, value.text, echo);
      else if (!place.contains && (value.kind === "text" || value.kind === "number")) {
        const form = formAt(place, value);
        const echoed = isTraced(form, place, echo) || (minor && place.money && echo.has(`amount ${form}`));
        if (!echoed) next = addResultToken(next, place.key, form);
      }
    }
  }
  return next;
}

function formAt({ class: kind }: Place, value: Extract<Value, { kind: "text" | "number" }>): string {
  if (value.kind === "number") return plainDecimal(value.value);
  return kind === "id" || kind === "text" ? fold(value.sent) : value.text;
}

function search(table: Table, place: Place, text: string, echo: ReadonlySet<string>): Table {
  if (place.class === "text") {
    const run = words(text).map((word) => ({ word, echoed: echo.has(`word ${word}`) }));
    return addResultText(table, place.key, [], run);
  }
  const forms = chunks(text)
    .flatMap((chunk) => tokensIn(chunk, place))
    .filter((form) => form !== undefined && !isEchoed(form, place, echo)) as readonly string[];
  const all = forms.flatMap((form) => [form, ...siteOf(form, place, echo)]);
  return addResultText(table, place.key, [...new Set(all)], []);
}

/** Of a bare Url: its host, unless the call's own arguments lead there. */
function siteOf(form: string, place: Place, echo: ReadonlySet<string>): readonly string[] {
  if (place.class !== "url" || !isBare(form)) return [];
  const { host } = partsOfCanonical(form);
  return echo.has(`site ${host}`) ? [] : [host];
}

function isEchoed(form: string, place: Place, echo: ReadonlySet<string>): boolean {
  return isTraced(form, place, echo) || (place.class === "number" && echo.has(`amount ${form}`));
}

function isTraced(form: string, { class: kind }: Place, echo: ReadonlySet<string>): boolean {
  return kind === "url" ? urlSpellings(form).some((url) => echo.has(`url ${url}`)) : echo.has(`${kind} ${form}`);
}

function tokensIn(chunk: string, { class: kind }: Place): readonly Token[] {
  switch (kind) {
    case "id":
      return [fold(chunk)];
    case "number":
      return [numberOf(chunk)];
    case "email":
      return emailsIn(chunk);
    case "url":
      return urlsIn(chunk);
    case "host":
      return urlsIn(chunk).map((url) => url && partsOfCanonical(url).host);
    case "text":
      return [];
    default:
      return kind;
  }
}

/** The values at a path; lists on the way, and at its end, are entered. */
function valuesAt(value: Value, path: readonly string[]): readonly Value[] {
  if (value.kind === "list") return value.items.flatMap((item) => valuesAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  const field = value.kind === "record" ? value.fields.get(first) : undefined;
  return field === undefined ? [] : valuesAt(field, rest);
}
