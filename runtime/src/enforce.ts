/**
 * The enforcement point: decide, write the state, run the tool, keep the obligations, report the result, decide again on
 * what may be handed on. Fails closed: an error on the way withholds.
 */
import type { Blobs, DelegatorBlobs } from "./blobs.ts";
import type { Decider } from "./decide.ts";
import type { Decision, Obligation } from "./decision.ts";
import { isOfInspection, redact } from "./redact.ts";
import { isValid } from "./validity.ts";

/** Where a session's state lives; `save` is compare-and-set. */
export interface Session {
  readonly load: () => Promise<Uint8Array>;
  /** False: the state is no longer `before`; nothing was written. */
  readonly save: (before: Uint8Array, after: Uint8Array) => Promise<boolean>;
}
/** Whose ledgers a request names; a run or team that it does not name is undefined. */
export interface LedgerIds {
  readonly session: string;
  readonly run: string | undefined;
  readonly agent: string;
  readonly team: string | undefined;
  /** The agents of its chain, in that order. */
  readonly delegators: readonly { readonly agent: string; readonly team: string | undefined }[];
}
/** Where the states of all ledgers live, for a contract that keeps more than the session's (`manifest.state.ledgers`). */
export interface Ledgers {
  /**
   * The blob of every ledger that the contract keeps; empty for one that is new. Where it counts for delegators (`state.delegators`), those
   * of `ids.delegators` too.
   */
  readonly loadAll: (ids: LedgerIds) => Promise<Blobs>;
  /**
   * Writes all of `after`, which are the ones that changed, or nothing. False: one of them is no longer as in `before`. `after.delegators`,
   * when there is one, has a member for each of `ids.delegators`, with what changed of that.
   */
  readonly saveAll: (ids: LedgerIds, before: Blobs, after: Blobs) => Promise<boolean>;
}
/** The call event, as an object of the request's shape. */
export interface ToolCall {
  readonly principal: Readonly<Record<string, unknown>>;
  readonly action: {
    readonly tool: string;
    readonly args: Readonly<Record<string, unknown>>;
    /** Of the tool's live definition (`definitionDigest`), for tools that were imported and pinned. */
    readonly digest?: string;
  };
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>> & { readonly time: number; readonly call_id: string };
}
export interface ToolResult {
  readonly value: unknown;
  /** Kinds that were carried out. */
  readonly kept: readonly string[];
  /** True: the tool failed and changed nothing, so that its reservations are released. */
  readonly noEffect?: boolean;
  readonly failed?: boolean;
  /** What it did cost, where a budget counts that; the call's own figures stand when left out. */
  readonly cost?: number;
  readonly tokens?: number;
  /** Milliseconds. */
  readonly elapsed?: number;
}
export type Enforcement =
  | { readonly kind: "done"; readonly value: unknown; readonly decision: Decision }
  /** The tool ran, but its result must not be handed on. */
  | { readonly kind: "withheld"; readonly decision: Decision }
  /** The tool did not run. */
  | { readonly kind: "refused"; readonly decision: Decision }
  | { readonly kind: "failed"; readonly error: unknown; readonly decision: Decision };

const MOST_CONFLICTS = 8;

const NEW = new Uint8Array(0);

function idsOf({ principal, context }: ToolCall): LedgerIds {
  const text = (v: unknown): string | undefined => (typeof v === "string" ? v : undefined);
  const links: readonly { readonly [name: string]: unknown }[] = Array.isArray(principal.chain) ? principal.chain : [];
  const agents = links.filter((link) => typeof link === "object" && link !== null && link.user !== true);
  return {
    session: text(context.session) ?? "",
    run: text(context.run),
    agent: text(principal.id) ?? "",
    team: text(principal.team),
    delegators: agents.map((link) => ({ agent: text(link.id) ?? "", team: text(link.team) })),
  };
}

/** Decides and writes what changed; undefined: another was faster, and it must be decided anew. */
async function decided(
  decider: Decider,
  store: Session | Ledgers,
  ids: LedgerIds,
  request: object,
): Promise<Decision | undefined> {
  if (!("loadAll" in store)) {
    const before = await store.load();
    const decision = decider.decide(request, before);
    return decision.state === before || (await store.save(before, decision.state)) ? decision : undefined;
  }
  // nobody's run and nobody's team have no state
  const nobodys = { ...(ids.run === undefined ? { run: NEW } : {}), ...(ids.team === undefined ? { team: NEW } : {}) };
  const loaded = await store.loadAll(ids);
  const before: Blobs = {
    ...loaded,
    ...nobodys,
    ...(loaded.delegators && { delegators: loaded.delegators.map(teamless(ids)) }),
  };
  const decision = decider.decide(request, before);
  const changed = changes(before, decision.blobs);
  if (Object.keys(changed).length === 0) return decision;
  return (await store.saveAll(ids, before, changed)) ? decision : undefined;
}
const teamless =
  ({ delegators }: LedgerIds) =>
  (blobs: DelegatorBlobs, i: number): DelegatorBlobs =>
    delegators[i]?.team === undefined ? { ...blobs, team: NEW } : blobs;

/** Those that are no longer what they were. */
function changes({ delegators: were = [], ...before }: Blobs, { delegators = [], ...after }: Blobs): Blobs {
  const differing = <T extends object>(old: T, now: T): T =>
    Object.fromEntries(Object.entries(now).filter(([name, blob]) => blob !== old[name as keyof T])) as T;
  const others = delegators.map((now, i) => differing(were[i] ?? {}, now));
  const some = others.some((one) => Object.keys(one).length > 0) ? { delegators: others } : {};
  return { ...differing<Blobs>(before, after), ...some };
}

