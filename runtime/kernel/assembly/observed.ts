// Rules that are only observed (docs/semantics/observing.md): what they would have done is moved to bits that nothing but the answer reads,
// so the join, the write and the warnings do not see it.
//
// In a rule's record, at 56: until when it is observed (u64); 0: it is enforced, 2^64 − 1: for good.
// A whole contract may be: then calls happen whatever is answered, and what is written follows what happens.
//
// Record, 16 B: 1 when some rule is observed (u32) · – · until when the contract is (u64, 8).
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

/** The whole contract is: the answer to this event is not enforced. */
export let isContractObserved: bool = false;

/** A new event. */
export function resetObserved(time: u64): void {
  const record = H(H_OBSERVE);
  isAsked = record != 0 && load<u32>(record) != 0;
  isContractObserved = record != 0 && load<u64>(record, 8) > time;
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
