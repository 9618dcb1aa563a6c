// What budgets come to in the typed contract: measures, ledgers, windows.
import { expect, test } from "vitest";
import { codes, ruleOf } from "./contract-of.ts";

const TOOLS = `  tool pay(amount: Money<EUR>, n: Int, ids: List<Id>, opt: List<Id>?) write
  tool look() read
  all: allow *
`;
const budget = (text: string) => ruleOf(`${TOOLS}  r: budget ${text}`, "budget");
const wrong = (text: string) => codes(`${TOOLS}  r: budget ${text}`);

test("calls, costs, tokens, time, an argument and the length of a list are counted", () => {
  const measures = ["200 calls per run", "20 per agent", "5 USD of cost per run", "30m of elapsed per run"];
  measures.push(
    "4_000_000 of tokens per run",
    "2_000.50 EUR of amount on pay per run",
    "100 of count(ids) on pay per run",
  );
  expect(measures.map((text) => budget(text).measure.kind)).toEqual(
    "calls calls cost elapsed tokens argument count".split(" "),
  );
  expect(budget("30m of elapsed per run").limit).toEqual({ digits: 18n, exponent: 5 });
  expect(budget("5 USD of cost per run").measure).toEqual({ kind: "cost", currency: "USD" });
  expect(budget("9 of args.n on pay per run").measure).toMatchObject({ kind: "argument", value: { path: ["n"] } });
});

test("the limit has the unit of what it counts", () => {
  for (const text of [
    "5 of cost per run",
    "5m of cost per run",
    "5 USD of tokens per run",
    "5 of elapsed per run",
    "5 USD of elapsed per run",
    "5 USD of count(ids) on pay per run",
    "5m of n on pay per run",
    "5m per run",
    "5 USD per run",
    "5 of ids on pay per run",
    "5 of count(n) on pay per run",
    "5 of count(ids) per run",
  ])
    expect([text, wrong(text)]).toEqual([text, ["THC3020"]]);
  expect(wrong("5 USD of amount on pay per run")).toEqual(["THC3002"]);
  expect(wrong("5 tokens per run")).toEqual(["THC2011"]);
});

test("ledger and window stand in any order, each once", () => {
  const windows = ["1h", "day", "week", "month"].map((window) => budget(`20 calls per agent per ${window}`).window);
  expect(windows).toEqual([{ kind: "rolling", ms: 3_600_000 }, { kind: "day" }, { kind: "week" }, { kind: "month" }]);
  expect(budget("20 per 1h on pay per agent")).toEqual(budget("20 calls on pay per agent per 1h"));
  for (const ledger of ["turn", "run", "session", "agent", "team", "global"])
    expect(budget(`20 calls per ${ledger}`)).toMatchObject({ ledger, window: undefined });
  expect(wrong("20 calls per 1h")).toEqual(["THC1014"]);
  expect(wrong("20 calls per agent per run")).toEqual(["THC1013"]);
  expect(wrong("20 calls per agent per 1h per day")).toEqual(["THC1013"]);
  expect(wrong("20 calls per agnet")).toEqual(["THC2011"]);
  expect(wrong("20 calls per turn per 1h")).toEqual(["THC3071"]);
  expect(wrong("20 calls per agent per 0s")).toEqual(["THC3023"]);
});

test("costs are counted in one currency", () => {
  expect(codes(`${TOOLS}  a: budget 5 USD of cost per run\n  b: budget 9 USD of cost per agent per day`)).toEqual([]);
  expect(codes(`${TOOLS}  a: budget 5 USD of cost per run\n  b: budget 9 EUR of cost per agent`)).toEqual(["THC3070"]);
});

test("no fact takes the place of what the host says of costs", () => {
  for (const name of ["cost", "tokens", "elapsed", "ledger_key"])
    expect(codes(`${TOOLS}  fact context.${name}: Decimal`)).toEqual(["THC2010"]);
});
