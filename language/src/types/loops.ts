/** `loop`: how often in how many calls, and what happens then; a ladder of steps, each of which happens where it is reached. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type { Names } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Loop, LoopStep, Rule } from "./contract.ts";
import { positiveCount } from "./numbers.ts";
import { approvalOf, readOutcome } from "./outcomes.ts";
import type { Scope } from "./scope.ts";
import { STATE_ROWS } from "./state-rows.ts";

type LoopHead = Extract<Ast.Head, { kind: "loop" }>;

export const MOST_STEPS = 8;
const MOST = 1_000_000;
const SHORTEST_CYCLE = 2;
const KINDS = { "same call": "same_call", cycle: "cycle", "denied call": "denied_call" } as const;

/** Undefined when something was reported. */
export function readLoop(head: LoopHead, scope: Scope): Pick<Loop, "what" | "steps"> | undefined {
  const { report } = scope;
  const what = KINDS[head.what];
  const steps = head.steps.map((node) => readStep(node, what, scope));
  if (head.steps.length > MOST_STEPS)
    return void report(error("THC3072", `a loop has at most ${MOST_STEPS} steps`, head.steps[MOST_STEPS]!.span));
  if (!steps.every((step) => step !== undefined)) return undefined;
  const again = steps.findIndex((s, i) => steps.slice(0, i).some((o) => o.count === s.count && o.calls === s.calls));
  if (again >= 0) {
    const help = "write what happens in one list: `then warn, deny`";
    return void report(error("THC3072", "this step stands twice", head.steps[again]!.span, "again here", { help }));
  }
  const asking = steps.flatMap((step, i) => (approvalOf(step.otherwise) === undefined ? [] : [i]));
  if (asking.length > 1) {
    const help = "an approval is asked for by a rule, not by a step: write two rules";
    const { span } = head.steps[asking[1]!]!;
    return void report(error("THC3072", "two steps of one loop ask for an approval", span, "asks again", { help }));
  }
  return { what, steps: [...steps].sort((a, b) => a.count - b.count || a.calls - b.calls) };
}

function readStep(node: Ast.LoopStepNode, what: Loop["what"], scope: Scope): LoopStep | undefined {
  const { report } = scope;
  const count = positiveCount(node.count, MOST, report);
  const calls = positiveCount(node.calls, MOST, report);
  const otherwise = readOutcome(node.outcomes, [], { ...scope, reads: "everything" });
  if (count === undefined || calls === undefined || otherwise === undefined) return undefined;
  const span = { start: node.count.span.start, end: node.calls.span.end };
  const wrong = (message: string, help: string): undefined =>
    void report(error("THC3072", message, span, "", { help }));
  if (what !== "denied_call" && count < 2)
    return wrong("once is no loop", "a loop is two or more: `loop same call 3 in 10 calls`");
  const least = what === "cycle" ? count * SHORTEST_CYCLE : count;
  if (least > calls)
    return wrong(
      `this is never reached: ${count} take at least ${least} calls`,
      what === "cycle" ? "a cycle is two calls or more, repeated" : "write the smaller number first",
    );
  return { count, calls, otherwise };
}

/** Every loop looks back over no more attempts than are remembered. `rows`: as the contract says. */
export function loopsFit(
  rules: readonly (Rule | undefined)[],
  names: Names,
  rows = STATE_ROWS.loop.usual,
  report: Report,
): void {
  rules.forEach((rule, i) => {
    const { origin } = names.rules[i]!;
    if (rule?.kind !== "loop" || origin.kind !== "written" || origin.node.head.kind !== "loop") return;
    for (const { calls } of origin.node.head.steps) {
      if (rule.steps.every((step) => step.calls <= rows)) return;
      if (Number(calls.text.replaceAll("_", "")) <= rows) continue;
      const help = `say how many are remembered: \`state { loop ${calls.text} }\``;
      report(error("THC3072", `loops look back over ${rows} calls`, calls.span, "more than are remembered", { help }));
    }
  });
}
