/**
 * The JSON Schema (draft 2020-12) of `*.test.yaml`. docs/formats/test-suite.schema.json is the same, for editors; a test
 * compares them (test/contract-tests/suites.test.ts).
 */
const TEXT = { type: "string", minLength: 1 } as const;
const CALL = { type: "string", minLength: 1, description: "a tool of the contract" } as const;
const ARGS = { type: "object", description: "the arguments as a host sends them" } as const;

const EXPECT = { $ref: "#/$defs/expectation" } as const;

const step = (properties: object, required: readonly string[]) =>
  ({ type: "object", properties, required, additionalProperties: false }) as const;

export const SUITE_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "thc test suite",
  description: "Tests of one contract. Each begins with an empty state; its steps happen in order, a second apart.",
  type: "object",
  required: ["contract", "tests"],
  additionalProperties: false,
  properties: {
    contract: { ...TEXT, description: "the contract's file, from this file's folder" },
    tests: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["name", "steps"],
        additionalProperties: false,
        properties: {
          name: { ...TEXT, description: "the sentence that this test proves" },
          steps: { type: "array", minItems: 1, items: { $ref: "#/$defs/step" } },
        },
      },
    },
  },
  $defs: {
    step: {
      type: "object",
      oneOf: [
        step({ as: TEXT, for: TEXT, scopes: { type: "array", items: TEXT } }, ["as"]),
        step({ fact: { type: "object", minProperties: 1, description: "values by path" } }, ["fact"]),
        step({ at: { ...TEXT, description: "a moment, 2026-01-01T09:00:00Z" } }, ["at"]),
        step({ after: { ...TEXT, description: "a duration, 16m" } }, ["after"]),
        step({ user_says: { type: "string" }, expect: EXPECT }, ["user_says"]),
        step({ prior: CALL, args: ARGS, result: { enum: ["ok", "failed"] }, returns: true }, ["prior"]),
        step({ attempt: CALL, args: ARGS }, ["attempt"]),
        step({ approved: { ...TEXT, description: "a rule that asks" }, by: TEXT, role: TEXT }, ["approved", "by"]),
        step({ call: CALL, args: ARGS, expect: EXPECT }, ["call", "expect"]),
        step({ result: { description: "what the last call returned" }, expect: EXPECT }, ["result", "expect"]),
        step({ chunk: { type: "string" }, last: { type: "boolean" }, expect: EXPECT }, ["chunk", "expect"]),
      ],
    },
    expectation: {
      oneOf: [
        { enum: ["allow", "approval", "deny"] },
        {
          type: "object",
          required: ["outcome"],
          additionalProperties: false,
          properties: {
            outcome: { enum: ["allow", "approval", "deny"] },
            by: { type: "array", items: TEXT, description: "rules that are among those that decide" },
            only: { type: "boolean", description: "no other rule decides" },
            observed: {
              type: "array",
              items: TEXT,
              description: "rules that are only observed and would have had an effect",
            },
            with: { type: "array", items: TEXT, description: "obligations, as a contract writes them" },
          },
        },
      ],
    },
  },
} as const;
