/** Load a contract's module, ask it, enforce what it says. No dependencies; runs wherever WebAssembly with SIMD does. */
export type { Decider } from "./decide.ts";
export type {
  ApprovalRequest,
  BlastRadius,
  Decision,
  DenyReason,
  Explanation,
  Hint,
  Level,
  NonEmpty,
  Obligation,
  OutcomeName,
  Reason,
  Risk,
  RuleExplanation,
  Truth,
} from "./decision.ts";
export { definitionDigest } from "./definition.ts";
export { type Enforcement, enforce, type Session, type ToolCall, type ToolResult } from "./enforce.ts";
export { type HostProfile, type LoadError, load, loadSync, type Runtime } from "./load.ts";
export type { Manifest, ManifestRule } from "./manifest.ts";
