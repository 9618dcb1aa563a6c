/** Facts that are given stand where a host sends them, and a path that the contract does not read is a mistake. */
import { check } from "@thc/language";
import { expect, test } from "vitest";
import { replayRun } from "../../cli/src/replay/drive.ts";
import { factsOf, knownFacts, onlyKnown, readFacts } from "../../cli/src/replay/facts.ts";
import { stubEngine } from "./stub-engine.ts";

const TEXT = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }
  fact principal.email: Email
  fact resource.env: "dev" | "prod"
  fact context.tickets: List<Id>?
  fact action.risk: Int
  tool look() read
  looks: allow look when resource.env == "dev" and principal.email.domain == "acme.example" and action.risk < 3
}
`;
const { contract, diagnostics } = check({ path: "desk.contract", text: TEXT });
const manifest = {
  state: {},
  facts: [
    { path: "action.risk", required: true },
    { path: "context.cost", required: true },
    { path: "context.tickets", required: false },
    { path: "principal.email", required: true },
    { path: "resource.env", required: true },
  ],
};
if (contract === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
const known = knownFacts(manifest, contract);

test("every event carries them, each in its object, and never in place of what the replay itself says", () => {
  const { decide, asked } = stubEngine(() => "allow");
  const facts = { "principal.email": "ann@acme.example", "resource.env": "dev", "action.risk": 1, "context.task": "t" };
  const run = {
    id: "r",
    events: [
      { kind: "message", text: "hi" } as const,
      { kind: "call", index: 0, turn: 0, tool: "look", args: {}, out: "x", failed: false } as const,
    ],
    truth: { kind: undefined, attackSuccess: undefined, utility: undefined },
  };
  replayRun(run, { decide, principal: "desk-1", facts: { ...facts, "principal.id": "eve" }, readAnswer: () => "x" });
  expect(asked).toHaveLength(3);
  for (const request of asked)
    expect(request).toMatchObject({
      principal: { id: "desk-1", email: "ann@acme.example" },
      action: { risk: 1 },
      resource: { env: "dev" },
      context: { task: "t", session: "r" },
    });
});

test("those of a run outweigh those for all, path by path", () => {
  const given = { "resource.env": "prod", "principal.team": "night" };
  expect(factsOf({ facts: { "resource.env": "dev" } }, given, known)).toEqual({
    ok: true,
    value: { "resource.env": "dev", "principal.team": "night" },
  });
  expect(factsOf({}, given, known)).toEqual({ ok: true, value: given });
});

test("what is not optional is needed; figures are a matter of each call", () => {
  expect(known.needed).toEqual(["action.risk", "principal.email", "resource.env"]);
});

test.each([
  [
    "an unknown path, near a known one",
    { "principal.emial": "x" },
    "no fact `principal.emial`: did you mean `principal.email`?",
  ],
  [
    "an unknown path",
    { "session.user": "x" },
    "no fact `session.user`; there are `principal.team`, `principal.roles`, `principal.scopes`, `context.cwd`",
  ],
  ["a figure", { "context.cost": 1 }, "no fact `context.cost`"],
  ["who acts", { "principal.id": "eve" }, "no fact `principal.id`"],
  ["a path in pieces", { principal: { email: "x" } }, "no fact `principal`"],
  ["__proto__", JSON.parse('{"__proto__": 1}'), "no fact `__proto__`"],
  ["another type", { "principal.roles": "admin" }, "`principal.roles` is a string, and should be an array"],
  ["none of the words", { "resource.env": "test" }, "`resource.env` is none of `dev`, `prod`"],
  [
    "a part of another type",
    { "context.tickets": ["T1", 7] },
    "`context.tickets[1]` is a number, and should be a string",
  ],
  ["null for what is needed", { "principal.email": null }, "`principal.email` is null, and should be a string"],
  ["a list", ["principal.email"], "should be an object with values by path"],
])("%s is refused", (_name, given, message) => {
  const read = readFacts(given, known, "`facts.json`");
  expect(read).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  expect(read).toMatchObject({ message: expect.stringMatching(/^`facts\.json`/) });
});

test("of a module alone paths are checked, and not types", () => {
  const bare = knownFacts(manifest, undefined);
  expect(readFacts({ "resource.env": 7 }, bare, "it").ok).toBe(true);
  expect(readFacts({ "resource.evn": 7 }, bare, "it").ok).toBe(false);
});

test("a team is needed where a budget counts by it", () => {
  const counting = { ...manifest, state: { ledgers: [{ ledger: "team", bytes: 64 }] as const } };
  expect(knownFacts(counting, contract).needed).toEqual([...known.needed, "principal.team"]);
});

test("of two versions each gets what it knows", () => {
  expect(onlyKnown({ "resource.env": "dev", "resource.new": 1 }, known)).toEqual({ "resource.env": "dev" });
  expect(onlyKnown("odd", known)).toEqual({});
});
