/** What a user's message adds to the table (docs/semantics/grounding.md, "What is recorded"). */
import { partsOfCanonical } from "../canonical/url.ts";
import type { GroundingClass } from "./class.ts";
import { addMessage, type Table } from "./table.ts";
import { chunks, fold, words } from "./text.ts";
import { emailsIn, numberOf, urlsIn } from "./tokens.ts";

export function hear(table: Table, text: string, kept: ReadonlySet<GroundingClass>): Table {
  const tokens = chunks(text).flatMap((chunk) => tokensOf(chunk, kept));
  return addMessage(table, tokens, kept.has("text") ? words(text) : []);
}

function tokensOf(chunk: string, kept: ReadonlySet<GroundingClass>): readonly string[] {
  const tokens: string[] = [];
  const number = numberOf(chunk);
  if (kept.has("id")) tokens.push(`id ${fold(chunk)}`);
  if (kept.has("number") && number !== undefined) tokens.push(`number ${number}`);
  if (kept.has("email")) for (const email of emailsIn(chunk)) if (email !== undefined) tokens.push(`email ${email}`);
  for (const url of urlsIn(chunk)) {
    if (url === undefined) continue;
    if (kept.has("url")) tokens.push(`url ${url}`);
    const { host } = partsOfCanonical(url);
    if (isBare(url)) {
      if (kept.has("url") || kept.has("host")) tokens.push(`bare ${host}`);
    } else if (kept.has("host")) tokens.push(`host ${host}`);
  }
  return tokens;
}

/** Of a canonical Url: nothing is said but the host. */
export function isBare(url: string): boolean {
  const { scheme, port, path, query } = partsOfCanonical(url);
  return scheme === undefined && port === undefined && path === "/" && query === "";
}
