/** The blast radius of a call (docs/registry.md, "Blast radius"), in whole thousandths. */
import { decimal } from "./decimal.ts";
import { UNKNOWN, type Value } from "./value.ts";

const WHERE = new Map([
  ["dev", 250],
  ["test", 350],
  ["staging", 600],
]);

/** `facts`: environment, count, rollback. */
export function blastRadius(severity: number, facts: readonly Value[]): Value {
  const [environment, count, rollback] = facts;
  if (facts.some((fact) => fact.kind === "unknown")) return UNKNOWN;
  const where = environment?.kind === "text" ? (WHERE.get(environment.text) ?? 1_000) : 1_000;
  const back = rollback?.kind === "bool" && rollback.value ? 600 : 1_000;
  const one = Math.floor((severity * where * back) / 1_000_000);
  let spared = 1_000;
  for (let step = chances(count); step > 0; step -= 1) spared = Math.floor((spared * (1_000 - one)) / 1_000);
  const value = decimal(BigInt(1_000 - spared), -3);
  return { kind: "number", value, sent: value };
}

function chances(count: Value | undefined): number {
  const resources = count?.kind === "number" ? Number(count.value.digits) * 10 ** count.value.exponent : Number.NaN;
  if (!(resources >= 0)) return 5;
  return 1 + [2, 10, 100, 1_000].filter((from) => resources >= from).length;
}
