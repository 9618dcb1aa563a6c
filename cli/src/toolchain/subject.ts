/**
 * What a verb decides with: a contract, compiled on the spot, or a module that was compiled before.
 *
 * Everything that is the user's to mend is a value with its exit code: diagnostics (3), a damaged module or a missing file (4).
 */
import type { CompileResult, Compiled as Module } from "@thc/compiler";
import type { Contract, Diagnostic, Source } from "@thc/language";
import type { Runtime } from "@thc/runtime";
import { EXIT, type Exit } from "../exit.ts";
import { locate, type Read, readBytes } from "../files/read.ts";
import type { Paint } from "../terminal/paint.ts";
import { plural } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";
import type { RuleAtoms } from "../testing/coverage.ts";
import { type Checked, checkFile, errorsOf, renderDiagnostics } from "./contract.ts";
import { readKernel } from "./kernel.ts";
import { sha256OfBytes } from "./sha256.ts";

export interface Subject {
  readonly path: string;
  readonly runtime: Runtime;
  /** Undefined: only the module is at hand. */
  readonly contract: Contract | undefined;
  readonly source: Source | undefined;
  /** By rule the texts of its conditions' atoms; empty without the contract. */
  readonly atoms: RuleAtoms;
}
export type Opened =
  | { readonly ok: true; readonly value: Subject }
  | { readonly ok: false; readonly exit: Exit; readonly lines: readonly string[] };

export async function openSubject(path: string, paint: Paint): Promise<Opened> {
  const located = locate(path);
  if (!located.ok) return refuse(located.message);
  const bytes = readBytes(located.value);
  if (!bytes.ok) return refuse(bytes.message);
  if (isModule(located.value, bytes.value)) return openModule(located.value, bytes.value);
  const compiled = await compileFile(located.value, paint);
  if (!compiled.ok) return compiled;
  const { source, contract } = compiled.value;
  const loaded = await openModule(located.value, compiled.value.module.bytes);
  return loaded.ok
    ? { ok: true, value: { ...loaded.value, source, contract, atoms: atomsOf(compiled.value.module) } }
    : loaded;
}

const atomsOf = ({ ir }: Module): RuleAtoms =>
  ir.rules.map(({ name, atoms }) => ({ name, atoms: atoms.map((atom) => atom.text) }));

export interface Compiled {
  readonly source: Source;
  readonly contract: Contract;
  /** A ruleset in the world of its own tests, which is nothing to be decided with. */
  readonly isRuleset: boolean;
  readonly module: Module;
  /** Warnings, rendered. */
  readonly warnings: readonly string[];
}

export async function compileFile(
  path: string,
  paint: Paint,
): Promise<{ readonly ok: true; readonly value: Compiled } | Extract<Opened, { readonly ok: false }>> {
  const checked = await checkFile(path);
  if (!checked.ok) return refuse(checked.message);
  const { source, contract, isRuleset, diagnostics } = checked.value;
  const invalid = async (all: readonly Diagnostic[]): Promise<Extract<Opened, { readonly ok: false }>> => ({
    ok: false,
    exit: EXIT.invalid,
    lines: [
      ...(await renderDiagnostics(source, all, paint)),
      `${visible(path)} is invalid: ${plural(errorsOf(all), "error")}`,
    ],
  });
  if (contract === undefined) return invalid(diagnostics);
  const module = await linked(contract);
  if ("error" in module) return invalid([...diagnostics, module.diagnostic]);
  const warnings = await renderDiagnostics(source, [...diagnostics, ...module.warnings], paint);
  return { ok: true, value: { source, contract, isRuleset, module, warnings } };
}

async function linked(contract: Contract): Promise<CompileResult> {
  const { compile } = await import("@thc/compiler");
  return compile(contract, readKernel(), undefined, sha256OfBytes);
}

/** With what only shows once the module is made. */
export async function checkWhole(path: string, now: number): Promise<Read<Checked>> {
  const checked = await checkFile(path, now);
  if (!checked.ok || checked.value.contract === undefined) return checked;
  const module = await linked(checked.value.contract);
  const more = "error" in module ? [module.diagnostic] : module.warnings;
  const contract = "error" in module ? undefined : checked.value.contract;
  return { ok: true, value: { ...checked.value, contract, diagnostics: [...checked.value.diagnostics, ...more] } };
}

export async function openModule(path: string, bytes: Uint8Array): Promise<Opened> {
  const { load } = await import("@thc/runtime");
  try {
    // Without a profile: this process carries nothing out, it stands in for a host that can do everything.
    const runtime = await load(bytes);
    return { ok: true, value: { path, runtime, contract: undefined, source: undefined, atoms: [] } };
  } catch (error) {
    if (!isLoadError(error)) throw error;
    return refuse(`\`${visible(path)}\` is refused: ${visible(error.message)}`);
  }
}

const isLoadError = (error: unknown): error is Error => error instanceof Error && error.name === "LoadError";

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
/** By its first bytes; a file that ends in `.wasm` is meant as one, whatever they are. */
const isModule = (path: string, bytes: Uint8Array): boolean =>
  path.endsWith(".wasm") || MAGIC.every((byte, at) => bytes[at] === byte);

const refuse = (line: string): Extract<Opened, { readonly ok: false }> => ({
  ok: false,
  exit: EXIT.unreadable,
  lines: [line],
});
