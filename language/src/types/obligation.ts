/** What the host carries out, or the answer is deny. */
import type { ObligationKind } from "../vocabulary.ts";

/** What a rule asks for where it lets a call through: of the host, or counted by the module. */
export type Carried = Obligation | Rate;
/** At most so many calls, of those for which the rule carries it, in any `ms`: counted in the session's state. */
export interface Rate {
  readonly kind: "rate";
  readonly count: number;
  readonly ms: number;
}
/** `thc`'s answer names these; each must be among what the host says that it carries out. */
export type Obligation =
  | { readonly kind: Extract<ObligationKind, "log_full" | "signed_receipt" | "snapshot_first"> }
  | { readonly kind: "sandbox"; readonly profile: string }
  | { readonly kind: "row_limit"; readonly rows: number }
  | { readonly kind: "timeout" | "credential"; readonly ms: number }
  | { readonly kind: "throttle"; readonly count: number; readonly ms: number }
  | { readonly kind: "redact"; readonly field: string; readonly classes: readonly string[] };
