/** Budgets over every ledger, window and measure, small enough to be exceeded in a short history. */
import type { Budget, Contract, Decimal, Measure, Outcome, Rule, Window } from "../../reference/contract.ts";
import { decimal } from "../../reference/decimal.ts";
import type { Random } from "../random.ts";
import { decimalFor } from "./pools.ts";
import { ofArguments } from "./references.ts";

type Base = Pick<Rule, "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">;

const MINUTE = 60_000;
const WINDOWS: readonly Window[] = [
  { kind: "rolling", ms: MINUTE },
  { kind: "rolling", ms: 15 * MINUTE },
  { kind: "rolling", ms: 61 },
  { kind: "rolling", ms: 86_400_000 },
  { kind: "day" },
  { kind: "week" },
  { kind: "month" },
];

export function makeBudget(base: Base, contract: Contract, otherwise: Outcome, random: Random): Rule {
  const ledger = random.weighted<Budget["ledger"]>([
    [6, () => "session"],
    [2, () => "run"],
    [2, () => "agent"],
    [1, () => "team"],
    [1, () => "global"],
    [1, () => "turn"],
  ]);
  const window = ledger !== "turn" && random.chance(0.4) ? random.pick(WINDOWS) : undefined;
  const { measure, limit, targets } = makeMeasure(base, contract, random);
  const narrowed = targets === base.targets ? base.narrowed : [];
  return { ...base, targets, narrowed, kind: "budget", limit, measure, ledger, window, otherwise };
}

interface Measured {
  readonly measure: Measure;
  readonly limit: Decimal;
  readonly targets: readonly number[];
}

function makeMeasure(base: Base, contract: Contract, random: Random): Measured {
  const { targets } = base;
  const small = (most: number) => decimal(BigInt(1 + random.below(most)), 0);
  const calls = (): Measured => ({ measure: { kind: "calls" }, limit: small(6), targets });
  return random.weighted<Measured>([
    [4, calls],
    [
      2,
      () => ({
        measure: { kind: "cost", currency: "USD" },
        limit: decimal(BigInt(1 + random.below(400)), -2),
        targets,
      }),
    ],
    [1, () => ({ measure: { kind: "tokens" }, limit: small(3_000), targets })],
    [1, () => ({ measure: { kind: "elapsed" }, limit: decimal(BigInt(1 + random.below(60)), 3), targets })],
    [5, () => ofArgument(base, contract, random) ?? calls()],
    [2, () => ofList(base, contract, random) ?? calls()],
  ]);
}

/** Only tools that have the argument: another would be denied whatever it is called with. */
const having = (base: Base, contract: Contract, name: string | undefined): readonly number[] =>
  base.targets.filter((tool) => contract.tools[tool]!.params.some((p) => p.name === name));

function ofArgument(base: Base, contract: Contract, random: Random): Measured | undefined {
  const amounts = ofArguments(contract, base.targets).scalars.filter(
    (r) => r.member === undefined && ["int", "decimal", "money"].includes(r.type.kind),
  );
  if (amounts.length === 0) return undefined;
  const value = random.pick(amounts);
  const targets = having(base, contract, value.path[0]);
  const read = ofArguments(contract, targets).scalars.find(
    (r) => r.member === undefined && r.path.join(".") === value.path.join("."),
  )!;
  const limit = decimalFor(value.type, random);
  const positive = limit.digits === 0n ? { digits: 3n, exponent: 0 } : limit;
  return { measure: { kind: "argument", value: read }, limit: positive, targets };
}

function ofList(base: Base, contract: Contract, random: Random): Measured | undefined {
  const lists = ofArguments(contract, base.targets).lists;
  if (lists.length === 0) return undefined;
  const value = random.pick(lists);
  const targets = having(base, contract, value.path[0]);
  const read = ofArguments(contract, targets).lists.find((r) => r.path.join(".") === value.path.join("."))!;
  return { measure: { kind: "count", list: read }, limit: decimal(BigInt(1 + random.below(6)), 0), targets };
}
