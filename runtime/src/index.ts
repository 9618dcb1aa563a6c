/** Load a contract's module, ask it, enforce what it says. No dependencies; runs wherever WebAssembly with SIMD does. */
export { type Blobs, type Ledger, OTHER_LEDGERS, packBlobs, unpackBlobs } from "./blobs.ts";
export type { Decider } from "./decide.ts";
export type {
  ApprovalRequest,
  BlastRadius,
  Decision,
  DenyReason,
  Explanation,
  Hint,
  Inspected,
  Level,
  Obligation,
  ObservedRule,
  Reason,
  Risk,
  RuleExplanation,
  Truth,
} from "./decision.ts";
export { definitionDigest } from "./definition.ts";
export {
  type Enforcement,
  enforce,
  type LedgerIds,
  type Ledgers,
  type Session,
  type ToolCall,
  type ToolResult,
} from "./enforce.ts";
export { enforceStream, type ToolStream } from "./enforce-stream.ts";
export { type HostProfile, type LoadError, load, loadModule, loadSync, type Runtime } from "./load.ts";
export type { Manifest, ManifestRule } from "./manifest.ts";
export { redact } from "./redact.ts";
export { isValid } from "./validity.ts";
