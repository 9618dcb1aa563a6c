/** Results that the summary counts as misfits are exactly those that the module does not take as evidence. */
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { replayRun } from "../../cli/src/replay/drive.ts";
import { misfitCounts } from "../../cli/src/replay/misfits.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";

const RETURNS = [
  "{ id: Id, total: Money<USD>, note: Text? }",
  "List<{ email: Email, tags: List<Text>? }>",
  "Text",
  "Int?",
  'Map<"a" | "b">',
  "List<Bool>",
  "Json",
  "{ data: Json, at: Time? }",
];
const TEXT = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }
${RETURNS.map((type, i) => `  tool look${i}() read returns ${type}`).join("\n")}
  tool act(of: Int) write
  all: allow *
${RETURNS.map((_, i) => `  seen${i}: require prior ok look${i} for act when of == ${i}`).join("\n")}
}
`;
const { contract, diagnostics } = check({ path: "desk.contract", text: TEXT });
if (contract === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
const compiled = compile(contract, kernelBytes());
if ("error" in compiled) throw new Error(compiled.error);
const { decide } = loadSync(compiled.bytes);

const call = (index: number, tool: string, args: object, out: unknown) =>
  ({ kind: "call", index, turn: index, tool, args, out, failed: false }) as const;

function replayed(tool: number, out: unknown) {
  const misfits = misfitCounts(contract);
  const run = {
    id: "r",
    events: [call(0, `look${tool}`, {}, out), call(1, "act", { of: tool }, "done")],
    truth: { kind: undefined, attackSuccess: undefined, utility: undefined },
  };
  const host = { decide, principal: "desk-1", facts: {}, readAnswer: (_tool: string, value: unknown) => value };
  const { deny } = replayRun(run, { ...host, ...misfits.of("r") });
  return { isEvidence: deny.length === 0, results: misfits.results() };
}

const leaf = fc.constantFrom<unknown>(null, true, 1, -2.5, "a", "c", "ann@acme.example", [], {});
const members = fc.dictionary(
  fc.constantFrom("id", "total", "note", "email", "tags", "data", "at", "other"),
  fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })),
  { noNullPrototype: true },
);
const record = fc.record(
  { id: leaf, total: leaf, email: fc.constant("b@x.example"), data: leaf },
  { requiredKeys: [] },
);
const value = fc.oneof(leaf, members, record, fc.array(fc.oneof(leaf, members, record), { maxLength: 3 }));

test("exactly what is no evidence is counted", () => {
  let [fits, others] = [0, 0];
  fc.assert(
    fc.property(fc.nat(RETURNS.length - 1), value, (tool, out) => {
      // A call without a result has none that could be told.
      fc.pre(out !== null);
      const { isEvidence, results } = replayed(tool, out);
      expect(results.length).toBe(isEvidence ? 0 : 1);
      if (isEvidence) fits += 1;
      else others += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(fits).toBeGreaterThan(300);
  expect(others).toBeGreaterThan(300);
});

test.each([
  [0, { id: "A1" }, "`/total` is missing: a number, of USD"],
  [1, [{ email: "a@b.example" }, { tags: [] }], "`/1/email` is missing: a string"],
  [1, "two people", "it is a string, and should be an array"],
  [1, [{ email: "a@b.example", tags: ["x", 7] }], "`/0/tags/1` is a number, and should be a string"],
  [4, { "x/y": "c" }, "`/x~1y` is none of `a`, `b`"],
  [4, { "\u001b[2J": 1 }, "`/\\u{1b}[2J` is a number, and should be a string"],
])("of look%i the first place is told: %j", (tool, out, fault) => {
  expect(replayed(tool, out).results).toEqual([{ tool: `look${tool}`, times: 1, first: { call: "r#0", fault } }]);
});
