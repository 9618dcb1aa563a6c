// One event: decided, and then said whether anybody enforces the answer (docs/semantics/observing.md).
import { H, H_OBSERVE } from "./memory";
import { FLAG_OBSERVED, reason, setFlag } from "./answer";
import { decideOne, isChecked, now } from "./decide";
import { isContractObserved, resetObserved } from "./observed";
import { S_TIME, integer } from "./value";

const R_BAD_REQUEST: u32 = 7;

export function decideEvent(input: usize, len: u32, stateLen: u32): u32 {
  const packed = decideOne(input, len, stateLen);
  if (!H(H_OBSERVE)) return packed;
  // what cannot be read as a request has no time, and is refused in any case
  if (!isChecked && reason <= R_BAD_REQUEST) return packed;
  resetObserved(isChecked ? now : integer(S_TIME));
  if (isContractObserved) setFlag(FLAG_OBSERVED);
  return packed;
}
