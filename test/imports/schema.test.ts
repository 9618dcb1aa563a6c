/** JSON Schema to types: the table of docs/semantics/tools.md, row by row. */
import type { Type } from "@thc/language";
import { expect, test } from "vitest";
import { listOf, literals, mapOf, optional, record, T, unionOf } from "../contracts/build.ts";
import { asker, contractWith, tool } from "./lists.ts";

const typeOf = (schema: unknown, defs: object = {}): Type | undefined => {
  const definition = {
    name: "t",
    inputSchema: { type: "object", properties: { x: schema }, required: ["x"], ...defs },
  };
  return contractWith([definition], ["r: allow srv.t"]).tools[0]!.params[0]!.type;
};

const ROWS: readonly (readonly [schema: unknown, type: Type])[] = [
  [{ type: "string", format: "email", minLength: 3 }, T.text],
  [{ type: "integer", minimum: 0 }, T.int],
  [{ type: "number" }, T.decimal],
  [{ type: "boolean" }, T.bool],
  [{ type: "string", enum: ["b", "a", "b"] }, literals("a", "b")],
  [{ const: "only" }, literals("only")],
  [{ enum: ["a", null] }, optional(literals("a"))],
  [{ enum: [1, 2] }, T.int],
  [{ enum: [1, 2.5] }, T.decimal],
  [{ type: "integer", enum: [1] }, T.int],
  [{ enum: [true, false] }, T.bool],
  [{ enum: ["a", 1] }, T.json],
  [{ enum: [] }, T.json],
  [{ type: ["string", "null"] }, optional(T.text)],
  [{ type: ["string", "number"] }, T.json],
  [{ type: ["string", "number", "null"] }, optional(T.json)],
  [{ anyOf: [{ type: "string" }, { type: "null" }] }, optional(T.text)],
  [{ oneOf: [{ const: "a" }, { enum: ["b", "c"] }] }, literals("a", "b", "c")],
  [{ anyOf: [{ type: "string" }, { type: "integer" }] }, T.json],
  [{ type: "array", items: { type: "integer" } }, listOf(T.int)],
  [{ type: "array" }, listOf(T.json)],
  [{ type: "array", items: { type: ["string", "null"] } }, listOf(T.json)],
  [{ type: "array", prefixItems: [{ type: "string" }] }, T.json],
  [
    { type: "object", properties: { b: { type: "string" }, a: { type: "integer" } }, required: ["b"] },
    record({ a: optional(T.int), b: T.text }),
  ],
  [{ properties: { a: { type: "integer" } }, required: ["a"], additionalProperties: false }, record({ a: T.int })],
  [{ type: "object", additionalProperties: false }, record({})],
  [
    {
      oneOf: [
        { type: "object", properties: { kind: { const: "b" }, x: { type: "integer" } }, required: ["x", "kind"] },
        { properties: { kind: { enum: ["a"] } }, required: ["kind"], additionalProperties: false },
      ],
    },
    unionOf("kind", { a: {}, b: { x: T.int } }),
  ],
  [{ anyOf: [{ properties: { kind: { const: "b" } } }, { properties: { kind: { const: "a" } } }] }, T.json],
  [
    {
      oneOf: ["a", "a"].map((text) => ({ type: "object", properties: { kind: { const: text } }, required: ["kind"] })),
    },
    T.json,
  ],
  [{ type: "object" }, T.json],
  [{ type: "object", additionalProperties: { type: "string" } }, mapOf(T.text)],
  [{ type: "object", additionalProperties: { type: ["string", "null"] } }, mapOf(T.json)],
  [{ type: "object", additionalProperties: true }, mapOf(T.json)],
  [{ type: "object", additionalProperties: { type: "integer" }, patternProperties: { "^x": {} } }, T.json],
  [
    { additionalProperties: { type: "object", additionalProperties: { $ref: "#/$defs/mail" } }, type: "object" },
    mapOf(mapOf(T.text)),
  ],
  [{ type: "object", properties: { a: { type: "string" } }, additionalProperties: true }, T.json],
  [{ type: "object", properties: { a: { type: "string" } }, patternProperties: { "^x": {} } }, T.json],
  [{}, T.json],
  [true, T.json],
  [{ type: "null" }, T.json],
  [{ type: "string", not: { const: "a" } }, T.json],
  [{ allOf: [{ type: "string" }, { minLength: 1 }] }, T.json],
  [{ allOf: [{ type: "string" }], description: "as some write it" }, T.text],
  [{ $ref: "#/$defs/mail" }, T.text],
  [{ $ref: "#/$defs/none" }, T.json],
  [{ $ref: "https://elsewhere.example/schema" }, T.json],
];

