/** Contract to module. Pure: bytes in, bytes out; runs wherever WebAssembly does. */
export { type Compiled, type CompileResult, compile, STAGES, type Stage } from "./compile.ts";
export type { Ir } from "./ir/ir.ts";
export { printIr } from "./ir/print.ts";
export type { ExplainTable, Manifest, ManifestRule } from "./manifest.ts";
