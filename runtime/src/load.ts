/**
 * Loading: bytes to something that decides. Refusals are exceptions (LoadError) with a sentence that names what is wrong;
 * afterwards nothing throws: whatever a request is, it gets a decision.
 */
import { createDecider, type Decider } from "./decide.ts";
import type { Kernel } from "./kernel.ts";
import { customSection, damage, type ExplainTable, type Manifest } from "./manifest.ts";
import { DATA, type Parts, partsOf } from "./parts.ts";
import { isExplainTable, isManifest } from "./shape.ts";
import { kernelLater, kernelOf } from "./shared.ts";
import { warmUp } from "./warm.ts";

/** What the host promises. Left out: the host promises everything, and answers for it. */
export interface HostProfile {
  /** Paths of the facts it sends with every request (`resource.env`). */
  readonly facts?: readonly string[];
  /** Kinds of obligations it carries out. */
  readonly obligations?: readonly string[];
}
export interface Runtime extends Decider {
  readonly manifest: Manifest;
}
export type LoadError = Error & { readonly name: "LoadError" };

function loadError(message: string): LoadError {
  return Object.assign(new Error(message), { name: "LoadError" as const });
}
const isLoadError = (e: unknown): boolean => e instanceof Error && e.name === "LoadError";
function refuse(message: string): never {
  throw loadError(message);
}
const MANIFEST = "thc.manifest";
const EXPLAIN = "thc.explain";

const NOT_WASM = "the module is no valid WebAssembly, or this host lacks its fixed-width SIMD";

/** @throws LoadError */
export async function load(bytes: Uint8Array, host: HostProfile = {}): Promise<Runtime> {
  refuseDamaged(bytes);
  const parts = partsOf(bytes);
  try {
    if (parts === undefined) return start(whole(await WebAssembly.compile(bytes as BufferSource)), host);
    // the caller may do with its bytes what it likes while the kernel is compiled
    const own = { ...parts, data: parts.data.slice(), customs: ownCustoms(parts) };
    return start(joint(await kernelLater(own), own), host);
  } catch (e) {
    throw isLoadError(e) ? e : loadError(NOT_WASM);
  }
}

/** As `load`, without a promise. Browsers limit the size of what they compile so on their main thread. @throws LoadError */
export function loadSync(bytes: Uint8Array, host: HostProfile = {}): Runtime {
  refuseDamaged(bytes);
  const parts = partsOf(bytes);
  try {
    if (parts === undefined) return start(whole(new WebAssembly.Module(bytes as BufferSource)), host);
    return start(joint(kernelOf(parts), { ...parts, customs: ownCustoms(parts) }), host);
  } catch (e) {
    throw isLoadError(e) ? e : loadError(NOT_WASM);
  }
}

/**
 * For hosts that compile modules themselves, as edge workers do: they may not compile bytes at run time, and import the file
 * instead. The checksum was theirs to look at; everything else is checked as in `load`. @throws LoadError
 */
export function loadModule(module: WebAssembly.Module, host: HostProfile = {}): Runtime {
  return start(whole(module), host);
}

/** What is started: code, what stands in custom sections, and what an instance of the code still lacks. */
interface Loadable {
  readonly module: WebAssembly.Module;
  readonly section: (name: string) => Uint8Array | undefined;
  /** @throws when the host has no memory for it */
  readonly fill: (memory: WebAssembly.Memory) => void;
}
function whole(module: WebAssembly.Module): Loadable {
  return { module, section: (name) => customSection(module, name), fill: () => {} };
}
/** A compiled kernel that other contracts may have too, and this one's data. */
function joint(module: WebAssembly.Module, { data, pages, customs }: Parts): Loadable {
  return {
    module,
    section: (name) => customs.get(name),
    fill: (memory) => {
      const have = memory.buffer.byteLength / 65536;
      if (pages > have) memory.grow(pages - have);
      new Uint8Array(memory.buffer).set(data, DATA);
    },
  };
}
/** The sections that are read, as a copy: the explanations' is read when somebody asks. */
function ownCustoms({ customs }: Parts): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [MANIFEST, EXPLAIN].flatMap((name) => {
      const body = customs.get(name);
      return body === undefined ? [] : [[name, body.slice()] as const];
    }),
  );
}

