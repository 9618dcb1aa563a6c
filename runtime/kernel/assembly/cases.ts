// What a call's class rests on: a tool's levels that have conditions, and where its destinations lie. Asked once, before the rules.
//
// Tool record: 28 all levels · 40 risk · 48 cases, or 0 · 60 condition that a destination lies outside, or 0
// Cases: count u32 · levels that every call has u32 · flags u32 (1: the risk is that of the levels, 2: irreversible), then for each
// case its level u32 and its condition u32
import { H, H_TOOL_RECORDS } from "./memory";
import { setClass, setExternal } from "./ability";
import { abilityRecord } from "./action";
import { TRUE, evaluate } from "./condition";

const F_EXTERNAL: u32 = 16;
const RISK_BY_LEVEL: u32 = 1;
const IRREVERSIBLE: u32 = 2;

/** Bit of the risk of these levels: the highest of them. */
function riskOf(levels: u32, irreversible: bool): u32 {
  const step: u32 = levels & 12 ? 2 : levels & 2 ? 1 : 0;
  return 1 << (step + (irreversible ? 1 : 0));
}

/** For the called tool (counted from 1), whose variant is chosen. */
export function settleClass(tool: u32): void {
  const kind = abilityRecord();
  const own = H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
  const all = load<u32>(kind, 28);
  setClass(all, all, load<u32>(kind, 40));
  const cases = <usize>load<u32>(own, 48);
  if (cases) settleCases(cases, all, load<u32>(kind, 40));
  const outside = <usize>load<u32>(own, 60);
  setExternal(load<u32>(own, 8) & F_EXTERNAL ? TRUE : outside ? evaluate(outside) : 0);
}

function settleCases(cases: usize, all: u32, risk: u32): void {
  let sure = load<u32>(cases, 4);
  let possible = sure;
  const n = load<u32>(cases);
  for (let i: u32 = 0; i < n; i++) {
    const c = cases + 12 + (<usize>i << 3);
    const truth = evaluate(<usize>load<u32>(c, 4));
    if (truth) possible |= load<u32>(c);
    if (truth == TRUE) sure |= load<u32>(c);
  }
  // none is left: all of them count; it may be that none is left: each of them may
  if (!sure) {
    if (!possible) sure = all;
    possible = all;
  }
  const flags = load<u32>(cases, 8);
  if (flags & RISK_BY_LEVEL) {
    const irreversible = (flags & IRREVERSIBLE) != 0;
    risk = sure ? riskOf(sure, irreversible) : 0;
    for (let rest = possible & ~sure; rest; rest &= rest - 1) risk |= riskOf(sure | (rest & -rest), irreversible);
  }
  setClass(sure, possible, risk);
}
