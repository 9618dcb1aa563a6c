/**
 * Why a JSON value does not fit a type: the first member that is missing, undeclared or of another type, in one line. Texts that have
 * no canonical form fit all the same (docs/semantics.md §3). Nothing here decides.
 */
import { suggest, type Type } from "@thc/language";
import { name } from "./words.ts";

type Json = unknown;
export type Members = ReadonlyMap<string, Json>;

/** How a place in a value is written. */
export interface Place {
  readonly write: () => string;
  readonly member: (name: string) => Place;
  readonly entry: (key: string) => Place;
  readonly item: (at: number) => Place;
}

/** As a contract writes it: `to.name`, `lines[0]`. */
export const asPath = (text: string): Place => ({
  write: () => name(text),
  member: (member) => asPath(text === "" ? member : `${text}.${member}`),
  entry: (key) => asPath(`${text}[${JSON.stringify(key)}]`),
  item: (at) => asPath(`${text}[${at}]`),
});

/** As a JSON pointer (RFC 6901): `/0/email`. */
export function asPointer(text = ""): Place {
  const member = (member: string) => asPointer(`${text}/${member.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return {
    write: () => (text === "" ? "it" : name(text)),
    member,
    entry: member,
    item: (at) => asPointer(`${text}/${at}`),
  };
}

/** Of a result, members that the type does not name are ignored. */
export type Strictness = "exact" | "as a result";

export const membersOf = (value: Json): Members | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined;

export function undeclared(known: readonly string[], given: Members, place: Place): string | undefined {
  const found = [...given.keys()].find((key) => !known.includes(key));
  if (found === undefined) return undefined;
  const near = suggest(found, known);
  return `${place.member(found).write()} is not declared${near === undefined ? "" : `: did you mean ${place.member(near).write()}?`}`;
}

interface Field {
  readonly name: string;
  readonly type: Type;
}

export function badFields(fields: readonly Field[], given: Members, place: Place, how: Strictness): string | undefined {
  return first(fields, (field) => {
    const value = given.get(field.name);
    const at = place.member(field.name);
    return value === undefined ? missing(field.type, at) : badValue(field.type, value, at, how);
  });
}

const missing = (type: Type, place: Place): string | undefined =>
  type.kind === "optional" ? undefined : `${place.write()} is missing: ${wanted(type)}`;

export function badValue(type: Type, value: Json, place: Place, how: Strictness): string | undefined {
  const misfit = () => `${place.write()} is ${kindOf(value)}, and should be ${wanted(type)}`;
  if (value === null && type.kind !== "optional") return misfit();
  switch (type.kind) {
    case "optional":
      return value === null ? undefined : badValue(type.of, value, place, how);
    case "json":
      return undefined;
    case "list": {
      if (!Array.isArray(value)) return misfit();
      return first(value, (each, i) => badValue(type.element, each, place.item(i), how));
    }
    case "map": {
      const members = membersOf(value);
      if (members === undefined) return misfit();
      return first([...members], ([key, each]) => badValue(type.value, each, place.entry(key), how));
    }
    case "record": {
      const members = membersOf(value);
      return members === undefined ? misfit() : badRecord(type.fields, members, place, how);
    }
    case "union": {
      const members = membersOf(value);
      if (members === undefined) return misfit();
      const chosen = type.cases.find((each) => each.name === members.get(type.tag));
      if (chosen?.type.kind === "record") return badRecord(chosen.type.fields, members, place, how);
      return `${place.member(type.tag).write()} is none of ${type.cases.map((each) => name(each.name)).join(", ")}`;
    }
    case "literals":
      if (typeof value !== "string") return misfit();
      return type.values.includes(value)
        ? undefined
        : `${place.write()} is none of ${type.values.map(name).join(", ")}`;
    case "bool":
      return typeof value === "boolean" ? undefined : misfit();
    case "int":
      return Number.isInteger(value) ? undefined : misfit();
    case "decimal":
    case "money":
      return typeof value === "number" ? undefined : misfit();
    default:
      return typeof value === "string" ? undefined : misfit();
  }
}

function badRecord(fields: readonly Field[], given: Members, place: Place, how: Strictness): string | undefined {
  const known = fields.map((field) => field.name);
  return (how === "exact" ? undeclared(known, given, place) : undefined) ?? badFields(fields, given, place, how);
}

function first<T>(all: readonly T[], find: (one: T, at: number) => string | undefined): string | undefined {
  for (const [at, one] of all.entries()) {
    const found = find(one, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const kindOf = (value: Json): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
};

/** What stands in JSON for it. */
function wanted(type: Type): string {
  switch (type.kind) {
    case "optional":
      return wanted(type.of);
    case "list":
      return "an array";
    case "map":
    case "record":
    case "union":
      return "an object";
    case "json":
      return "any value";
    case "bool":
      return "true or false";
    case "int":
      return "a whole number";
    case "decimal":
      return "a number";
    case "money":
      return type.minor ? `a number, of hundredths of ${type.currency}` : `a number, of ${type.currency}`;
    default:
      return "a string";
  }
}