test.each(ROWS.map(([schema, type]) => [JSON.stringify(schema), schema, type] as const))(
  "%s",
  (_name, schema, type) => {
    expect(typeOf(schema, { $defs: { mail: { type: "string" } } })).toEqual(type);
  },
);

test("a schema that leads back into itself ends, and so does one that unfolds without end", () => {
  const $defs = {
    node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } },
    loop: { $ref: "#/$defs/loop" },
    wide: {
      type: "object",
      properties: Object.fromEntries("abcdefgh".split("").map((c) => [c, { $ref: "#/$defs/wide" }])),
    },
  };
  expect(typeOf({ $ref: "#/$defs/loop" }, { $defs })).toEqual(T.json);
  for (const name of ["node", "wide"]) expect(typeOf({ $ref: `#/$defs/${name}` }, { $defs })?.kind).toBe("record");
});

test("arguments that are not required may be left out; what the schema does not name is refused unless the tool is open", () => {
  const list = [tool("t", { a: { type: "string" }, b: { type: "integer" } }, ["a"], { inputSchema: undefined })];
  list[0]!.inputSchema = {
    type: "object",
    properties: { a: { type: "string" }, b: { type: "integer" } },
    required: ["a"],
  };
  const closed = asker(contractWith(list, ["classify srv.t read", "r: allow srv.t"]));
  expect(closed("srv.t", { a: "x" }).outcome).toBe("allow");
  expect(closed("srv.t", { a: "x", b: null }).outcome).toBe("allow");
  expect(closed("srv.t", { b: 1 }).reason).toBe("bad_arguments");
  expect(closed("srv.t", { a: "x", c: 1 }).reason).toBe("bad_arguments");
  const open = asker(contractWith(list, ["classify srv.t read open", "r: allow srv.t"]));
  expect(open("srv.t", { a: "x", c: 1, ["__proto__"]: 2 }).outcome).toBe("allow");
  expect(open("srv.t", { a: 1, c: 1 }).reason).toBe("bad_arguments");
});

test("a map is refined as a whole, and its values by `*`", () => {
  const schema = { type: "object", additionalProperties: { type: "string" } };
  const list = [tool("t", { env: schema }, ["env"])];
  const typed = (refinement: string) =>
    contractWith(list, ["classify srv.t read", refinement, "r: allow srv.t"]).tools[0];
  expect(typed("refine srv.t.env: Map<Path>")!.params[0]!.type).toEqual(mapOf(T.path));
  expect(typed("refine srv.t.env: { HOME: Path, LANG: Text? }")!.params[0]!.type).toEqual(
    record({ HOME: T.path, LANG: optional(T.text) }),
  );
  expect(typed("refine srv.t.env.*: Host")!.params[0]!.type).toEqual(mapOf(T.host));
  const ask = asker(contractWith(list, ["classify srv.t read", 'r: allow srv.t when any v in env (v == "a")']));
  expect(ask("srv.t", { env: { x: "b", y: "a" } }).outcome).toBe("allow");
  expect(ask("srv.t", { env: { x: "b", y: null } }).reason).toBe("bad_arguments");
});

test("a field of a union is refined in the cases that have it", () => {
  const part = (kind: string, field: string) => ({
    type: "object",
    properties: { kind: { const: kind }, [field]: { type: "string" } },
    required: ["kind", field],
  });
  const list = [tool("t", { part: { oneOf: [part("a", "link"), part("b", "text")] } }, ["part"])];
  const { tools } = contractWith(list, ["classify srv.t read", "refine srv.t.part.link: Url", "r: allow srv.t"]);
  expect(tools[0]!.params[0]!.type).toEqual(unionOf("kind", { a: { link: T.url }, b: { text: T.text } }));
});

test("the result is what the server says, until it is refined", () => {
  const outputSchema = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
  const list = [tool("t", {}, [], { outputSchema }), tool("u", {}, [], { outputSchema: {} })];
  const said = contractWith(list, ["classify srv.* read", "r: allow srv.*"]);
  expect(said.tools.map((each) => each.returns)).toEqual([record({ id: T.text }), undefined]);
  const refined = contractWith(list, ["classify srv.* read", "refine srv.* returns { id: Id }", "r: allow srv.*"]);
  expect(refined.tools.map((each) => each.returns)).toEqual([record({ id: T.id }), record({ id: T.id })]);
});
