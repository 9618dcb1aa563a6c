// Rates: budgets of calls that a rule carries as it carries obligations, in the session's state (docs/semantics/history.md, §2).
// Asked before each join; a rule that denies the call already is not.
import { CARRIES, DENIES, EXCEEDS, R_LOOP, meet, metCount, metEntry, rule, stepOf } from "./answer";
import { verdict } from "./budget";
import { wouldDo } from "./observed";

export const HAS_RATES: u32 = 4; // in H_HISTORY

export function checkRates(now: u64): void {
  const n = metCount();
  for (let i: u32 = 0; i < n; i++) {
    const e = metEntry(i);
    const effects = wouldDo(load<u32>(e, 4));
    if (!(effects & CARRIES) || effects & DENIES) continue;
    const id = load<u32>(e);
    const r = rule(id);
    if (<u32>load<u8>(r) != R_LOOP) askFor(id, <usize>load<u32>(r, 40), load<u32>(r, 44), now);
    else {
      for (let rest = effects >> 24; rest; rest &= rest - 1) {
        const step = stepOf(r, ctz(rest));
        askFor(id, <usize>load<u32>(step, 20), load<u32>(step, 24), now);
      }
    }
  }
}

/** All of them, for how long the call must wait. */
function askFor(id: u32, budgets: usize, n: u32, now: u64): void {
  for (let k: u32 = 0; k < n; k++) if (verdict(id, <usize>load<u32>(budgets + (<usize>k << 2)), now)) meet(id, DENIES | EXCEEDS);
}
