/** Lists of tools for themselves, without a contract: what `thc pin` is made of. The parser is not loaded for it. */

export { type Looked, look } from "../inspect/look.ts";
export { type Concern, type Drift, type DriftEntry, driftBetween } from "./drift.ts";
export { type Definition, readToolList, type Sha256, type ToolList, type ToolListRead } from "./tool-list.ts";
