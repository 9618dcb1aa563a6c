/** Reading logs on Node: files as sources, proofs, replay, exports, bundles. The verifier itself is `@thc/audit/verify`. */

export { certificatesOf, checkAnswer } from "./check-answer.ts";
export { directorySource, segmentNames } from "./directory.ts";
export { nodePlatform } from "./node-platform.ts";
