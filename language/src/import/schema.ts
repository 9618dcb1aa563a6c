/**
 * JSON Schema to types (docs/semantics/tools.md, "JSON Schema"). What only narrows (`pattern`, `minimum`, `format`) is the server's to
 * check and is passed over; what is of a shape that has no type here becomes Json, which rules do not read. Never a guess: a value that
 * the type reads is of that type in every reader.
 *
 * Bounded: references are followed inside the schema alone, and a schema that would unfold into too much is Json from there on.
 */
import { byBytes } from "../resolve/order.ts";
import type { Field, Type } from "../types/contract.ts";
import { unionOf } from "../types/type.ts";
import { isArray, isObject, type JsonObject, type JsonValue } from "./json.ts";

const JSON_TYPE: Type = { kind: "json" };
const MAX_TYPES = 4_000;
const MAX_LITERALS = 4_096;
const MAX_DEPTH = 24;

/** `arguments`: a record is exactly what is declared; `result`: what else it holds is passed over anyway. */
export type Use = "arguments" | "result";

export interface SchemaReader {
  /** The fields of the object that `schema` describes; undefined when it describes no plain object. */
  readonly fields: (schema: JsonValue | undefined) => readonly Field[] | undefined;
  readonly type: (schema: JsonValue | undefined) => Type;
}

/** @param root where `$ref` looks */
export function schemaReader(root: JsonValue | undefined, use: Use): SchemaReader {
  let left = MAX_TYPES;

  function resolve(schema: JsonValue | undefined): JsonValue | undefined {
    let at = schema;
    for (let hops = 0; isObject(at) && at.has("$ref"); hops++) {
      const ref = at.get("$ref");
      if (hops > 8 || typeof ref !== "string") return undefined;
      at = follow(root, ref);
    }
    // a lone `allOf` is how some write a reference with a description beside it
    const all = isObject(at) ? at.get("allOf") : undefined;
    if (isObject(at) && isArray(all) && all.length === 1 && !at.has("type") && !at.has("properties"))
      return resolve(all[0]);
    return at;
  }

  function type(written: JsonValue | undefined, depth: number): Type {
    if (left-- <= 0 || depth > MAX_DEPTH) return JSON_TYPE;
    const schema = resolve(written);
    if (!isObject(schema)) return JSON_TYPE;
    const choices = schema.get("anyOf") ?? schema.get("oneOf");
    if (choices !== undefined) return isArray(choices) ? union(choices, depth) : JSON_TYPE;
    if (schema.has("allOf") || schema.has("not") || schema.has("$ref")) return JSON_TYPE;
    const values = schema.has("const") ? [schema.get("const")!] : schema.get("enum");
    if (values !== undefined) return isArray(values) ? enumerated(values, schema.get("type")) : JSON_TYPE;
    return plain(schema, schema.get("type"), depth);
  }

  function plain(schema: JsonObject, named: JsonValue | undefined, depth: number): Type {
    if (isArray(named)) {
      const others = named.filter((name) => name !== "null");
      const of = others.length === 1 ? plain(schema, others[0], depth) : JSON_TYPE;
      return others.length < named.length ? optional(of) : of;
    }
    switch (named) {
      case "string":
        return { kind: "text" };
      case "integer":
        return { kind: "int" };
      case "number":
        return { kind: "decimal" };
      case "boolean":
        return { kind: "bool" };
      case "array": {
        const items = schema.get("items");
        if (schema.has("prefixItems") || isArray(items)) return JSON_TYPE;
        const element = items === undefined ? JSON_TYPE : type(items, depth + 1);
        return { kind: "list", element: element.kind === "optional" ? JSON_TYPE : element };
      }
      case "object":
        return object(schema, depth);
      case undefined:
        return schema.has("properties") ? object(schema, depth) : JSON_TYPE;
      default:
        return JSON_TYPE;
    }
  }

  function object(schema: JsonObject, depth: number): Type {
    if (schema.has("patternProperties") && use === "arguments") return JSON_TYPE;
    const { properties, more } = members(schema);
    if (properties.size === 0) {
      if (more === undefined || schema.has("patternProperties")) return JSON_TYPE;
      return more === false ? { kind: "record", fields: [] } : map(more, depth);
    }
    // of such an object only a part would be declared, and the rest of it would deny
    if (use === "arguments" && more !== undefined && more !== false) return JSON_TYPE;
    return { kind: "record", fields: fieldsOf(properties, schema, depth) };
  }

  function map(values: JsonValue, depth: number): Type {
    const value = type(values, depth + 1);
    return { kind: "map", value: value.kind === "optional" ? JSON_TYPE : value };
  }

  function fieldsOf(properties: JsonObject, schema: JsonObject, depth: number): readonly Field[] {
    const required = schema.get("required");
    const needed: ReadonlySet<JsonValue> = new Set(isArray(required) ? required : []);
    return [...properties]
      .sort(([a], [b]) => byBytes(a, b))
      .map(([name, property]) => {
        const found = type(property, depth + 1);
        return { name, type: needed.has(name) ? found : optional(found) };
      });
  }

  /** `anyOf` and `oneOf`: null beside one other, or several texts. */
  function union(choices: readonly JsonValue[], depth: number): Type {
    const resolved = choices.map(resolve);
    const others = resolved.filter((choice) => !isNull(choice));
    const nullable = others.length < resolved.length;
    const of = others.length === 1 ? type(others[0], depth + 1) : (tagged(others, depth) ?? several(others, depth));
    return nullable ? optional(of) : of;
  }

  /** Objects that one required text tells apart. */
  function tagged(choices: readonly (JsonValue | undefined)[], depth: number): Type | undefined {
    if (choices.length < 2 || !choices.every((choice) => isObject(choice) && choice.has("properties")))
      return undefined;
    return unionOf(choices.map((choice) => type(choice, depth + 1)));
  }

  function several(choices: readonly (JsonValue | undefined)[], depth: number): Type {
    const types = choices.map((choice) => type(choice, depth + 1));
    const texts = types.flatMap((each) => (each.kind === "literals" ? each.values : []));
    const isTexts = types.length > 0 && types.every((each) => each.kind === "literals");
    return isTexts ? { kind: "literals", values: distinct(texts) } : JSON_TYPE;
  }

  return {
    type: (schema) => type(schema, 0),
    fields(schema) {
      const found = resolve(schema);
      if (!isObject(found) || found.has("anyOf") || found.has("oneOf") || found.has("allOf")) return undefined;
      if (found.get("type") !== "object" && !found.has("properties")) return undefined;
      return fieldsOf(members(found).properties, found, 0);
    },
  };
}

