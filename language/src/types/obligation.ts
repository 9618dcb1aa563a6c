/** What the host carries out, or the answer is deny. */
import type { ObligationKind } from "../vocabulary.ts";

export type Obligation =
  | { readonly kind: Extract<ObligationKind, "log_full" | "signed_receipt" | "snapshot_first"> }
  | { readonly kind: "sandbox"; readonly profile: string }
  | { readonly kind: "row_limit"; readonly rows: number }
  | { readonly kind: "timeout" | "credential"; readonly ms: number }
  | { readonly kind: "throttle"; readonly count: number; readonly ms: number }
  | { readonly kind: "redact"; readonly field: string; readonly classes: readonly string[] };
