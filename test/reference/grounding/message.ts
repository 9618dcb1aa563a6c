/** What a user's message adds to the table (docs/semantics.md §8, "Chunks" and what follows). */
import { canonicalEmail } from "../canonical/email.ts";
import { parseUrl, printUrl } from "../canonical/url.ts";
import { decimalOfLiteral, plainDecimal } from "../decimal.ts";
import type { GroundingClass } from "./class.ts";
import { addMessage, type Table } from "./table.ts";
import { chunks, fold, words } from "./text.ts";

export function hear(table: Table, text: string, kept: ReadonlySet<GroundingClass>): Table {
  const tokens = chunks(text).flatMap((chunk) => tokensOf(chunk, kept));
  return addMessage(table, tokens, kept.has("text") ? words(text) : []);
}

function tokensOf(chunk: string, kept: ReadonlySet<GroundingClass>): readonly string[] {
  const tokens: string[] = [];
  if (kept.has("id")) tokens.push(`id ${fold(chunk)}`);
  const number = numberOf(chunk);
  if (kept.has("number") && number !== undefined) tokens.push(`number ${number}`);
  const email = canonicalEmail(chunk);
  if (email !== undefined) {
    if (kept.has("email")) tokens.push(`email ${email}`);
    return tokens;
  }
  const url = parseUrl(chunk);
  if (url === undefined || (url.scheme === undefined && !/\.[a-z][^.]*$/.test(url.host))) return tokens;
  if (kept.has("url")) tokens.push(`url ${printUrl(url)}`);
  const bare = url.scheme === undefined && url.port === undefined && url.path === "/" && url.query === "";
  if (bare && (kept.has("url") || kept.has("host"))) tokens.push(`bare ${url.host}`);
  if (!bare && kept.has("host")) tokens.push(`host ${url.host}`);
  return tokens;
}

/** One currency sign before, or one currency or percent sign after; thousands in groups of three, or none. */
function numberOf(chunk: string): string | undefined {
  const bare = /^[$€£]/.test(chunk) ? chunk.slice(1) : chunk.replace(/[€£$%]$/, "");
  if (!/^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$/.test(bare)) return undefined;
  const value = decimalOfLiteral(bare.replaceAll(",", ""));
  return value === undefined ? undefined : plainDecimal(value);
}
