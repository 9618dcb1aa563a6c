/** Loops, short enough to be reached in a short history: one step, or a ladder of which one step at most asks. */
import type { Loop, LoopStep, Outcome, Rule } from "../../reference/contract.ts";
import type { Random } from "../random.ts";

type Base = Pick<Rule, "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">;

export function makeLoop(base: Base, tools: number, outcome: () => Outcome, random: Random): Rule {
  const what = random.pick(["same_call", "same_call", "cycle", "denied_call"] as const);
  const steps = random.several(1, random.chance(0.7) ? 1 : 3, () => makeStep(what, outcome, random));
  const places = (s: LoopStep) => `${s.count} ${s.calls}`;
  const distinct = steps.filter((s, i) => steps.findIndex((o) => places(o) === places(s)) === i);
  const sorted = [...distinct].sort((a, b) => a.count - b.count || a.calls - b.calls);
  const targets = Array.from({ length: tools }, (_, i) => i);
  return { ...base, targets, narrowed: [], kind: "loop", what, steps: sorted.map(askingOnce) };
}

function makeStep(what: Loop["what"], outcome: () => Outcome, random: Random): LoopStep {
  const count = what === "denied_call" ? 1 + random.below(3) : 2 + random.below(2);
  const least = what === "cycle" ? 2 * count : count;
  return { count, calls: least + random.pick([0, 1, 2, 6, 30]), otherwise: outcome() };
}

/** The first step that asks does; the others warn instead. */
function askingOnce(step: LoopStep, at: number, all: readonly LoopStep[]): LoopStep {
  const asks = (s: LoopStep) => s.otherwise.some((part) => part.kind === "approval");
  if (!asks(step) || all.findIndex(asks) === at) return step;
  const others = step.otherwise.filter((part) => part.kind !== "approval");
  return { ...step, otherwise: others.length > 0 ? others : [{ kind: "warn" }] };
}
