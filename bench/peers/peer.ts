/**
 * What a policy engine is asked here: the same policy as the contract's, from the same bytes. Reading the text and checking the
 * arguments' types and names is not the engines' business, so all of them get it from the same few lines of JavaScript.
 */
import { type Outcome, wellTyped } from "../hand.ts";
import type { BenchRequest, Workload } from "../workload.ts";

export interface Peer {
  readonly name: string;
  /** What it cannot say is left out of the comparison. */
  readonly says: (outcome: Outcome) => Outcome;
  readonly fromObject: (request: BenchRequest) => Outcome;
  /** Milliseconds from the policy to the first decision. */
  readonly loadMs: number;
}
export type BuildPeer = (w: Workload) => Promise<Peer | { readonly name: string; readonly missing: string }>;

/** The values that rules read, as an engine without types of its own takes them: hosts in lower case, ratios in hundredths. */
export interface Flat {
  readonly tool: string;
  readonly host: string;
  readonly amount: number;
  readonly ratio: number;
  readonly team: string;
  readonly env: string;
  readonly class: string;
  readonly hops: number;
  readonly origin: string;
  readonly [name: string]: string | number;
}

/** Undefined: denied before any rule. */
export function flatten(r: BenchRequest): Flat | undefined {
  if (typeof r.principal.id !== "string" || !r.principal.id.startsWith("agent-")) return undefined;
  const { args, tool } = r.action;
  if (!wellTyped(args)) return undefined;
  return {
    tool,
    host: args.host.toLowerCase(),
    amount: args.amount,
    ratio: Math.round(args.ratio * 100),
    team: r.principal.team,
    env: r.resource.env,
    class: r.resource.class,
    hops: r.context.hops,
    origin: r.context.origin,
  };
}

const decoder = new TextDecoder();
export const fromBytes = (peer: Peer, bytes: Uint8Array): Outcome =>
  peer.fromObject(JSON.parse(decoder.decode(bytes)) as BenchRequest);

export const exactly = (outcome: Outcome): Outcome => outcome;
export const withoutObligations = (outcome: Outcome): Outcome =>
  outcome === "allow_with_obligations" ? "allow" : outcome;
