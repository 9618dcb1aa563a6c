/**
 * The manifest: what a host may know of a module without asking it. JSON in the custom section `thc.manifest`; the larger
 * `thc.explain` holds what only explanations need. Shapes: docs/formats/module.md.
 */
import type { Ledger, LinkedRegistry, Obligation, Severity, StateRows, Suggestion } from "@thc/language";
import type { Ir, IrDetail, IrRule } from "./ir/ir.ts";
import type { Explanation, Layout } from "./link/layout.ts";
import { CAPACITIES } from "./link/state-shape.ts";
import { FIGURES } from "./lower/budgets.ts";

export interface Manifest {
  readonly format: 1;
  readonly abi: 1;
  readonly compiler: string;
  /** SHA-256 of the kernel, hex. */
  readonly kernel: string;
  readonly contract: {
    readonly name: string;
    readonly version: string;
    readonly owner?: string;
    readonly digest: string;
  };
  /** `team`: what `principal.team` reads, when the contract says it. */
  readonly agents: readonly { readonly name: string; readonly ids: readonly string[]; readonly team?: string }[];
  readonly tools: readonly string[];
  /** Indexes into `tools`: an approval of such a call counts once, whatever its rule says. */
  readonly irreversible: readonly number[];
  /** What of the registry of cloud actions is linked. */
  readonly registry?: {
    readonly version: string;
    readonly digest: string;
    readonly selectors: readonly string[];
    readonly actions: number;
    /** Of the tools that are an action, or whose calls name one. */
    readonly tools: readonly { readonly tool: number; readonly is?: string; readonly argument?: string }[];
  };
  /** Lists of tools that were imported and pinned, and the SHA-256 (hex) of each tool's definition (docs/formats/pin.md). */
  readonly imports?: readonly {
    readonly alias: string;
    readonly pin: string;
    readonly definitions: readonly { readonly tool: number; readonly digest: string }[];
  }[];
  /** Rulesets whose rules are among `rules`, as `alias.rule`. */
  readonly rulesets?: readonly { readonly name: string; readonly version: string; readonly alias: string }[];
  /** Addresses for `blast`: whose score a decision reports. */
  readonly blast?: readonly number[];
  /** `required`: the host must declare that it sends it. */
  readonly facts: readonly { readonly path: string; readonly required: boolean }[];
  /** Of the session, by number: when some rule reads one. */
  readonly labels?: readonly string[];
  /** Kinds of what inspections may find, by number: when some rule inspects. */
  readonly findings?: readonly { readonly inspector: string; readonly class: string; readonly severity: Severity }[];
  readonly rules: readonly ManifestRule[];
  /** All it may ever ask for, by number. */
  readonly obligations: readonly Obligation[];
  readonly state: {
    readonly history: boolean;
    readonly least: number;
    readonly most: number;
    readonly rows: StateRows;
    /** Those beside the session: each has a blob of its own, of this size. */
    readonly ledgers?: readonly { readonly ledger: Ledger; readonly bytes: number }[];
    /** Of so many delegators those of the agent and of the team are wanted as well. */
    readonly delegators?: number;
  };
  /** The whole contract is only observed: until then (milliseconds since 1970), or for good. */
  readonly observe?: { readonly until?: number };
  /** Milliseconds for which a decision counts. */
  readonly valid?: number;
  /** What costs are counted in. */
  readonly currency?: string;
  readonly limits: { readonly request: number; readonly depth: number; readonly list: number };
  /** Bytes of linear memory at load. */
  readonly memory: number;
}
export interface ManifestRule {
  readonly name: string;
  readonly kind: string;
  /** Its name, when it holds for this agent alone. */
  readonly agent?: string;
  readonly because?: string;
  readonly suggest?: { readonly instead: string; readonly because?: string };
  readonly maps?: readonly string[];
  /** It is only observed: until then (milliseconds since 1970), or for good. */
  readonly observe?: { readonly until?: number };
  readonly approval?: {
    readonly roles?: readonly string[];
    readonly quorum: number;
    readonly expires?: number;
    readonly once: boolean;
    /** Arguments and fields of the request; left out: the whole call is bound. */
    readonly binds?: readonly string[];
  };
  /** Of `require prior`: the tools whose call is missing. */
  readonly evidence?: readonly string[];
  /** By argument of those: the argument of the call whose value it has to have. */
  readonly matching?: { readonly [argument: string]: string };
  /** Of `inspect`: kinds of finding. */
  readonly finds?: readonly number[];
  /** May carry a sandbox, which can conflict with another. */
  readonly sandbox?: true;
}
/** `thc.explain` (docs/formats/module.md). */
export interface ExplainTable {
  readonly rules: readonly Explanation[];
}

const suggestionPart = ({ instead, because }: Suggestion): NonNullable<ManifestRule["suggest"]> =>
  because === undefined ? { instead } : { instead, because };

function registryPart(
  ir: Ir,
  { version, digest, selectors, actions }: LinkedRegistry,
): NonNullable<Manifest["registry"]> {
  const tools = ir.tools.flatMap(({ names }, tool) => (names === undefined ? [] : [{ tool, ...names }]));
  return { version, digest, selectors, actions: actions.length, tools };
}

