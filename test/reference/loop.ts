/** Loops: the same call, a cycle of calls, denied calls, in the last so many (docs/semantics/history.md §3). */
import { boundValue } from "./approval.ts";
import type { Contract, Loop, LoopStep } from "./contract.ts";
import type { Attempt, RefState } from "./state.ts";
import { unreachable } from "./unreachable.ts";
import { ABSENT, type Value } from "./value.ts";

const LONGEST_CYCLE = 8;
/** The call as an attempt; whether it is denied is not known yet. */
export function attemptOf({
  contract,
  tool,
  args,
}: {
  contract: Contract;
  tool: number;
  args: Value;
}): Omit<Attempt, "denied"> {
  if (args.kind !== "record") throw new Error("arguments that were not typed");
  const parts = contract.tools[tool]!.params.map(({ name }) => boundValue(args.fields.get(name) ?? ABSENT));
  const isKnown = parts.every((part) => part !== undefined);
  return { tool, key: isKnown ? JSON.stringify(parts.map((part) => part.toString("hex"))) : undefined };
}

/** Kept as far as the farthest loop looks back; the call that asks is none of them. */
export function remember(contract: Contract, state: RefState, attempt: Attempt): RefState {
  const steps = contract.rules.flatMap((rule) => (rule.kind === "loop" ? rule.steps : []));
  const kept = Math.max(1, ...steps.map(({ calls }) => calls)) - 1;
  return { ...state, attempts: kept === 0 ? [] : [...state.attempts, attempt].slice(-kept) };
}

/** `refused`: the call is denied by other rules. */
export function reachedSteps(
  { what, steps }: Loop,
  before: readonly Attempt[],
  attempt: Omit<Attempt, "denied">,
  refused: boolean,
): readonly LoopStep[] {
  return steps.filter(({ count, calls }) => {
    const last = [...before, { ...attempt, denied: refused }].slice(-calls);
    switch (what) {
      case "same_call":
        return last.filter((a, i) => i === last.length - 1 || isSame(a, attempt)).length >= count;
      case "denied_call":
        return last.filter((a) => a.denied).length >= count;
      case "cycle":
        return periods().some((period) => repeats(last, period) >= count);
      default:
        return unreachable(what);
    }
  });
}

/** Unknown arguments are those of every call of the tool. */
function isSame(a: Omit<Attempt, "denied">, b: Omit<Attempt, "denied">): boolean {
  return a.tool === b.tool && (a.key === undefined || b.key === undefined || a.key === b.key);
}

const periods = (): readonly number[] => Array.from({ length: LONGEST_CYCLE - 1 }, (_, i) => i + 2);

/** How often the end of the calls is the same `period` calls, back to back. */
function repeats(calls: readonly Attempt[], period: number): number {
  const backwards = [...calls].reverse();
  const odd = backwards.findIndex((call, i) => i >= period && !isSame(call, backwards[i - period]!));
  const length = odd < 0 ? backwards.length : odd;
  return Math.floor(length / period);
}
