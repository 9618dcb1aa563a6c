/**
 * The verifying side, for anyone and anywhere: no `node:` import, no dependency, no line shared with the writer.
 *
 * Bring a source of bytes (source.ts) and a platform (platform.ts); files and Node's faster SHA-256 are in `@thc/audit/read`.
 */

export type { Fault, FaultKind } from "./fault.ts";
export { type VerifyOptions, verifyLog } from "./log.ts";
export { type InclusionProof, parseCheckpoint, parseProof, parseVerificationKey } from "./note.ts";
export { type Platform, portablePlatform } from "./platform.ts";
export { type ProofVerdict, verifyProof } from "./proof.ts";
export type { ParsedRecord } from "./records.ts";
export {
  type AnchorVerdict,
  type Bracket,
  bracketOf,
  type Completeness,
  type Report,
  reportText,
  type VerifyMode,
} from "./report.ts";
export { type LogSource, memorySource, type SegmentSource } from "./source.ts";
export type { Clause, TimestampExpectation, TimestampTrust, TimestampVerdict } from "./timestamp/trust.ts";
export { verifyTimestamp } from "./timestamp/verify.ts";