/** Figures that the host must send with every call, since some budget counts them. */
function countedFigures(ir: Ir): readonly string[] {
  const read = new Set(ir.budgets.map(({ measure }) => (measure?.kind === "slot" ? measure.slot : 0)));
  return Object.entries(FIGURES).flatMap(([name, { estimate }]) => (read.has(estimate) ? [name] : []));
}

function statePart(ir: Ir, { state }: Layout): Manifest["state"] {
  const { least, most } = state.sizes.get("session") ?? { least: 0, most: 0 };
  const ledgers = ir.ledgers.map((ledger) => ({ ledger, bytes: state.sizes.get(ledger)?.most ?? 0 }));
  const others = {
    ...(ledgers.length === 0 ? {} : { ledgers }),
    ...(ir.delegators === 0 ? {} : { delegators: ir.delegators }),
  };
  return { history: ir.stateful, least, most, rows: { ...CAPACITIES, ...ir.rows }, ...others };
}

function importsPart(ir: Ir): NonNullable<Manifest["imports"]> {
  return ir.imports.map(({ alias, pin }) => {
    const definitions = ir.tools.flatMap(({ name, definition }, tool) =>
      definition !== undefined && name.startsWith(`${alias}.`) ? [{ tool, digest: definition }] : [],
    );
    return { alias, pin, definitions };
  });
}

export const COMPILER_VERSION = "0.1.0";

function evidencePart({ tools, matching }: Extract<IrDetail, { kind: "prior" }>, ir: Ir) {
  const evidence = tools.map((t) => ir.tools[t]?.name ?? "");
  return matching.length === 0 ? { evidence } : { evidence, matching: Object.fromEntries(matching) };
}

/** Member by member: there are thousands of rules, and most have a name and a kind. */
function rulePart(r: IrRule, ir: Ir): ManifestRule {
  const rule: { -readonly [member in keyof ManifestRule]: ManifestRule[member] } = { name: r.name, kind: r.kind };
  if (r.agent !== undefined) rule.agent = ir.agents[r.agent.number]?.name ?? "";
  if (r.because !== undefined) rule.because = r.because;
  if (r.suggest !== undefined) rule.suggest = suggestionPart(r.suggest);
  if (r.maps.length > 0) rule.maps = r.maps;
  if (r.observed !== undefined) rule.observe = r.observed === "for good" ? {} : { until: r.observed };
  if (r.approval !== undefined)
    rule.approval = {
      ...(r.approval.roles === undefined ? {} : { roles: r.approval.roles }),
      quorum: r.approval.quorum,
      ...(r.approval.expires === undefined ? {} : { expires: r.approval.expires }),
      once: r.approval.once,
      ...(r.approval.named === undefined ? {} : { binds: r.approval.named }),
    };
  if (r.obligations.some((o) => ir.obligations[o]?.kind === "sandbox")) rule.sandbox = true;
  if (r.detail?.kind === "inspection") rule.finds = r.detail.kinds;
  return r.detail?.kind === "prior" ? Object.assign(rule, evidencePart(r.detail, ir)) : rule;
}

export function buildManifest(ir: Ir, l: Layout, kernelDigest: string, contractDigest: string): Manifest {
  return {
    format: 1,
    abi: 1,
    compiler: COMPILER_VERSION,
    kernel: kernelDigest,
    contract: {
      name: ir.name,
      version: ir.version,
      ...(ir.owner === undefined ? {} : { owner: ir.owner }),
      digest: contractDigest,
    },
    agents: ir.agents.map(({ name, ids, team }) => (team === undefined ? { name, ids } : { name, ids, team })),
    tools: ir.tools.map((t) => t.name),
    irreversible: ir.tools.flatMap((t, i) => (t.irreversible ? [i] : [])),
    ...(ir.registry === undefined ? {} : { registry: registryPart(ir, ir.registry) }),
    ...(ir.imports.length === 0 ? {} : { imports: importsPart(ir) }),
    ...(ir.rulesets.length === 0 ? {} : { rulesets: ir.rulesets }),
    ...(l.blasts.length === 0 ? {} : { blast: l.blasts }),
    facts: [
      ...ir.facts.map((f) => ({ path: `${f.root}.${f.name}`, required: f.type.kind !== "optional" })),
      ...countedFigures(ir).map((name) => ({ path: `context.${name}`, required: true })),
    ],
    ...(ir.labels.length === 0 ? {} : { labels: ir.labels }),
    ...(ir.inspection === undefined ? {} : { findings: ir.inspection.kinds }),
    rules: ir.rules.map((r) => rulePart(r, ir)),
    obligations: ir.obligations,
    state: statePart(ir, l),
    ...(ir.observed === undefined ? {} : { observe: ir.observed === "for good" ? {} : { until: ir.observed } }),
    ...(ir.valid === 0 ? {} : { valid: ir.valid }),
    ...(ir.currency === undefined ? {} : { currency: ir.currency }),
    limits: { request: 1_048_576, depth: 32, list: 1024 },
    memory: Math.ceil(l.memoryEnd / 65536) * 65536,
  };
}
