/**
 * Stories to vectors: what the module answers to each step, by the runtime and by the host that docs/formats/abi.md prints.
 * A vector is plain JSON, complete in itself: another implementation needs nothing but the file and the pages.
 */
import { readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check, REASONS, type Reason, renderDiagnostic } from "@thc/language";
import { type Blobs, type Decision, loadSync, packBlobs, unpackBlobs } from "@thc/runtime";
import { INSPECTORS } from "@thc/stdlib-rules";
import { kernelBytes } from "../../differential/kernel-subject.ts";
import type { Json, Step, Story } from "./story.ts";

export interface Vector {
  readonly about: string;
  readonly contract: string;
  readonly contract_digest: string;
  readonly session: string;
  readonly key: string;
  readonly steps: readonly VectorStep[];
  readonly holds?: Json;
  readonly approval_parts?: readonly string[];
}
export interface VectorStep {
  readonly about?: string;
  readonly request?: Json;
  readonly request_text?: string;
  readonly request_padded_to?: number;
  readonly request_hex?: string;
  /** Left out: the state of the step before. */
  readonly given_state?: string;
  readonly decision: Json;
  readonly packed: number;
  readonly answer: string;
  /** Of calls that reached the rules. */
  readonly action_digest?: string;
  readonly state: string;
}
interface PlainHost {
  readonly decide: (
    request: Uint8Array,
    blobs: Blobs,
  ) => { outcome: number; reason: number; answer: Uint8Array; blobs: Blobs; fault: number };
}

/** Reasons that are found before any rule: no digest was made. */
const CHECKS: readonly Reason[] = REASONS.slice(1, REASONS.indexOf("no_allow"));

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
export const unhex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

export function compileText(text: string) {
  const source = { path: "vector.contract", text };
  const { contract, diagnostics } = check(source, { inspectors: () => INSPECTORS });
  if (contract === undefined)
    throw new Error(diagnostics.map((d) => renderDiagnostic(d, source, { color: false })).join("\n"));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled;
}

/** The host of docs/formats/abi.md, as the page prints it. */
export async function plainHost(): Promise<(module: Uint8Array) => PlainHost> {
  const page = readFileSync("docs/formats/abi.md", "utf8");
  const [, code] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  if (code === undefined) throw new Error("docs/formats/abi.md prints no host");
  const { host } = await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
  );
  return host;
}

export async function tell(story: Story): Promise<Vector> {
  const { bytes, manifest } = compileText(story.contract);
  const runtime = loadSync(bytes);
  const plain = (await plainHost())(bytes);
  const hasHistory = manifest.state.history;
  const others = (manifest.state.ledgers ?? []).map(({ ledger }) => [ledger, new Uint8Array(0)]);
  const delegators = Array.from({ length: manifest.state.delegators ?? 0 }, () => ({
    ...Object.fromEntries(others.filter(([ledger]) => ledger === "agent" || ledger === "team")),
  }));
  const allNew: Blobs = {
    session: new Uint8Array(0),
    ...Object.fromEntries(others),
    ...(delegators.length === 0 ? {} : { delegators }),
  };
  const states: Uint8Array[] = [];
  const digests = new Map<string, string>();
  let asked = "";
  const steps = story.steps.map((step): VectorStep => {
    const { bytes: request, written: sent } = requestOf(step, asked);
    const given = step.given?.(states) ?? states.at(-1) ?? new Uint8Array(0);
    const blobs = given.length === 0 ? allNew : unpackBlobs(given);
    const decision = runtime.decide(request, blobs);
    const state = packBlobs(decision.blobs);
    const actionDigest = reachedRules(sent, decision) ? runtime.actionDigest() : undefined;
    if (decision.outcome === "require_approval") asked = decision.approvals[0].digest;
    const id = callId(sent);
    if (actionDigest !== undefined && id !== undefined) digests.set(id, actionDigest);
    const raw = plain.decide(request, blobs);
    const written = hasHistory ? state : given;
    if (hasHistory && hex(packBlobs(raw.blobs)) !== hex(state)) throw new Error(`${story.name}: two hosts, two states`);
    states.push(written);
    return {
      ...(step.about === undefined ? {} : { about: step.about }),
      ...sent,
      ...(step.given === undefined ? {} : { given_state: hex(given) }),
      decision: asJson(decision),
      packed: raw.outcome | (raw.reason << 8),
      answer: hex(raw.answer),
      ...(actionDigest === undefined ? {} : { action_digest: actionDigest }),
      state: hex(written),
    };
  });
  const half = (text: string): string =>
    text.replace(/^\{(c\d+)\}$/, (_, id: string) => (digests.get(id) ?? "").slice(0, 32));
  return {
    about: story.about,
    contract: story.contract,
    contract_digest: manifest.contract.digest,
    session: story.session,
    key: story.key,
    steps,
    ...(story.holds === undefined ? {} : { holds: mapTexts(story.holds as unknown as Json, half) }),
    ...(story.approvalParts === undefined ? {} : { approval_parts: story.approvalParts }),
  };
}

