/**
 * The exit codes of every verb.
 *
 * Scripts tell "the answer is no" (1), "you called me wrongly" (2), "the contract is wrong" (3), "I could not read or finish
 * the input" (4) and "thc is broken" (70) apart; a higher layer never turns one into another.
 */
export const EXIT = { fine: 0, findings: 1, usage: 2, invalid: 3, unreadable: 4, internal: 70 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Of several inputs: what could not be read outweighs what is invalid, that outweighs findings. */
export function worst(exits: readonly Exit[]): Exit {
  return [...exits].sort((a, b) => b - a)[0] ?? EXIT.fine;
}
