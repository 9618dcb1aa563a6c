// What loops and `state` come to in the typed contract.
import { expect, test } from "vitest";
import { codes, contractOf, ruleOf } from "./contract-of.ts";

const TOOLS = "  tool pay(n: Int) write\n  all: allow *\n";
const loop = (text: string) => ruleOf(`${TOOLS}  r: loop ${text}`, "loop");
const wrong = (text: string) => codes(`${TOOLS}  r: loop ${text}`);

test("a ladder is its steps, by their numbers, whatever the order in which they stand", () => {
  const rule = loop("same call 8 in 20 calls then suspend run, 3 in 10 calls then deny, warn");
  expect(rule).toMatchObject({ what: "same_call", targets: [0] });
  expect(rule.steps).toEqual([
    { count: 3, calls: 10, otherwise: [{ kind: "deny" }, { kind: "warn" }] },
    { count: 8, calls: 20, otherwise: [{ kind: "suspend", ledger: "run" }] },
  ]);
  expect(loop("cycle 2 in 4 calls then cancel").what).toBe("cycle");
  expect(loop("denied call 1 in 1 calls then warn").what).toBe("denied_call");
});

test("a comma before a number begins the next step, behind roles and obligations too", () => {
  const rule = loop(
    "cycle 2 in 10 calls then approval from role a, b, with log_full, row_limit(5), 3 in 12 calls then deny",
  );
  expect(rule.steps.map((step) => step.otherwise.map((part) => part.kind))).toEqual([["approval", "with"], ["deny"]]);
  expect(rule.steps[0]?.otherwise).toMatchObject([{ approval: { roles: ["a", "b"] } }, {}]);
});

test("numbers that can never be reached, and steps that say the same, are errors", () => {
  for (const text of [
    "same call 1 in 5 calls then deny",
    "same call 6 in 5 calls then deny",
    "cycle 3 in 5 calls then deny",
    "same call 3 in 65 calls then deny",
    "same call 3 in 9 calls then warn, 3 in 9 calls then deny",
    "same call 2 in 9 calls then approval from user, 3 in 9 calls then approval from role a",
    `same call ${[2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${n} in 60 calls then warn`).join(", ")}`,
  ])
    expect([text, wrong(text)]).toEqual([text, ["THC3072"]]);
  expect(wrong("same call 0 in 9 calls then deny")).toEqual(["THC3023"]);
  expect(wrong("same call 3 in 9 calls then deny on pay")).toEqual(["THC1012"]);
});

test("`state` says how many rows a table has, each once, and a loop may look back as far", () => {
  const state = (text: string) => contractOf(`${TOOLS}  state { ${text} }`).state;
  expect(state("evidence 64  tokens 1_024  pending 4  approvals 5  values 6  loop 7")).toEqual({
    ...{ evidence: 64, tokens: 1024, pending: 4, approvals: 5, values: 6, loop: 7 },
  });
  expect(state("")).toEqual({});
  expect(contractOf(TOOLS).state).toBeUndefined();
  const wrongState = (text: string) => codes(`${TOOLS}  state { ${text} }`);
  expect(wrongState("evidense 64")).toEqual(["THC2011"]);
  expect(wrongState("loop 64  loop 65")).toEqual(["THC1013"]);
  expect(wrongState("loop 0")).toEqual(["THC3023"]);
  expect(wrongState("loop 1_025")).toEqual(["THC3023"]);
  expect(wrongState("loop 64 }  state { loop 64")).toEqual(["THC2010"]);
  expect(codes(`${TOOLS}  state { loop 200 }\n  r: loop same call 3 in 200 calls then deny`)).toEqual([]);
  expect(codes(`${TOOLS}  state { loop 20 }\n  r: loop same call 3 in 21 calls then deny`)).toEqual(["THC3072"]);
});

test("runs are suspended, other ledgers not yet", () => {
  const outcome = (text: string) => codes(`${TOOLS}  r: budget 5 calls per run then ${text}`);
  expect(outcome("suspend run, warn")).toEqual([]);
  for (const text of ["suspend run for 15m", "suspend agent", "suspend session"])
    expect(outcome(text)).toEqual(["THC1004"]);
  expect(outcome("suspend rum")).toEqual(["THC2011"]);
});
