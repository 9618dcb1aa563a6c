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
    default:
      return schema.properties === undefined ? {} : objectFor(schema, random, depth);
  }
}

export function objectFor(schema: Schema, random: Random, depth = 0): { [name: string]: unknown } {
  const required = schema.required ?? [];
  const entries = Object.entries(schema.properties ?? {});
  const chosen = entries.filter(([name]) => required.includes(name) || (depth < 6 && random.chance(0.6)));
  return Object.fromEntries(chosen.map(([name, each]) => [name, valueFor(each, random, depth + 1)]));
}
