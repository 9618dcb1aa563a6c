/** What a verifier of time-stamps is given, and what it answers. */

export type Clause =
  | "chain"
  | "content_type"
  | "critical_extension"
  | "der"
  | "digest_algorithms"
  | "extended_key_usage"
  | "imprint"
  | "key_usage"
  | "message_digest"
  | "monotonic"
  | "nonce"
  | "path_length"
  | "policy"
  | "signature"
  | "signed_attributes"
  | "signer"
  | "status"
  | "tsa_name"
  | "validity"
  | "version"
  | "weak_algorithm"
  | "window";

export interface TimestampTrust {
  /** Trusted certificates, DER. */
  readonly roots: readonly Uint8Array[];
  /** Further certificates that may be missing in the token, DER. */
  readonly intermediates?: readonly Uint8Array[];
  /** Accepted policies, dotted; all when absent. */
  readonly policies?: readonly string[];
  /** How far the TSA's clock and ours may differ; 10 s when absent. */
  readonly skewMs?: number;
}

export interface TimestampExpectation {
  readonly imprint: { readonly algorithm: "SHA-256" | "SHA-384" | "SHA-512"; readonly digest: Uint8Array };
  /** The request's nonce as an unsigned number; absent when none was sent. */
  readonly nonce?: Uint8Array | null;
  /** The policy that was asked for. */
  readonly policy?: string | null;
  /** Milliseconds of sending and receiving, by our clock. */
  readonly sent?: number | null;
  readonly received?: number | null;
  /** Milliseconds of a genTime that the stamped data already contains. */
  readonly notBefore?: number | null;
}

export type TimestampVerdict =
  | {
      readonly ok: true;
      /** Milliseconds. */
      readonly genTime: number;
      readonly accuracy: number;
      readonly policy: string;
      readonly serial: string;
      /** The path, signer first, DER. */
      readonly path: readonly Uint8Array[];
    }
  | { readonly ok: false; readonly clause: Clause; readonly reason: string; readonly genTime: number | null };

export const DEFAULT_SKEW_MS = 10_000;

/**
 * A refusal on its way to the verdict. Thrown inside this folder only, because a parser twenty levels deep has one thing left to say; `verifyTimestamp` turns it
 * into a value, and nothing else leaves the folder.
 */
export interface Refusal {
  readonly refusal: true;
  readonly clause: Clause;
  readonly reason: string;
}

export function refuse(clause: Clause, reason: string): never {
  throw { refusal: true, clause, reason } satisfies Refusal;
}

export function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "refusal" in error;
}
