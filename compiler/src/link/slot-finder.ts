/** What the descriptors ask of the contract whose requests they type (descriptors.ts). */
import type { Type } from "@thc/language";

export interface SlotFinder {
  readonly find: (root: string, path: readonly string[], type: Type) => number | undefined;
  /** Is a slot of the envelope read by any rule? */
  readonly isRead: (slot: number) => boolean;
  readonly symbol: (text: string) => number;
  /** Something is delegated: a link of a chain may have facts of its principal. */
  readonly delegates: boolean;
  /** Slots that a symbol field reads. */
  readonly wantsSymbol: (slot: number) => boolean;
}
