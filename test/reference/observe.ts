/**
 * Rules that are only observed (docs/semantics/observing.md): asked like any other, and then all that they would have done is set aside. What they
 * count they go on counting, or a trial would tell nothing.
 */
import type { Contract, Rule } from "./contract.ts";

export type WouldDo = "deny" | "ask" | "oblige" | "warn" | "label";

/** A rule, or the whole contract. */
export const isObserved = ({ observe }: Rule | Contract, now: number): boolean =>
  observe !== undefined && (observe.until === undefined || now < observe.until);

/** In the order in which it is reported. */
export function wouldDo(verdict: {
  readonly effects: readonly { readonly kind: string }[];
  readonly carries: readonly unknown[];
  readonly labels: readonly string[];
}): readonly WouldDo[] {
  const has = (kind: string) => verdict.effects.some((effect) => effect.kind === kind);
  const would: readonly (readonly [WouldDo, boolean])[] = [
    ["deny", has("deny")],
    ["ask", has("ask")],
    ["oblige", verdict.carries.length > 0],
    ["warn", has("warn")],
    ["label", verdict.labels.length > 0],
  ];
  return would.flatMap(([what, isSo]) => (isSo ? [what] : []));
}
