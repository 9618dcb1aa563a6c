/** The real thing as a subject: compiled by the compiler, decided by the kernel, through the runtime that hosts use. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "@thc/compiler";
import { type Decision, loadSync, type Obligation, type Runtime } from "@thc/runtime";
import { engineOf } from "../../cli/src/states.ts";
import { bytewise, type RefDecision } from "../reference/decision.ts";
import type { Decided, Instance, Subject } from "./subject.ts";

/** Beside the repository's root, where the build puts it; programs bundled elsewhere are started from the root. */
export function kernelBytes(): Uint8Array {
  const here = new URL("../../runtime/kernel/dist/kernel.wasm", import.meta.url);
  try {
    return readFileSync(fileURLToPath(here));
  } catch {
    return readFileSync("runtime/kernel/dist/kernel.wasm");
  }
}

export function kernelSubject(kernel: Uint8Array = kernelBytes(), name = "kernel"): Subject {
  return {
    name,
    compile(contract) {
      const compiled = compile(contract, kernel);
      if ("error" in compiled) throw new Error(compiled.error);
      return instance(loadSync(compiled.bytes), compiled.bytes);
    },
    load(module) {
      try {
        return instance(loadSync(module), module);
      } catch (e) {
        if (e instanceof Error && e.name === "LoadError") return undefined;
        throw e;
      }
    },
  };
}

function instance(runtime: Runtime, module: Uint8Array): Instance {
  const engine = engineOf(runtime);
  return {
    contractDigest: Uint8Array.from(Buffer.from(runtime.manifest.contract.digest, "hex")),
    module,
    decide(request, state): Decided {
      const decision = engine.decide(request, state);
      return { decision: asReference(decision), state: decision.state };
    },
  };
}

function asReference(d: Decision): RefDecision {
  return {
    outcome: d.outcome,
    reason: d.reason,
    rules: [...d.rules].sort(bytewise),
    obligations: d.outcome === "allow_with_obligations" ? d.obligations.map(text).sort(bytewise) : [],
    approvals: d.outcome === "require_approval" ? d.approvals.map((a) => ({ rule: a.rule, digest: a.digest })) : [],
    warnings: d.warnings,
    observed: d.observed.map(({ rule, would }) => `${rule} would ${would.join(", ")}`),
    hints: d.hints.map((h) => h.rule),
    labels: d.labels,
    inspected: d.inspected,
    release: d.release,
    levels: d.levels,
    risk: d.risk,
    duplicate: d.duplicate,
    clockBehind: d.clockBehind,
    unfit: d.unfit,
    retryAfter: d.retryAfter,
    validUntil: d.validUntil,
    enforce: d.enforce,
  };
}
function text(o: Obligation): string {
  return JSON.stringify(Object.fromEntries(Object.entries(o).sort(([a], [b]) => bytewise(a, b))));
}
