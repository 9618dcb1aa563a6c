/** Texts that an inspection may find something in, plain or encoded; escapes that are none. */
import type { Random } from "../random.ts";

const SEEDS = [
  "kk-AB12",
  "xkk-AB12",
  "kk-AB1",
  "Kk-",
  "KK-ABCD",
  "ushers",
  "SHE said hers hers",
  "Hers\nhers",
  "ann@acme.example",
  "a@acme",
  "x'; DROP TABLE users",
  "a <x> b",
  "<X>",
  "nothing of the kind is here",
  "kk-kk-kk-ABCD",
  "ß she ü",
];
const hexOf = (text: string, digits: number): string => text.charCodeAt(0).toString(16).padStart(digits, "0");
const ENCODERS: readonly ((text: string, random: Random) => string)[] = [
  (text) => Buffer.from(text, "utf8").toString("base64"),
  (text) => Buffer.from(text, "utf8").toString("base64url"),
  (text, random) => `${random.pick(["", "a", "ab", "/log/"])}${Buffer.from(text, "utf8").toString("base64")}`,
  (text) => Buffer.from(`${text} and some more`, "utf8").toString("base64").replace(/.{8}/g, "$&\r\n"),
  (text) => Buffer.from(text, "utf8").toString("hex"),
  (text, random) =>
    `${random.pick(["", "0x", "f"])}${Buffer.from(`${text}, longer`, "utf8").toString("hex").toUpperCase()}`,
  (text) => encodeURIComponent(text).replace(/[-<'.]/g, (c) => `%${hexOf(c, 2)}`),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => text.replace(/[hk<@;-]/g, (c) => `\\u${hexOf(c, 4)}`),
  (text) => text.replace(/[ek-]/g, (c) => `\\x${hexOf(c, 2)}`),
  (text) => text.replace(/[sk]/gi, (c) => `\\u{${hexOf(c, 1)}}`),
  (text) => text.replace(/[<>&'"]/g, (c) => `&${{ "<": "lt", ">": "gt", "&": "amp", "'": "apos", '"': "quot" }[c]};`),
  (text) => text.replace(/[hk@ ]/g, (c) => `&#${c.charCodeAt(0)};`),
  (text) => text.replace(/[ek-]/g, (c) => `&#x${hexOf(c, 1)};`),
];
const NEARLY = [
  "%4",
  "%zz",
  "\\u12",
  "\\u{}",
  "\\u{110000}",
  "\\ud800",
  "\\ud83d\\ude00",
  "&#;",
  "&#xd800;",
  "&#9999999;",
  "&nbsp;",
  "&no;",
  "\\X41",
  "\\",
  "&",
];

/** A text that an inspection may find something in. */
export function suspicious(random: Random): string {
  let text = random.several(1, 2, () => random.pick(SEEDS)).join(random.pick([" ", "", "%20", random.pick(NEARLY)]));
  const layers = random.pick([0, 0, 1, 1, 2, 2, 3, 4]);
  for (let i = 0; i < layers; i += 1) text = random.pick(ENCODERS)(text, random);
  return random.chance(0.2) ? `${random.pick(NEARLY)}${text}${random.pick(NEARLY)}` : text;
}
