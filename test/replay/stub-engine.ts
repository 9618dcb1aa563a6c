/** A decision point that answers as it is told and remembers what it was asked. */
import type { Decision } from "@thc/runtime";

export interface Asked {
  readonly event: string;
  readonly principal: { readonly id: string; readonly scopes?: readonly string[] };
  readonly action: { readonly tool?: string; readonly args?: unknown };
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly context: {
    readonly time: number;
    readonly call_id?: string;
    readonly turn?: number;
    readonly approvals?: readonly {
      readonly rule: string;
      readonly digest: string;
      readonly by: string;
      readonly roles: readonly string[];
      readonly user: boolean;
    }[];
  };
  readonly result?: {
    readonly status: string;
    readonly value: unknown;
    readonly kept: readonly string[];
    readonly partial?: boolean;
  };
  readonly message?: { readonly from: string; readonly text: string };
}

export type Verdict =
  | "allow"
  | "deny"
  | { readonly obligations: Extract<Decision, { outcome: "allow_with_obligations" }>["obligations"] }
  | {
      readonly ask: readonly { readonly rule: string; readonly roles?: readonly string[]; readonly quorum?: number }[];
    };

export interface StubEngine {
  readonly decide: (request: Uint8Array, state: Uint8Array) => Decision;
  readonly asked: Asked[];
  /** How many requests had been decided before each request's state was written. */
  readonly states: number[];
}

/** States are the number of the request that wrote them, so that a test can see which state was passed on. */
export function stubEngine(verdict: (request: Asked) => Verdict): StubEngine {
  const asked: Asked[] = [];
  const states: number[] = [];
  const decide = (bytes: Uint8Array, state: Uint8Array): Decision => {
    const request = JSON.parse(new TextDecoder().decode(bytes)) as Asked;
    asked.push(request);
    states.push(state[0] ?? 0);
    return answer(verdict(request), Uint8Array.of(asked.length));
  };
  return { decide, asked, states };
}

function answer(verdict: Verdict, state: Uint8Array): Decision {
  const base = {
    because: [],
    suggestions: [],
    maps: [],
    warnings: [],
    observed: [],
    hints: [],
    labels: [],
    inspected: undefined,
    release: undefined,
    duplicate: false,
    clockBehind: false,
    unfit: false,
    levels: [],
    risk: undefined,
    blast: undefined,
    retryAfter: undefined,
    validUntil: undefined,
    enforce: true,
    blobs: {},
    state,
    event: 1,
    explain: () => ({ rules: [], labels: [] }),
  };
  if (verdict === "allow") return { ...base, outcome: "allow", reason: "none", rules: ["granted"] };
  if (verdict === "deny")
    return { ...base, outcome: "deny", reason: "denied_by_rule", rules: ["refused"], fault: undefined };
  if ("obligations" in verdict)
    return {
      ...base,
      outcome: "allow_with_obligations",
      reason: "none",
      rules: ["granted"],
      obligations: verdict.obligations,
    };
  const [first, ...others] = verdict.ask.map(({ rule, roles, quorum = 1 }) => ({
    rule,
    roles,
    quorum,
    expires: undefined,
    once: false,
    binds: undefined,
    digest: `${rule}-digest`,
  }));
  return {
    ...base,
    outcome: "require_approval",
    reason: "approval_required",
    rules: verdict.ask.map(({ rule }) => rule),
    approvals: [first!, ...others],
  };
}
