/**
 * What can go wrong for a host that writes a log, as errors with a closed set of codes.
 *
 * A host must deny what it cannot record, so every failure reaches it as a rejected append and never as a lost one.
 */

export type FailureCode =
  | "bad_body"
  | "backpressure"
  | "broken"
  | "closed"
  | "foreign"
  | "input"
  | "locked"
  | "poisoned"
  | "tsa";

export type AuditFailure = Error & { readonly code: FailureCode };

export function auditFailure(code: FailureCode, message: string, cause?: unknown): AuditFailure {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code });
}

export function isAuditFailure(error: unknown): error is AuditFailure {
  return error instanceof Error && "code" in error && FAILURE_CODES.has(String(error.code));
}

const FAILURE_CODES: ReadonlySet<string> = new Set<FailureCode>([
  "bad_body",
  "backpressure",
  "broken",
  "closed",
  "foreign",
  "input",
  "locked",
  "poisoned",
  "tsa",
]);

/** For the end of a switch over a closed union. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