function refuseDamaged(bytes: Uint8Array): void {
  const fault = damage(bytes);
  if (fault !== undefined) refuse(fault);
}

function start({ module, section, fill }: Loadable, host: HostProfile): Runtime {
  const imports = WebAssembly.Module.imports(module);
  if (imports.length > 0)
    refuse(`the module asks its host for \`${imports[0]?.name}\`: a contract's module imports nothing`);
  const manifest = parsed(MANIFEST, section(MANIFEST));
  const spoken = (manifest as { readonly abi?: unknown } | null)?.abi;
  if (typeof spoken === "number" && spoken !== 1)
    refuse(`the module speaks ABI ${spoken}, this runtime speaks 1: compile the contract again`);
  if (!isManifest(manifest)) return refuse("the module's section `thc.manifest` is not what `thc compile` writes");
  freeze(manifest);
  const facts = manifest.facts.filter((f) => f.required && host.facts !== undefined && !host.facts.includes(f.path));
  if (facts.length > 0)
    refuse(`the contract reads ${list(facts.map((f) => f.path))}, which this host does not declare that it sends`);
  const kinds = [...new Set(manifest.obligations.map((o) => o.kind))];
  const lacking = kinds.filter((k) => host.obligations !== undefined && !host.obligations.includes(k));
  if (lacking.length > 0) refuse(`the contract may ask for ${list(lacking)}, which this host does not carry out`);
  let instance: WebAssembly.Instance;
  try {
    instance = new WebAssembly.Instance(module, {});
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) fill(memory);
  } catch {
    return refuse("the module could not be started: not enough memory?");
  }
  const kernel = instance.exports as unknown as Kernel;
  checkExports(kernel);
  try {
    warmUp(kernel);
    return { manifest, ...createDecider(kernel, manifest, () => explainTable(section(EXPLAIN))) };
  } catch {
    return refuse("the module's contract data is not what `thc compile` writes");
  }
}

/** Decisions hand out parts of it: what a host does with one of them must not change the next. */
function freeze(whole: unknown): void {
  // no recursion: how deep a manifest is, its module says
  const open = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    Object.freeze(value);
    for (const part of Object.values(value)) open.push(part);
  }
}

/** Nothing but explanations rests on it: a section that is not what it should be explains nothing. */
function explainTable(body: Uint8Array | undefined): ExplainTable {
  const table = parsed(EXPLAIN, body);
  return isExplainTable(table) ? table : { rules: [] };
}

function parsed(name: string, body: Uint8Array | undefined): unknown {
  if (body === undefined) return refuse(`the module has no section \`${name}\`: it was not made by \`thc compile\``);
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return refuse(`the module's section \`${name}\` is no JSON`);
  }
}

const MAGIC = 0x31434854;
const FUNCTIONS = [
  "input",
  "state_in",
  "state_out",
  "state_out_length",
  "state_fault",
  "ledger_in",
  "ledger_give",
  "ledger_out",
  "ledger_out_length",
  "retry_after",
  "valid_until",
  "release",
  "answer",
  "last_tool",
  "decide",
  "evaluate",
  "blast",
  "action_digest",
  "approval_digest",
] as const;
function checkExports(kernel: Kernel): void {
  if (FUNCTIONS.some((name) => typeof kernel[name] !== "function"))
    refuse("the module's exports are not those of ABI 1");
  if (
    !(kernel.memory instanceof WebAssembly.Memory) ||
    !(kernel.abi instanceof WebAssembly.Global) ||
    kernel.abi.value !== 1
  )
    refuse("the module's exports are not those of ABI 1");
  const view = new DataView(kernel.memory.buffer);
  if (view.byteLength < 65536 + 512 || view.getUint32(65536, true) !== MAGIC || view.getUint32(65540, true) !== 1)
    refuse("the module carries no contract data that this runtime knows");
}

const list = (names: readonly string[]): string => names.map((n) => `\`${n}\``).join(", ");
