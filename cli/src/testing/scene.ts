/**
 * Where a test stands between two steps, and the wire requests it sends from there (docs/semantics.md §1).
 *
 * Time: the first step that happens takes place at 2026-01-01T00:00:00Z, each later one a second after the one before, unless
 * `at` or `after` said otherwise. A test is one run of one session, for one team; calls belong to one turn until a result comes back,
 * somebody speaks or time passes. Nothing costs anything until the test says so. An approval stays in the host's hands and is sent with every later call, as a live host would.
 */
import type { BudgetLedger, CallStep, Contract, FactRoot, FigureName, Json, ObligationKind } from "@thc/language";
import { encodeRequest } from "../engine.ts";

export const TEST_START = Date.UTC(2026, 0, 1);
const STEP = 1_000;

export interface Approval {
  readonly id: string;
  readonly rule: string;
  readonly digest: string;
  readonly by: string;
  readonly roles: readonly string[];
  readonly user: boolean;
  readonly at: number;
}

/** What the contract counts in and by: a request names nothing that no rule asks for. */
export interface Kept {
  readonly ledgers: ReadonlySet<BudgetLedger>;
  readonly figures: ReadonlySet<FigureName>;
}

export interface Scene {
  readonly principal: string | undefined;
  /** That the contract says of the agent. */
  readonly team: string | undefined;
  readonly scopes: readonly string[] | undefined;
  /** Whom it acts for, with the same scopes; since the first step that happened after it was said. */
  readonly of:
    | { readonly id: string; readonly team: string | undefined; readonly since: number | undefined }
    | undefined;
  /** The folder that relative paths are of. */
  readonly cwd: string | undefined;
  /** What calls and results are said to cost, by `root.name`. */
  readonly figures: ReadonlyMap<string, number>;
  readonly keeps: Kept;
  readonly turn: number;
  readonly facts: readonly { readonly root: FactRoot; readonly name: string; readonly value: Json }[];
  /** Of the last step that happened; undefined before the first. */
  readonly last: number | undefined;
  /** Of the next step, when `at` or `after` fixed it. */
  readonly fixed: number | undefined;
  readonly calls: number;
  readonly approvals: readonly Approval[];
  readonly state: Uint8Array;
}

/** A contract's only agent need not be named. */
export function opening(contract: Contract, state: Uint8Array): Scene {
  const [only, ...others] = contract.agents;
  const principal = others.length === 0 ? only?.ids[0]?.replaceAll("*", "test") : undefined;
  const budgets = contract.rules.flatMap((rule) => (rule.kind === "budget" ? [rule] : []));
  const outcomes = contract.rules.flatMap((rule) =>
    rule.kind === "loop" ? rule.steps.flatMap((s) => s.otherwise) : "otherwise" in rule ? rule.otherwise : [],
  );
  const suspended = outcomes.flatMap((part) => (part.kind === "suspend" ? [part.ledger] : []));
  const figures = budgets.flatMap(({ measure: { kind } }) =>
    kind === "cost" || kind === "tokens" || kind === "elapsed" ? [kind] : [],
  );
  return {
    principal,
    team: others.length === 0 ? only?.team : undefined,
    scopes: undefined,
    of: undefined,
    cwd: undefined,
    facts: [],
    figures: new Map(),
    keeps: { ledgers: new Set([...budgets.map((rule) => rule.ledger), ...suspended]), figures: new Set(figures) },
    turn: 1,
    last: undefined,
    fixed: undefined,
    calls: 0,
    approvals: [],
    state,
  };
}

/** The scene in which the next step happens. */
export function advance(scene: Scene): Scene & { readonly last: number } {
  const next = scene.fixed ?? (scene.last === undefined ? TEST_START : scene.last + STEP);
  const of = scene.of && { ...scene.of, since: scene.of.since ?? next };
  return { ...scene, of, last: next, fixed: undefined };
}

type Now = Scene & { readonly last: number };

export function callRequest(contract: Contract, scene: Now, call: CallStep): Uint8Array {
  return event(
    scene,
    "call",
    { tool: contract.tools[call.tool]!.name, args: call.args },
    {
      call_id: callId(scene),
      approvals: scene.approvals,
      ...Object.fromEntries([...scene.keeps.figures].map((name) => [name, scene.figures.get(`context.${name}`) ?? 0])),
      ...(scene.keeps.ledgers.has("turn") ? { turn: scene.turn } : {}),
    },
  );
}

export function messageRequest(scene: Now, text: string): Uint8Array {
  return event(scene, "message", {}, { approvals: scene.approvals }, { message: { from: "user", text } });
}

export function resultRequest(scene: Now, ok: boolean, value: Json, kept: readonly ObligationKind[]): Uint8Array {
  const figures = [...scene.keeps.figures].flatMap((name) => {
    const value = scene.figures.get(`result.${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  const result = { status: ok ? "ok" : "failed", value, partial: true, kept, ...Object.fromEntries(figures) };
  return event(scene, "result", {}, { call_id: callId(scene), approvals: scene.approvals }, { result });
}

export function chunkRequest(scene: Now, text: string, last: boolean): Uint8Array {
  return event(scene, "chunk", {}, { call_id: callId(scene), approvals: scene.approvals }, { chunk: { text, last } });
}

export const callId = (scene: Scene): string => `call-${scene.calls}`;

function event(scene: Now, kind: string, action: object, context: object, rest: object = {}): Uint8Array {
  const facts = (root: FactRoot) =>
    Object.fromEntries(scene.facts.filter((fact) => fact.root === root).map((fact) => [fact.name, fact.value]));
  const scopes = scene.scopes === undefined ? {} : { scopes: scene.scopes };
  return encodeRequest({
    event: kind,
    principal: {
      ...facts("principal"),
      id: scene.principal,
      ...teamOf(scene),
      ...scopes,
      ...(scene.of === undefined
        ? {}
        : {
            chain: [{ id: scene.of.id, ...teamOf({ ...scene, team: scene.of.team }), ...scopes, at: scene.of.since }],
          }),
    },
    action: { ...facts("action"), ...action },
    resource: facts("resource"),
    context: {
      ...facts("context"),
      ...context,
      time: scene.last,
      session: "test",
      ...(scene.cwd === undefined ? {} : { cwd: scene.cwd }),
      ...(scene.keeps.ledgers.has("run") ? { run: "test" } : {}),
    },
    ...rest,
  });
}

/** Said where something is counted by it. */
const teamOf = ({ keeps, team }: Pick<Scene, "keeps" | "team">) =>
  keeps.ledgers.has("team") ? { team: team ?? "test" } : {};
