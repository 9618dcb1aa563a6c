// Rules that are only observed (docs/semantics/observing.md): what they would have done is moved to bits that nothing but the answer reads,
// so the join, the write and the warnings do not see it.
//
// In a rule's record, at 56: until when it is observed (u64); 0: it is enforced, 2^64 − 1: for good.
import { H, H_OBSERVE } from "./memory";

/** Bits of an entry, as in answer.ts: CARRIES, DENIES, ASKS and WARNS stand 16 bits higher. */
const MOVED: u32 = 0x1e;
const CARRIES_DENIES_ASKS_WARNS: u32 = 16;
const LABELS: u32 = 512;
const WOULD_LABEL: u32 = 0x200000;
const OBSERVED: u32 = 0x400000;
/** HINTS, LABELS, REDACTS, SUSPENDS, CANCELS, GRANTED, EXCEEDS and those that are moved: nothing of it happens. */
const HAPPENS: u32 = 0xde3e;

let isAsked: bool = false;
let now: u64 = 0;

/** A new call. */
export function resetObserved(time: u64): void {
  isAsked = H(H_OBSERVE) != 0;
  now = time;
}
@inline export function isObserved(record: usize): bool {
  return isAsked && load<u64>(record, 56) > now;
}
export function moved(effects: u32): u32 {
  return (effects & ~HAPPENS) | ((effects & MOVED) << CARRIES_DENIES_ASKS_WARNS) | (effects & LABELS ? WOULD_LABEL : 0) | OBSERVED;
}
/** What the rule does, or would do. */
@inline export function wouldDo(effects: u32): u32 {
  return effects | ((effects >> CARRIES_DENIES_ASKS_WARNS) & MOVED);
}
