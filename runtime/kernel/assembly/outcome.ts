// What happens where a rule stands in the way: its outcome, a list of parts, all of which happen (docs/semantics.md, §5).
// The parts are bits of byte 1 of the rule's record; obligations and approval stand in the record. Budgets, requirements, loops and
// flows all come through `happen`.
import { eventDigest } from "./digest";
import { ASKS, CANCELS, CARRIES, DENIES, GRANTED, LABELS, REDACTS, SATISFIED, SUSPENDS, UNSATISFIED, R_APPROVAL, WARNS, meet, rule } from "./answer";
import { bound, discharged } from "./approval";
import { isDelegators, standIn } from "./chain";

// bits of an outcome, as OUTCOME_PARTS of language/src/vocabulary.ts
export const O_DENY: u32 = 1;
export const O_APPROVAL: u32 = 2;
export const O_WARN: u32 = 4;
export const O_WITH: u32 = 8;
export const O_REDACT: u32 = 16;
export const O_LABEL: u32 = 32;
export const O_SUSPEND: u32 = 64;
export const O_CANCEL: u32 = 128;

/** The outcome of a rule that is not satisfied. */
export function unsatisfied(id: u32, now: u64): void {
  happen(id, <u32>load<u8>(rule(id), 1), now);
}
/** Denied, whatever the outcome says; what else it says happens too. Nobody is asked. */
export function uncountable(id: u32, now: u64): void {
  happen(id, (<u32>load<u8>(rule(id), 1) & ~O_APPROVAL) | O_DENY, now);
}

export function happen(id: u32, parts: u32, now: u64): void {
  let effects = UNSATISFIED;
  if (parts & (O_DENY | O_SUSPEND | O_CANCEL)) effects |= DENIES;
  if (parts & ~(O_DENY | O_APPROVAL)) effects |= others(parts);
  if (parts & O_APPROVAL) {
    // it is the principal who asks, whoever's rule wants it
    const standing = isDelegators() ? standIn(0) : 0;
    if (!eventDigest()) effects |= DENIES;
    else if (discharged(id, now)) effects = (<u32>load<u8>(rule(id)) == R_APPROVAL ? SATISFIED : effects) | GRANTED;
    else effects |= bound ? ASKS : DENIES;
    if (standing) standIn(standing);
  }
  meet(id, effects);
}

function others(parts: u32): u32 {
  let effects: u32 = 0;
  if (parts & O_WARN) effects |= WARNS;
  if (parts & O_WITH) effects |= CARRIES;
  if (parts & O_REDACT) effects |= REDACTS;
  if (parts & O_LABEL) effects |= LABELS;
  if (parts & O_SUSPEND) effects |= SUSPENDS;
  if (parts & O_CANCEL) effects |= CANCELS;
  return effects;
}
