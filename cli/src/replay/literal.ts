/**
 * Text that was read as structure becomes the value that the tool had, whatever notation it was in.
 *
 * The tool's declared type decides where text could be either: an account number without quotes is a number to the notation, and text
 * to a tool that says that it answers text. How deep and how large a value may be is settled here too, for every notation alike.
 */
import type { Type } from "@thc/language";
import { unreachable } from "../unreachable.ts";

/** Characters of a text that is looked into at all. */
export const LONGEST = 512 * 1024;
export const DEEPEST = 24;
const MOST_NODES = 50_000;

/** One node of what was read, as far as one looks at once; `N` are the notation's own nodes. */
export type Form<N> =
  | { readonly kind: "list"; readonly items: readonly N[] }
  | { readonly kind: "map"; readonly members: readonly (readonly [name: string, value: N])[] }
  /** `source`: the characters that stood there, of text its own; undefined where there were none. */
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null; readonly source: string | undefined };

/** Undefined: larger or deeper than a tool would answer, or `look` saw something that is no value. */
export function valueFrom<N>(root: N, type: Type | undefined, look: (node: N) => Form<N> | undefined): unknown {
  let left = MOST_NODES;
  const convert = (node: N, declared: Type | undefined, depth: number): unknown => {
    left -= 1;
    if (left < 0 || depth > DEEPEST) return undefined;
    const form = look(node);
    if (form === undefined) return undefined;
    const wanted = plain(declared);
    switch (form.kind) {
      case "list": {
        const items: unknown[] = [];
        for (const item of form.items) {
          const value = convert(item, elementOf(wanted), depth + 1);
          if (value === undefined) return undefined;
          items.push(value);
        }
        return items;
      }
      case "map": {
        const members: [string, unknown][] = [];
        for (const [name, member] of form.members) {
          const value = convert(member, fieldOf(wanted, name), depth + 1);
          if (value === undefined) return undefined;
          members.push([name, value]);
        }
        return Object.fromEntries(members);
      }
      case "scalar": {
        const { value, source } = form;
        if (wanted !== undefined && isTextual(wanted) && value !== null && source !== undefined) return source;
        if (typeof value === "number" && !Number.isFinite(value)) return source ?? null;
        return value;
      }
      default:
        return unreachable(form);
    }
  };
  return convert(root, type, 0);
}

export const plain = (type: Type | undefined): Type | undefined => (type?.kind === "optional" ? plain(type.of) : type);
const elementOf = (type: Type | undefined): Type | undefined => (type?.kind === "list" ? type.element : undefined);
const fieldOf = (type: Type | undefined, name: string): Type | undefined =>
  type?.kind === "record" ? type.fields.find((field) => field.name === name)?.type : undefined;

export function isTextual(type: Type): boolean {
  switch (type.kind) {
    case "text":
    case "id":
    case "email":
    case "url":
    case "host":
    case "path":
    case "literals":
    case "ip":
    case "account":
    case "sql":
    case "command":
    case "date":
    case "time":
    case "duration":
      return true;
    default:
      return false;
  }
}
