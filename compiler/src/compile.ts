/**
 * The compiler's door: a typed contract and the kernel's bytes in, one module out. Pure; same contract, same bytes.
 * The stages are named data, so that a tool can run and show each of them.
 */
import type { Code, Contract, Diagnostic } from "@thc/language";
import { canonicalContract, hex, kernelSha256 } from "./digest.ts";
import { isContractTooLarge } from "./failure.ts";
import type { Ir } from "./ir/ir.ts";
import { type Layout, layout } from "./link/layout.ts";
import { linkModule } from "./link/wasm.ts";
import { lower } from "./lower/lower.ts";
import { buildManifest, type ExplainTable, type Manifest } from "./manifest.ts";

export interface Compiled {
  /** The self-contained module. */
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly ir: Ir;
  /** Not wrong, but to be known. */
  readonly warnings: readonly Diagnostic[];
}
/** `error` in words, `diagnostic` with its place. */
export type CompileResult = Compiled | { readonly error: string; readonly diagnostic: Diagnostic };

/** Bytes of a session's state; a larger one is something that the contract says. */
const MOST_UNSAID = 65536;

function sizeWarnings(contract: Contract, { rows }: Ir, { state }: Manifest): readonly Diagnostic[] {
  if (state.most <= MOST_UNSAID || rows !== undefined) return [];
  const message = `a session's state may grow to ${state.most} bytes, more than ${MOST_UNSAID}`;
  const help = "say how many rows it may have: `state { evidence 64 }`";
  return [{ ...atName(contract, "THC5002", message), severity: "warning", help }];
}

/** Of the contract as a whole: at its name. */
function atName({ span }: Contract, code: Code, message: string): Diagnostic {
  const primary = { span: span ?? { start: 0, end: 0 }, text: "" };
  return { code, severity: "error", message, primary, related: [], help: undefined };
}

/** In the order a contract travels. */
export const STAGES = ["digest", "lower", "layout", "link"] as const;
export type Stage = (typeof STAGES)[number];

/**
 * @param kernel bytes of `kernel.wasm` as this version of the runtime builds it
 * @param onStage called when a stage has ended
 * @param sha256 the platform's, where it has a fast one; else the kernel's
 */
export function compile(
  contract: Contract,
  kernel: Uint8Array,
  onStage: (stage: Stage) => void = () => {},
  sha256: (bytes: Uint8Array) => Uint8Array = kernelSha256(kernel),
): CompileResult {
  const encoder = new TextEncoder();
  try {
    const digest = sha256(canonicalContract(contract));
    onStage("digest");
    const ir = lower(contract, digest);
    onStage("lower");
    const placed: Layout = layout(ir);
    onStage("layout");
    const manifest = buildManifest(ir, placed, hex(sha256(kernel)), hex(digest));
    const bytes = linkModule(kernel, placed.data, placed.memoryEnd, [
      ["thc.manifest", encoder.encode(JSON.stringify(manifest))],
      ["thc.explain", encoder.encode(JSON.stringify({ rules: placed.explanations } satisfies ExplainTable))],
    ]);
    onStage("link");
    return { bytes, manifest, ir, warnings: sizeWarnings(contract, ir, manifest) };
  } catch (e) {
    if (isContractTooLarge(e)) {
      const diagnostic = atName(contract, "THC5003", `the contract asks too much: ${e.message}`);
      return { error: e.message, diagnostic };
    }
    throw e;
  }
}
