/** The writing side: open a log, append, anchor. Reading and verifying are the subpaths `./verify` and `./read`. */

export {
  type Anchoring,
  type AnchoringOptions,
  startAnchoring,
} from "./anchor/anchoring.ts";
export { createSigner, generateSigningKey, type Signer } from "./chain/signing.ts";
export { createTree } from "./chain/tree.ts";
export { type AuditFailure, type FailureCode, isAuditFailure } from "./failure.ts";
export { type Answered, answerBytes, statedAnswer } from "./record/answer.ts";
export type {
  AnchorBody,
  AnchorFailedBody,
  AppendableBody,
  Cadence,
  DecisionRecordBody,
  HostBody,
} from "./record/bodies.ts";
export { canonicalText, type JsonValue } from "./record/canonical.ts";
export { commitDecision, commitmentOf, type DecisionInput } from "./record/commitment.ts";
export { actionBytes, type Decided, decisionInput } from "./record/decided.ts";
export type { CheckpointReceipt, Receipt, SegmentLimits } from "./writer/composer.ts";
export { type Disk, nodeDisk } from "./writer/disk.ts";
export type { AuditLog } from "./writer/log.ts";
export { type OpenedLog, type OpenOptions, openLog, type SetAside } from "./writer/open.ts";
export { openLogInWorker, type WorkerLog, type WorkerOpenOptions } from "./writer/worker.ts";
