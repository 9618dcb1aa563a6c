// Flows (docs/semantics/flows.md §3, §4): a rule that is met stands in the way, by session at once, by value when the arguments hold
// what was seen under its labels.
//
// Detail of a flow by value: every u32 · count u32 · sets u32 (u64 each). A flow by session has none: its labels stand in its condition.
import { SATISFIED, meet, rule } from "./answer";
import { unsatisfied } from "./outcome";
import { seenLabels } from "./seen";
import { valuesFull } from "./state";
import { argsEnd, argsPtr } from "./typed";
import { heldIn } from "./values";

let asked: bool = false;
let labels: u64 = 0;
/** A new call. */
export function resetFlows(): void {
  asked = false;
}

/** Of the values in the arguments; of the session, once the table forgot some. */
function labelsHeld(): u64 {
  if (valuesFull) return seenLabels;
  if (!asked) {
    asked = true;
    labels = argsPtr ? heldIn(argsPtr, argsEnd) : 0;
  }
  return labels;
}

function holds(d: usize): bool {
  const every = load<u32>(d) != 0;
  const n = load<u32>(d, 4);
  const sets = <usize>load<u32>(d, 8);
  const have = labelsHeld();
  for (let i: u32 = 0; i < n; i++) {
    const hit = (load<u64>(sets + (<usize>i << 3)) & have) != 0;
    if (hit != every) return hit;
  }
  return every;
}

export function checkFlow(id: u32, now: u64): void {
  const d = <usize>load<u32>(rule(id), 4);
  if (!d || holds(d)) unsatisfied(id, now);
  else meet(id, SATISFIED);
}
