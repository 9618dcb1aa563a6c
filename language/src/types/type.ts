/** What the checker asks about types: sameness, families, and how a type is shown to the user. */
import { byBytes } from "../resolve/order.ts";
import type { Field, Type } from "./contract.ts";

export type Scalar = Exclude<Type, { kind: "list" | "map" | "record" | "union" | "optional" }>;

export const stripOptional = (type: Type): Exclude<Type, { kind: "optional" }> =>
  type.kind === "optional" ? stripOptional(type.of) : type;

export const isScalar = (type: Type): type is Scalar =>
  type.kind !== "list" &&
  type.kind !== "map" &&
  type.kind !== "record" &&
  type.kind !== "union" &&
  type.kind !== "optional";
export const isNumber = (type: Type): boolean => type.kind === "int" || type.kind === "decimal";
/** Compared in canonical form; text operators on them are an error. */
export const isCanonical = (type: Type): boolean =>
  type.kind === "email" ||
  type.kind === "url" ||
  type.kind === "host" ||
  type.kind === "path" ||
  type.kind === "cloud_action" ||
  type.kind === "ip" ||
  type.kind === "account" ||
  type.kind === "sql" ||
  type.kind === "command" ||
  isMoment(type);
/** Exact seconds: ordered, and computed with. */
export const isMoment = (type: Type): boolean =>
  type.kind === "date" || type.kind === "time" || type.kind === "duration";
/** Compared by `<` and its like. */
export const isOrdered = (type: Type): boolean => isNumber(type) || type.kind === "money" || isMoment(type);
/** Characters as sent. */
export const isPlainText = (type: Type): boolean =>
  type.kind === "text" || type.kind === "id" || type.kind === "literals";

export function sameType(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === "money" && b.kind === "money") return a.currency === b.currency && a.minor === b.minor;
  if (a.kind === "literals" && b.kind === "literals") return sameSet(a.values, b.values);
  if (a.kind === "list" && b.kind === "list") return sameType(a.element, b.element);
  if (a.kind === "map" && b.kind === "map") return sameType(a.value, b.value);
  if (a.kind === "union" && b.kind === "union") return a.tag === b.tag && sameFields(a.cases, b.cases);
  if (a.kind === "optional" && b.kind === "optional") return sameType(a.of, b.of);
  if (a.kind === "record" && b.kind === "record") return sameFields(a.fields, b.fields);
  return true;
}

/** Values of the two can be equal: numbers mix, so do amounts of one currency, and literals with texts. */
export function comparable(a: Type, b: Type): boolean {
  if (!isScalar(a) || !isScalar(b)) return false;
  // a Json has any form, and two commands or statements that do the same have many
  if ([a, b].some((type) => type.kind === "json" || type.kind === "command" || type.kind === "sql")) return false;
  if (isNumber(a) && isNumber(b)) return true;
  if (a.kind === "money" && b.kind === "money") return a.currency === b.currency;
  const isText = (type: Type): boolean => type.kind === "text" || type.kind === "literals";
  return a.kind === b.kind || (isText(a) && isText(b));
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value));
const sameFields = (a: readonly Field[], b: readonly Field[]): boolean =>
  a.length === b.length &&
  a.every((field) => {
    const other = b.find((f) => f.name === field.name);
    return other !== undefined && sameType(field.type, other.type);
  });

const NAMES = {
  bool: "Bool",
  int: "Int",
  decimal: "Decimal",
  text: "Text",
  id: "Id",
  email: "Email",
  url: "Url",
  host: "Host",
  path: "Path",
  json: "Json",
  cloud_action: "CloudAction",
  ip: "Ip",
  account: "Account",
  sql: "Sql",
  command: "Command",
  date: "Date",
  time: "Time",
  duration: "Duration",
} as const;

/** The plain type names by their spelling. */
export const PLAIN_TYPES: ReadonlyMap<string, keyof typeof NAMES> = new Map(
  Object.entries(NAMES).map(([kind, name]) => [name, kind as keyof typeof NAMES]),
);

/** A union as the record of its cases, of which one is there. */
export const recordOf = ({ cases }: Extract<Type, { kind: "union" }>): Extract<Type, { kind: "record" }> => ({
  kind: "record",
  fields: cases.map(({ name, type }) => ({ name, type: { kind: "optional", of: type } })),
});

/**
 * A union of these records: told apart by the first field of the first one that in each of them is one text, another in each.
 * Undefined when there is none.
 */
export function unionOf(records: readonly Type[]): Extract<Type, { kind: "union" }> | undefined {
  const fields = records.map((record) => (record.kind === "record" ? record.fields : []));
  for (const { name: tag } of fields[0] ?? []) {
    const texts = fields.map((each) => {
      const type = each.find(({ name }) => name === tag)?.type;
      return type?.kind === "literals" && type.values.length === 1 ? type.values[0] : undefined;
    });
    if (!texts.every((text) => text !== undefined) || new Set(texts).size < texts.length) continue;
    const cases = records.map((type, i) => ({ name: texts[i]!, type }));
    return { kind: "union", tag, cases: cases.sort((a, b) => byBytes(a.name, b.name)) };
  }
  return undefined;
}

/** As the user would write it. */
export function showType(type: Type): string {
  switch (type.kind) {
    case "money":
      return `Money<${type.currency}${type.minor ? ", minor" : ""}>`;
    case "literals":
      return type.values.map((value) => JSON.stringify(value)).join(" | ");
    case "list":
      return `List<${showType(type.element)}>`;
    case "map":
      return `Map<${showType(type.value)}>`;
    case "record":
      return `{ ${type.fields.map((field) => `${field.name}: ${showType(field.type)}`).join(", ")} }`;
    case "union":
      return type.cases.map((each) => showType(each.type)).join(" | ");
    case "optional":
      return `${showType(type.of)}?`;
    default:
      return NAMES[type.kind];
  }
}
