/**
 * The typed contract and the word lists, as types only.
 *
 * INVARIANT: this is the one file of the reference interpreter that names another package, and it imports no code:
 * what the kernel, the compiler and the checker get wrong must not be wrong here for the same reason.
 */
export type * from "../../language/src/types/contract.ts";
export type { Ledger, Level, OutcomeName, OutcomePartKind, Reason } from "../../language/src/vocabulary.ts";
