// A result against the call that it is of: were its obligations kept, does its value fit, what do flows by value know again of it.
import { BLOB, H, H_OBLIGATIONS, H_OBLIGATION_COUNT, H_TOOL_RECORDS, H_VALUE_LABELS, NODE, allocClear } from "./memory";
import { jsonError } from "./json";
import { E_RESULT, clearError, resolvePaths, setPartial, tool, typeErrors, typed } from "./typed";
import { KNOWN, N_DIGITS, N_LEN, N_NEXT, N_PTR, N_SYMBOL, S_CWD, S_KEPT, S_PARTIAL, S_VALUE, slot, stateOf } from "./value";
import { takeFields, takeValues } from "./values";

/** Every kind of obligation that the call carried is among `result.kept`. */
export function allKept(row: usize): bool {
  const kept = slot(S_KEPT);
  const state = stateOf(kept);
  const n = <u32>H(H_OBLIGATION_COUNT);
  for (let o: u32 = 0; o < n; o++) {
    if (!((load<u8>(row + 56 + (<usize>o >> 3)) >> (o & 7)) & 1)) continue;
    if (state != KNOWN) return false;
    const symbol = load<u32>(H(H_OBLIGATIONS) + (<usize>o << 4), 4);
    let found = false;
    for (let e = <usize>load<u32>(kept, N_PTR); e && !found; e = <usize>load<u32>(e, N_NEXT)) found = stateOf(e) == KNOWN && load<u32>(e, N_SYMBOL) == symbol;
    if (!found) return false;
  }
  return true;
}

/** The result typed by its tool's `returns`, when it is ok and fits; 0 otherwise. */
export function typedResult(): usize {
  const root = allocClear(NODE);
  if (!root) return 0;
  const d = <usize>load<u32>(H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64, 12);
  if (!d) return root;
  const value = slot(S_VALUE);
  const text = <usize>load<u32>(value, N_PTR);
  if (stateOf(value) != KNOWN || load<u8>(text) == 110) return load<u8>(d, 1) & 1 ? root : 0;
  clearError(E_RESULT);
  resetPathsAndPartial();
  typed(text, d, root, 2);
  setPartial(false);
  if (typeErrors & (1 << E_RESULT) || jsonError) return 0;
  resolvePaths(slot(S_CWD), stateOf(slot(S_CWD)) == KNOWN);
  return root;
}
function resetPathsAndPartial(): void {
  setPartial(stateOf(slot(S_PARTIAL)) == KNOWN && load<i64>(slot(S_PARTIAL), N_DIGITS) != 0);
}

/** What flows by value must know again of this result. `given`: the labels of its call, whole and in part. */
export function takeLabelled(given: usize): void {
  const value = slot(S_VALUE);
  if (stateOf(value) != KNOWN) return;
  const p = <usize>load<u32>(value, N_PTR);
  const end = p + load<u32>(value, N_LEN);
  const kept = load<u64>(BLOB + H_VALUE_LABELS);
  takeValues(p, end, load<u64>(given) & kept);
  takeFields(p, end, tool, load<u64>(given, 8) & kept);
}
