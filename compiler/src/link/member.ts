/** A member of a record, as the layout writes it (descriptors.ts). */

/** Where a value goes: a slot, a child of its tree record, or nowhere (typed only). */
export type Target =
  | { readonly kind: "slot"; readonly slot: number }
  | { readonly kind: "child"; readonly index: number }
  | { readonly kind: "none" };

export interface Member {
  readonly name: string;
  readonly descriptor: number;
  readonly target: Target;
  readonly required: boolean;
}
