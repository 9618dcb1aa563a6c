// Labels of the session (docs/semantics/flows.md): bits that only grow. A label that calls of one turn gave is not seen by calls of that
// turn, so the state keeps the turn of a label that has only one.
//
// In the state: given u64 · shared u64 (seen by every call) · a turn u64 for each label.
// Gives record, 48 B: always u64 · always in part u64 · untrusted u64 · trusted u32 (condition, 0: never) · count u32 · entries u32 · fields u32 · list u32
// Entry, 16 B: labels u64 · condition u32 · part u32 (carried by a field of the result only). Field, 16 B: labels u64 · path u32 {name, length} · names u32
// Flow answer: labels seen u64 · labels given u64.
import { H, H_FLOW_ANSWER, H_TOOL_RECORDS } from "./memory";
import { possibleLevels } from "./ability";
import { LABELS, labelsSaid, metCount, metEntry } from "./answer";
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

/** What the call that was just decided gives: its whole result, or a field of it, carries it. */
export let givenWhole: u64 = 0;
export let givenPart: u64 = 0;

/** Asked against what the call saw. */
export function labelsOfCall(tool: u32): void {
  givenWhole = 0;
  givenPart = 0;
  const record = H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
  const g = <usize>load<u32>(record, 56);
  if (!g) return;
  givenWhole = load<u64>(g);
  givenPart = load<u64>(g, 8);
  const untrusted = load<u64>(g, 16);
  if (untrusted && (possibleLevels & READ_OR_EXECUTE || load<u32>(record, 8) & F_EXTERNAL)) {
    const trusted = <usize>load<u32>(g, 24);
    if (!trusted || evaluate(trusted) != TRUE) givenWhole |= untrusted;
  }
  const n = load<u32>(g, 28);
  for (let i: u32 = 0; i < n; i++) {
    const e = <usize>load<u32>(g, 32) + (<usize>i << 4);
    if (!evaluate(<usize>load<u32>(e, 8))) continue;
    if (load<u32>(e, 12)) givenPart |= load<u64>(e);
    else givenWhole |= load<u64>(e);
  }
}

/** What the outcomes of the rules that were met say: it stays, whatever the decision. */
export function labelsOfOutcomes(): u64 {
  let labels: u64 = 0;
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) {
    const e = metEntry(i);
    if (load<u32>(e, 4) & LABELS) labels |= labelsSaid(e);
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
