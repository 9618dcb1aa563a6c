// What is in which list (docs/semantics/values.md, "Lists"): one value in a list, all or some elements of one list in another, an address in ranges.
// Kleene's `or` over the elements of the list that is looked in, and his `and` or `or` over those that are looked up.
import { equal } from "./bytes";
import { compareDecimals } from "./decimal";
import { inRanges } from "./ip";
import { readNode, readTerm, tDigits, tExponent, tLen, tNode, tNumber, tPtr, tState } from "./term";
import { KNOWN, N_NEXT, N_PTR } from "./value";

export const OP_INCLUDES: u32 = 30;
const OP_SUBSET: u32 = 31;
const OP_OVERLAPS: u32 = 32;
export const OP_IN_RANGES: u32 = 33;

const FALSE: u32 = 0;
const MAYBE: u32 = 1;
const TRUE: u32 = 2;

/** Whether the value just read equals an element of the chain that begins at e. */
function isIn(e: usize): u32 {
  if (tState != KNOWN) return MAYBE;
  const isNumber = tNumber;
  const p = tPtr;
  const len = tLen;
  const digits = tDigits;
  const exponent = tExponent;
  let result = FALSE;
  for (; e; e = <usize>load<u32>(e, N_NEXT)) {
    readNode(e, 0);
    if (tState != KNOWN) result = MAYBE;
    else if (isNumber ? compareDecimals(digits, exponent, tDigits, tExponent) == 0 : len == tLen && equal(p, tPtr, len)) return TRUE;
  }
  return result;
}

/** a: a list · b: the value (includes), or the other list. Of an address: b, c the ranges and their count. */
export function listRelation(c: usize, op: u32): u32 {
  readTerm(<usize>load<u32>(c, 4));
  if (tState != KNOWN) return MAYBE;
  if (op == OP_IN_RANGES) return inRanges(tNode, <usize>load<u32>(c, 8), load<u32>(c, 12)) ? TRUE : FALSE;
  let e = <usize>load<u32>(tNode, N_PTR);
  readTerm(<usize>load<u32>(c, 8));
  if (op == OP_INCLUDES) return isIn(e);
  if (tState != KNOWN) return MAYBE;
  const set = <usize>load<u32>(tNode, N_PTR);
  const all = op == OP_SUBSET;
  let result = all ? TRUE : FALSE;
  for (; e; e = <usize>load<u32>(e, N_NEXT)) {
    readNode(e, 0);
    const r = isIn(set);
    result = all ? min(result, r) : max(result, r);
    if (result == (all ? FALSE : TRUE)) break;
  }
  return result;
}
