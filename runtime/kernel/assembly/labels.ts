// Labels of the session (docs/semantics/flows.md): bits that only grow. A label that calls of one turn gave is not seen by calls of that
// turn, so the state keeps the turn of a label that has only one.
//
// In the state: given u64 · shared u64 (seen by every call) · a turn u64 for each label.
// Gives record, 32 B: always u64 · untrusted u64 · trusted u32 (condition, 0: never) · count u32 · entries u32 {labels u64, condition u32, –}
// Flow answer: labels seen u64 · labels given u64.
import { H, H_FLOW_ANSWER, H_TOOL_RECORDS } from "./memory";
import { abilityRecord } from "./action";
import { TRUE, evaluate } from "./condition";
import { setSeenLabels } from "./seen";
import { labelWords } from "./state";

const READ_OR_EXECUTE: u32 = 9;
const F_EXTERNAL: u32 = 16;

/** What a call of this turn sees of the session's labels; other events see all. */
export function seeLabels(hasTurn: bool, turn: u64): void {
  const at = labelWords();
  const given = load<u64>(at);
  const shared = load<u64>(at, 8);
  let seen = given;
  if (hasTurn) {
    for (let rest = given & ~shared; rest; rest &= rest - 1) {
      const i = ctz(rest);
      if (load<u64>(at + 16 + (<usize>i << 3)) == turn) seen &= ~(<u64>1 << i);
    }
  }
  setSeenLabels(seen);
  const answer = H(H_FLOW_ANSWER);
  store<u64>(answer, seen);
  store<u64>(answer, 0, 8);
}

/** What the call that was just decided gives, asked against what it saw. */
export function labelsOfCall(tool: u32): u64 {
  const record = H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
  const g = <usize>load<u32>(record, 56);
  if (!g) return 0;
  let labels = load<u64>(g);
  const untrusted = load<u64>(g, 8);
  if (untrusted && (load<u32>(abilityRecord(), 28) & READ_OR_EXECUTE || load<u32>(record, 8) & F_EXTERNAL)) {
    const trusted = <usize>load<u32>(g, 16);
    if (!trusted || evaluate(trusted) != TRUE) labels |= untrusted;
  }
  const n = load<u32>(g, 20);
  for (let i: u32 = 0; i < n; i++) {
    const e = <usize>load<u32>(g, 24) + (<usize>i << 4);
    if (evaluate(<usize>load<u32>(e, 8))) labels |= load<u64>(e);
  }
  return labels;
}

/** Writes labels into the session. */
export function giveLabels(labels: u64, hasTurn: bool, turn: u64): void {
  const at = labelWords();
  const given = load<u64>(at);
  let shared = load<u64>(at, 8);
  for (let rest = labels & ~shared; rest; rest &= rest - 1) {
    const i = ctz(rest);
    const bit = <u64>1 << i;
    const own = at + 16 + (<usize>i << 3);
    if (hasTurn && (!(given & bit) || load<u64>(own) == turn)) store<u64>(own, turn);
    else {
      shared |= bit;
      store<u64>(own, 0);
    }
  }
  store<u64>(at, given | labels);
  store<u64>(at, shared, 8);
  const answer = H(H_FLOW_ANSWER);
  store<u64>(answer, load<u64>(answer, 8) | labels, 8);
}