export async function event(
  decider: Decider,
  store: Session | Ledgers,
  ids: LedgerIds,
  request: object,
): Promise<Decision> {
  for (let i = 0; i < MOST_CONFLICTS; i++) {
    const decision = await decided(decider, store, ids, request);
    if (decision !== undefined) return decision;
  }
  throw new Error("the state was written by others at every attempt");
}

/** A call that was asked for, and what is to be done with it. */
export interface Admission {
  readonly ids: LedgerIds;
  /** The call as it was decided on, with the time of the answer that counts. */
  readonly asked: ToolCall;
  readonly decision: Decision;
  /** False: the tool does not run. */
  readonly isAdmitted: boolean;
  readonly obligations: readonly Obligation[];
}

/** @throws what `store` throws, and when every answer comes too late */
export async function admit(
  decider: Decider,
  store: Session | Ledgers,
  call: ToolCall,
  now: () => number,
): Promise<Admission> {
  const ids = idsOf(call);
  let asked = call;
  // whatever else `call` holds, what is asked is a call
  const ask = () => event(decider, store, ids, { ...asked, event: "call" });
  let decision = await ask();
  for (let i = 0; decision.enforce && isLetThrough(decision); i++) {
    const time = now();
    if (isValid(decision, time)) break;
    if (i === MOST_CONFLICTS) throw new Error("every answer was out of date before it could be used");
    // nothing was done: what was reserved is given back, and the call is asked for as of now
    const nothing: ToolResult = { value: null, kept: [], failed: true, noEffect: true };
    await event(decider, store, ids, resultEvent(asked, nothing, "failed", time));
    asked = { ...call, context: { ...call.context, time } };
    decision = await ask();
  }
  const isRefused = decision.outcome === "deny" || decision.outcome === "require_approval";
  // a contract that is only observed stands in nobody's way; an answer that was given before is run by whoever got it, and
  // nothing was reserved for a second run
  const isAdmitted = !(isRefused && decision.enforce) && !decision.duplicate;
  const obligations = decision.outcome === "allow_with_obligations" ? decision.obligations : [];
  return { ids, asked, decision, isAdmitted, obligations };
}

/**
 * @param execute runs the tool with these arguments, which are the call's without what `redact(args, …)` takes out, and carries out the
 * obligations; only called when the call is let through. An obligation that its result is let through with must be among `kept` as well;
 * `redact(result, …)` is carried out here
 * @param now the host's time, milliseconds: of the result, and of the answer, which is asked for again when it no longer counts
 * @throws what `store` throws, and when the state cannot be written or every answer comes too late: then nothing was let through
 */
export async function enforce(
  decider: Decider,
  store: Session | Ledgers,
  call: ToolCall,
  execute: (obligations: readonly Obligation[], args: ToolCall["action"]["args"]) => Promise<ToolResult>,
  now: () => number,
): Promise<Enforcement> {
  const { ids, asked, decision, isAdmitted, obligations } = await admit(decider, store, call, now);
  if (!isAdmitted) return { kind: "refused", decision };
  let result: ToolResult;
  let error: unknown;
  try {
    result = await execute(obligations, redactedArgs(asked, decision));
  } catch (e) {
    error = e;
    result = { value: null, kept: [], failed: true };
  }
  const failed = result.failed === true;
  const lacking = decision.enforce && obligations.some((o) => !result.kept.includes(o.kind));
  const status = failed ? "failed" : lacking ? "withheld" : "ok";
  const after = await event(decider, store, ids, resultEvent(asked, result, status, now()));
  if (failed) return { kind: "failed", error, decision: after };
  if (!after.enforce) return { kind: "done", value: result.value, decision };
  const value = lacking ? undefined : handedOn(after, result);
  return value === undefined ? { kind: "withheld", decision: after } : { kind: "done", value: value.value, decision };
}

/** Where some are taken out, all that was found there is. */
export function redactedArgs(
  { action: { args } }: ToolCall,
  { inspected, ...decision }: Decision,
): ToolCall["action"]["args"] {
  const obligations = decision.outcome === "allow_with_obligations" ? decision.obligations : [];
  if (!decision.enforce || inspected === undefined || !obligations.some(isOfInspection)) return args;
  return redact(args, inspected.findings) as ToolCall["action"]["args"];
}

/** What may be handed on of a result; undefined: nothing. */
export function handedOn(after: Decision, { value, kept }: ToolResult): { readonly value: unknown } | undefined {
  if (after.outcome === "allow") return { value };
  if (after.outcome !== "allow_with_obligations") return undefined;
  const isCarriedOut = (one: Obligation) => isOfInspection(one) || kept.includes(one.kind);
  if (!after.obligations.every(isCarriedOut)) return undefined;
  return { value: after.obligations.some(isOfInspection) ? redact(value, after.inspected?.findings ?? []) : value };
}

/** An answer that was given before is none: whoever got it runs the tool. */
const isLetThrough = ({ outcome, duplicate }: Decision): boolean =>
  !duplicate && (outcome === "allow" || outcome === "allow_with_obligations");

export function resultEvent(
  call: ToolCall,
  result: ToolResult,
  status: "ok" | "failed" | "withheld",
  time: number,
): object {
  return {
    event: "result",
    principal: call.principal,
    ...(call.resource === undefined ? {} : { resource: call.resource }),
    context: { ...call.context, approvals: [], time },
    result: {
      status,
      value: result.value,
      kept: result.kept,
      ...(result.noEffect === true ? { no_effect: true } : {}),
      ...(result.cost === undefined ? {} : { cost: result.cost }),
      ...(result.tokens === undefined ? {} : { tokens: result.tokens }),
      ...(result.elapsed === undefined ? {} : { elapsed: result.elapsed }),
    },
  };
}
