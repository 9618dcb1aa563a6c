/** What a chunk of a text holds: an id, a number, addresses and links (docs/semantics/grounding.md, "Chunks and tokens"). */
import { canonicalEmail } from "../canonical/email.ts";
import { parseUrl, printUrl } from "../canonical/url.ts";
import { decimalOfLiteral, plainDecimal } from "../decimal.ts";

/** In canonical form, or undefined: something is there that has none. */
export type Token = string | undefined;

const LOCAL = "A-Za-z0-9!#$%&'*+/=?^_`{|}~.\\-";
const HOST = "A-Za-z0-9._\\-\\u{80}-\\u{10ffff}";
const MOST = 8;

/** One currency sign before, or one currency or percent sign after; thousands in groups of three, or none. */
export function numberOf(chunk: string): string | undefined {
  const bare = /^[$€£]/.test(chunk) ? chunk.slice(1) : chunk.replace(/[€£$%]$/, "");
  if (bare.length > 64 || !/^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$/.test(bare)) return undefined;
  const value = decimalOfLiteral(bare.replaceAll(",", ""));
  return value === undefined ? undefined : plainDecimal(value);
}

export function emailsIn(chunk: string): readonly Token[] {
  const whole = canonicalEmail(chunk);
  if (whole !== undefined) return [whole];
  const tokens: Token[] = [];
  const at = [...chunk.matchAll(/@/g)].map((m) => m.index);
  for (const [i, position] of at.entries()) {
    if (i === MOST) return [...tokens, undefined];
    const local = new RegExp(`[${LOCAL}]*$`).exec(chunk.slice(0, position))![0];
    const domain = new RegExp(`^[${HOST}]*`, "u").exec(chunk.slice(position + 1))![0].replace(/[._-]+$/, "");
    if (local !== "" && domain !== "") tokens.push(canonicalEmail(`${local}@${domain}`));
  }
  return tokens;
}

export function urlsIn(chunk: string): readonly Token[] {
  if (canonicalEmail(chunk) !== undefined) return [];
  const begins = [...chunk.matchAll(/:\/\//g)].map(
    (m) => m.index - /[A-Za-z0-9+.-]*$/.exec(chunk.slice(0, m.index))![0].length,
  );
  const url = parseUrl(chunk);
  const isUrl = url !== undefined && (url.scheme !== undefined || /(^|\.)[a-z][^.]*$/.test(url.host));
  const first: readonly Token[] = isUrl ? [printUrl(url)] : [];
  const sites = isUrl ? [] : sitesIn(chunk, begins[0] ?? chunk.length);
  const later = isUrl && url.scheme !== undefined ? begins.slice(1) : begins;
  const links = [...sites, ...later.map((begin) => canonicalUrl(chunk.slice(begin)))];
  return [...first, ...(links.length > MOST ? [...links.slice(0, MOST), undefined] : links)];
}

/** Runs before `end` that read as hosts and are no part of an address. */
function sitesIn(chunk: string, end: number): readonly Token[] {
  const head = chunk.slice(0, end);
  return [...head.matchAll(new RegExp(`[${HOST}]+`, "gu"))].flatMap((match): readonly Token[] => {
    const [run] = match;
    const [before, after] = [chunk.slice(0, match.index), chunk.slice(match.index + run.length)];
    if (new RegExp(`^@[${HOST}]`, "u").test(after) || new RegExp(`[${LOCAL}]@$`).test(before)) return [];
    const trimmed = run.replace(/^[._-]+/, "").replace(/[._-]+$/, "");
    if (!readsAsHost(trimmed)) return [];
    const start = match.index + run.indexOf(trimmed);
    return [canonicalUrl(head.slice(start)) ?? canonicalUrl(trimmed)];
  });
}

function readsAsHost(run: string): boolean {
  if (/[A-Za-z0-9][\u3002\uff0e\uff61\u2024][A-Za-z0-9]/.test(run)) return true;
  const dot = run.lastIndexOf(".");
  const label = run.slice(dot + 1);
  return dot > 0 && (/^[A-Za-z]{2,}$/.test(label) || /^xn--/i.test(label) || /[^\0-\x7f]/.test(label));
}

function canonicalUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url === undefined ? undefined : printUrl(url);
}

/** Endings of file names that are no top-level domain. */
const ENDINGS: ReadonlySet<string> = new Set(
  (
    "apk asp aspx avi bak bmp cfg cgi cjs conf cpp csv css deb dll dmg doc docx exe flac gif gz hpp htm html ico ini " +
    "ipynb iso jar java jpeg jpg js json jsonl jsp jsx less log lua mjs mkv msi odp ods odt ogg pdf php png ppt pptx " +
    "rar rpm rtf sass scss sql svg svelte tar tex tgz tif tiff tmp toml ts tsv tsx txt vue war wav webp xhtml xls " +
    "xlsx xml xz yaml yml"
  ).split(" "),
);

/** Of a canonical Url: would a reader make a link of it? With a scheme always. */
export function isLink(url: string): boolean {
  if (!url.startsWith("//")) return true;
  const [, label, rest] = /^\/\/(?:[^/:]*\.)?([^./:]*)(.*)$/.exec(url)!;
  if (!/^([a-z]{2,}|xn--.*)$/.test(label!)) return false;
  return rest !== "/" || !ENDINGS.has(label!);
}
