/**
 * The enforcement point: decide, write the state, run the tool, keep the obligations, report the result, decide again on
 * what may be handed on. Fails closed: an error on the way withholds.
 */
import type { Decider } from "./decide.ts";
import type { Decision, Obligation } from "./decision.ts";

/** Where a session's state lives; `save` is compare-and-set. */
export interface Session {
  readonly load: () => Promise<Uint8Array>;
  /** False: the state is no longer `before`; nothing was written. */
  readonly save: (before: Uint8Array, after: Uint8Array) => Promise<boolean>;
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
}
export type Enforcement =
  | { readonly kind: "done"; readonly value: unknown; readonly decision: Decision }
  /** The tool ran, but its result must not be handed on. */
  | { readonly kind: "withheld"; readonly decision: Decision }
  /** The tool did not run. */
  | { readonly kind: "refused"; readonly decision: Decision }
  | { readonly kind: "failed"; readonly error: unknown; readonly decision: Decision };

const MOST_CONFLICTS = 8;

async function event(decider: Decider, session: Session, request: object): Promise<Decision> {
  for (let i = 0; i < MOST_CONFLICTS; i++) {
    const before = await session.load();
    const decision = decider.decide(request, before);
    if (decision.state === before || (await session.save(before, decision.state))) return decision;
  }
  throw new Error("the session's state was written by others at every attempt");
}

/**
 * @param execute runs the tool and carries out the obligations; only called when the call is let through
 * @param now time of the result, milliseconds
 * @throws what `session` throws, and when the state cannot be written: then nothing was let through
 */
export async function enforce(
  decider: Decider,
  session: Session,
  call: ToolCall,
  execute: (obligations: readonly Obligation[]) => Promise<ToolResult>,
  now: () => number,
): Promise<Enforcement> {
  // whatever else `call` holds, what is asked is a call
  const decision = await event(decider, session, { ...call, event: "call" });
  if (decision.outcome === "deny" || decision.outcome === "require_approval") return { kind: "refused", decision };
  // answered before: whoever got that answer runs it, and nothing was reserved for a second run
  if (decision.duplicate) return { kind: "refused", decision };
  const obligations = decision.outcome === "allow_with_obligations" ? decision.obligations : [];
  let result: ToolResult;
  let error: unknown;
  try {
    result = await execute(obligations);
  } catch (e) {
    error = e;
    result = { value: null, kept: [], failed: true };
  }
  const failed = result.failed === true;
  const lacking = obligations.some((o) => !result.kept.includes(o.kind));
  const after = await event(decider, session, {
    event: "result",
    principal: call.principal,
    ...(call.resource === undefined ? {} : { resource: call.resource }),
    context: { ...call.context, approvals: [], time: now() },
    result: {
      status: failed ? "failed" : lacking ? "withheld" : "ok",
      value: result.value,
      kept: result.kept,
      ...(result.noEffect === true ? { no_effect: true } : {}),
    },
  });
  if (failed) return { kind: "failed", error, decision: after };
  if (lacking || after.outcome !== "allow") return { kind: "withheld", decision: after };
  return { kind: "done", value: result.value, decision };
}
