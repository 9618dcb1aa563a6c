/**
 * What a text may be in another writing (docs/semantics/inspection.md §3), for texts that are at hand when a contract is checked. Texts
 * are bytes here: one character a byte, up to U+00FF.
 */
const ESCAPE =
  /%[\dA-Fa-f]{2}|\\x[\dA-Fa-f]{2}|\\u\{[\dA-Fa-f]{1,6}\}|\\u[dD][89ABab][\dA-Fa-f]{2}\\u[dD][C-Fc-f][\dA-Fa-f]{2}|\\u[\dA-Fa-f]{4}|\\["\\/bfnrt]|&(?:lt|gt|amp|quot|apos|nbsp);|&#[xX][\dA-Fa-f]{1,6};|&#\d{1,7};/g;
const SIMPLE: ReadonlyMap<string, string> = new Map([
  ...[...'"\\/'].map((c) => [`\\${c}`, c] as const),
  ...["b\b", "f\f", "n\n", "r\r", "t\t"].map((p) => [`\\${p[0]}`, p[1]!] as const),
  ...["lt<", "gt>", "amp&", 'quot"', "apos'", "nbsp "].map((p) => [`&${p.slice(0, -1)};`, p.at(-1)!] as const),
]);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** UTF-8, by what the language itself has. */
export const bytesOf = (text: string): string =>
  encodeURIComponent(text).replace(/%([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Undefined when nothing in it is an escape. */
function unescaped(text: string): string | undefined {
  let any = false;
  const plain = text.replace(ESCAPE, (written) => {
    const meant = SIMPLE.get(written) ?? characterOf(written);
    any ||= meant !== undefined;
    return meant ?? written;
  });
  return any ? plain : undefined;
}

function characterOf(written: string): string | undefined {
  const hex = written.replace(/[^\dA-Fa-f]/g, "");
  if (/^(?:%|\\x)/.test(written)) return String.fromCharCode(Number.parseInt(hex, 16));
  if (written.length === 12 && written.startsWith("\\u"))
    return bytesOf(String.fromCharCode(Number.parseInt(hex.slice(0, 4), 16), Number.parseInt(hex.slice(4), 16)));
  const scalar = Number.parseInt(hex, /^&#\d/.test(written) ? 10 : 16);
  return scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff)
    ? undefined
    : bytesOf(String.fromCodePoint(scalar));
}

/** Everything that it may be, one layer down. */
export function* decoded(text: string): Generator<string> {
  const plain = unescaped(text);
  if (plain !== undefined) yield plain;
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]+(?:[\r\n]+[A-Za-z0-9+/_-]+)*/g)) {
    const letters = run.replace(/[\r\n]/g, "");
    if (letters.length >= 12) for (let skip = 0; skip < 4; skip++) yield base64(letters, skip);
  }
  for (const [digits] of text.matchAll(/[\dA-Fa-f]{16,}/g))
    for (let skip = 0; skip < 2; skip++) yield hexadecimal(digits, skip);
}

/** It would take one layer more. */
export const isStillEncoded = (text: string): boolean =>
  unescaped(text) !== undefined || /^[A-Za-z0-9+/_=\r\n-]{12,}$/.test(text);

function base64(letters: string, skip: number): string {
  let out = "";
  let bits = 0;
  let have = 0;
  for (let i = skip; i < letters.length; i++) {
    const c = letters[i]!;
    bits = ((bits << 6) | LETTERS.indexOf(c === "-" ? "+" : c === "_" ? "/" : c)) & 0xffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += String.fromCharCode((bits >> have) & 255);
  }
  return out;
}

function hexadecimal(digits: string, skip: number): string {
  let out = "";
  for (let i = skip; i + 1 < digits.length; i += 2)
    out += String.fromCharCode(Number.parseInt(digits.slice(i, i + 2), 16));
  return out;
}
