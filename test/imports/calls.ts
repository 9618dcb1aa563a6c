/** Arguments that a JSON Schema asks for, made from the schema alone: nothing here knows how schemas are read elsewhere. */
import type { Random } from "../differential/random.ts";

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly additionalProperties?: Schema | boolean;
}

/** A value that the schema accepts. */
export function valueFor(schema: Schema | boolean | undefined, random: Random, depth = 0): unknown {
  if (schema === undefined || typeof schema === "boolean") return random.pick(["any", 1, true, [], {}]);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return valueFor(random.pick(choices), random, depth);
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const type = typeof schema.type === "object" ? random.pick(schema.type) : schema.type;
  switch (type) {
    case "string":
      return random.pick(["a text", "/srv/x", "ann@acme.example", "x".repeat(schema.minLength ?? 1)]);
    case "integer":
      return Math.max(schema.minimum ?? 1, 1);
    case "number":
      return random.pick([1, 2.5, 100]);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "array":
      return random.several(schema.minItems ?? 0, Math.max(2, schema.minItems ?? 0), () =>
        valueFor(schema.items, random, depth + 1),
      );
    default: {
      if (schema.properties !== undefined) return objectFor(schema, random, depth);
      const values = schema.additionalProperties;
      if (typeof values !== "object") return {};
      return Object.fromEntries(
        random.some(["a", "b-1", "ü"], 3).map((name) => [name, valueFor(values, random, depth + 1)]),
      );
    }
  }
}

export function objectFor(schema: Schema, random: Random, depth = 0): { [name: string]: unknown } {
  const required = schema.required ?? [];
  const entries = Object.entries(schema.properties ?? {});
  const chosen = entries.filter(([name]) => required.includes(name) || (depth < 6 && random.chance(0.6)));
  return Object.fromEntries(chosen.map(([name, each]) => [name, valueFor(each, random, depth + 1)]));
}

export interface Misfit {
  readonly what: string;
  readonly args: { readonly [name: string]: unknown };
}

/** Arguments that the schema refuses, each with one fault: something is missing, unknown, or of another JSON type. */
export function misfitsOf(schema: Schema, args: { readonly [name: string]: unknown }): readonly Misfit[] {
  const found: Misfit[] = [{ what: "one that is not declared", args: { ...args, "never declared": 1 } }];
  const properties = schema.properties ?? {};
  for (const name of schema.required ?? []) {
    const { [name]: _, ...without } = args;
    if (!acceptsNull(properties[name])) found.push({ what: `no ${name}`, args: without });
  }
  for (const [name, value] of Object.entries(args)) {
    const of = properties[name];
    if (of === undefined || acceptsNull(of)) continue;
    for (const [what, wrong] of wrongValues(of, value))
      found.push({ what: `${name}: ${what}`, args: { ...args, [name]: wrong } });
  }
  return found;
}

/** What may be null may be left out (docs/semantics/tools.md); of what has no one type nothing is known. */
function acceptsNull(schema: Schema | undefined): boolean {
  const { type, anyOf = [], oneOf = [] } = schema ?? {};
  return [type].flat().includes("null") || [...anyOf, ...oneOf].some((each) => acceptsNull(each));
}

function wrongValues(schema: Schema, value: unknown): readonly (readonly [what: string, value: unknown])[] {
  if (schema.enum?.every((each) => typeof each === "string")) return [["none of its texts", "never one of them"]];
  switch (schema.type) {
    case "string":
      return [
        ["a number", 7],
        ["an object", {}],
      ];
    case "integer":
      return [
        ["a text", "7"],
        ["half a number", 7.5],
      ];
    case "number":
    case "boolean":
      return [
        ["a text", "true"],
        ["a list", []],
      ];
    case "array": {
      const [first] = Array.isArray(value) ? value : [];
      const inside = first === undefined || schema.items === undefined ? [] : wrongValues(schema.items, first);
      return [["a text", "x"], ...inside.map(([what, wrong]) => [`in it ${what}`, [wrong]] as const)];
    }
    case "object": {
      if (Object.keys(schema.properties ?? {}).length === 0)
        return typeof schema.additionalProperties === "object" ? [["a text", "x"]] : [];
      const inside = typeof value === "object" ? misfitsOf(schema, value as Misfit["args"]) : [];
      return [["a text", "x"], ...inside.map(({ what, args }) => [`in it ${what}`, args] as const)];
    }
    default:
      return [];
  }
}