type Written = Pick<VectorStep, "request" | "request_text" | "request_padded_to" | "request_hex">;

function requestOf(step: Step, asked: string): { readonly bytes: Uint8Array; readonly written: Written } {
  const r = step.request;
  if ("json" in r) {
    const json = mapTexts(r.json, (t) => (t === "{asked}" ? asked : t));
    return { bytes: requestBytes({ request: json }), written: { request: json } };
  }
  const written: Written =
    "hex" in r
      ? { request_hex: r.hex }
      : { request_text: r.text, ...(r.padded === undefined ? {} : { request_padded_to: r.padded }) };
  return { bytes: requestBytes(written), written };
}

/** The bytes that a step of a vector stands for. */
export function requestBytes(step: Written): Uint8Array {
  if (step.request_hex !== undefined) return unhex(step.request_hex);
  const text = step.request_text ?? JSON.stringify(step.request);
  return new TextEncoder().encode(text.padEnd(step.request_padded_to ?? 0, " "));
}

/** A decision as a vector says it: the page's members, in snake case. */
export function asJson(d: Decision): Json {
  return JSON.parse(
    JSON.stringify({
      outcome: d.outcome,
      reason: d.reason,
      rules: d.rules,
      because: d.because,
      maps: d.maps,
      warnings: d.warnings,
      ...(d.observed.length === 0 ? {} : { observed: d.observed }),
      hints: d.hints,
      ...(d.labels.length === 0 ? {} : { labels: d.labels }),
      duplicate: d.duplicate,
      clock_behind: d.clockBehind,
      ...(d.outcome === "allow_with_obligations" ? { obligations: d.obligations } : {}),
      ...(d.outcome === "require_approval" ? { approvals: d.approvals } : {}),
      ...(d.enforce ? {} : { enforce: false }),
      ...(d.validUntil === undefined ? {} : { valid_until: d.validUntil }),
      ...(d.inspected === undefined ? {} : { inspected: d.inspected }),
      ...(d.release === undefined ? {} : { release: d.release }),
      ...(d.retryAfter === undefined ? {} : { retry_after: d.retryAfter }),
      ...(d.outcome === "deny" && d.fault !== undefined ? { fault: d.fault } : {}),
    }),
  );
}

function mapTexts(v: Json, change: (text: string) => string): Json {
  return JSON.parse(JSON.stringify(v), (_, x) => (typeof x === "string" ? change(x) : x));
}
const root = (w: Written): { event?: string; context?: { call_id?: string } } =>
  w.request !== null && typeof w.request === "object" ? (w.request as object) : {};
const callId = (w: Written): string | undefined => root(w).context?.call_id;
function reachedRules(w: Written, d: Decision): boolean {
  return root(w).event === "call" && !d.duplicate && !CHECKS.includes(d.reason);
}
