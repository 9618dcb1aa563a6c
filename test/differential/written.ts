/**
 * JSON as it is written: number literals, repeated names and member order included, so that hostile requests can be
 * described as values, shrunk, and spelled in many ways.
 */
import type { Random } from "./random.ts";

export type Written =
  | null
  | boolean
  | string
  /** A number literal, or any other raw text. */
  | { readonly raw: string }
  | { readonly items: readonly Written[] }
  | { readonly members: readonly (readonly [name: string, value: Written])[] };

export function num(value: number | string): Written {
  return { raw: String(value) };
}

export function obj(members: Readonly<Record<string, Written | undefined>>): Written {
  return { members: Object.entries(members).flatMap(([n, v]) => (v === undefined ? [] : [[n, v] as const])) };
}

export function arr(items: readonly Written[]): Written {
  return { items };
}

export function isWrittenObject(value: Written): value is Extract<Written, { members: unknown }> {
  return value !== null && typeof value === "object" && "members" in value;
}

/** Plainly, for reading; strings pass through `replace` first. */
export function plain(value: Written, replace: (text: string) => string = (t) => t): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(replace(value));
  if ("raw" in value) return value.raw;
  if ("items" in value) return `[${value.items.map((item) => plain(item, replace)).join(",")}]`;
  return `{${value.members.map(([n, v]) => `${JSON.stringify(n)}:${plain(v, replace)}`).join(",")}}`;
}

/** The same value with white space, escapes and member order of no meaning. */
export function dressed(value: Written, random: Random, replace: (text: string) => string): string {
  const gap = () => (random.chance(0.2) ? random.pick([" ", "\n", "\t\r", "  "]) : "");
  const text = (of: string) => (random.chance(0.2) ? escaped(of, random) : JSON.stringify(of));
  const write = (v: Written): string => {
    if (v === null || typeof v === "boolean") return String(v);
    if (typeof v === "string") return text(replace(v));
    if ("raw" in v) return v.raw;
    if ("items" in v) return `[${gap()}${v.items.map((item) => gap() + write(item) + gap()).join(",")}]`;
    const members = random.chance(0.5) ? [...v.members].reverse() : v.members;
    return `{${gap()}${members.map(([n, m]) => `${gap()}${text(n)}${gap()}:${gap()}${write(m)}${gap()}`).join(",")}}`;
  };
  return gap() + write(value) + gap();
}

function escaped(text: string, random: Random): string {
  const unit = (at: number) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`;
  let result = "";
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const low = text.charCodeAt(i + 1);
    if (code >= 0xd800 && code <= 0xdbff && low >= 0xdc00 && low <= 0xdfff) {
      result += random.chance(0.5) ? unit(i) + unit(i + 1) : text.slice(i, i + 2);
      i += 1;
    } else if (random.chance(0.3)) result += unit(i).toUpperCase().replace("\\U", "\\u");
    else result += text[i] === "/" && random.chance(0.5) ? "\\/" : JSON.stringify(text[i]).slice(1, -1);
  }
  return `"${result}"`;
}
