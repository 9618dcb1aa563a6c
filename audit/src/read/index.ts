/** Reading logs on Node: files as sources, proofs, replay, exports, bundles. The verifier itself is `@thc/audit/verify`. */

export { type BundleOptions, makeBundle } from "./bundle.ts";
export { cefLine } from "./cef.ts";
export { certificatesOf, checkAnswer } from "./check-answer.ts";
export { directorySource, segmentNames } from "./directory.ts";
export { nodePlatform } from "./node-platform.ts";
export { ocsfMapper } from "./ocsf.ts";
export { type Proof, proveInclusion } from "./prove.ts";
export { type ReadRecord, readRecords } from "./records.ts";
export { type Decide, type MadeAgain, type ReplayReport, replayLog, replayText } from "./replay.ts";
export { directorySidecar, type SidecarEntry, type SidecarSource } from "./sidecar.ts";
export { readZip, writeZip } from "./zip.ts";