function members(schema: JsonObject): { properties: JsonObject; more: JsonValue | undefined } {
  const properties = schema.get("properties");
  return { properties: isObject(properties) ? properties : new Map(), more: schema.get("additionalProperties") };
}

/** `#/…`, inside the schema itself. */
function follow(root: JsonValue | undefined, ref: string): JsonValue | undefined {
  if (ref === "#") return root;
  if (!ref.startsWith("#/")) return undefined;
  let at = root;
  for (const part of ref.slice(2).split("/")) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isObject(at) ? at.get(name) : undefined;
  }
  return at;
}

function enumerated(values: readonly JsonValue[], named: JsonValue | undefined): Type {
  const known = values.filter((value) => value !== null);
  const wrap = (of: Type): Type => (known.length < values.length ? optional(of) : of);
  const all = (kind: string): boolean => known.length > 0 && known.every((value) => typeof value === kind);
  if (all("string")) {
    const texts = distinct(known as readonly string[]);
    return wrap(texts.length > MAX_LITERALS ? { kind: "text" } : { kind: "literals", values: texts });
  }
  if (all("boolean")) return wrap({ kind: "bool" });
  if (all("number")) return wrap({ kind: named === "integer" || known.every(Number.isInteger) ? "int" : "decimal" });
  return JSON_TYPE;
}

const isNull = (schema: JsonValue | undefined): boolean =>
  isObject(schema) && (schema.get("type") === "null" || (schema.has("const") && schema.get("const") === null));
const optional = (of: Type): Type => (of.kind === "optional" ? of : { kind: "optional", of });
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(byBytes);
