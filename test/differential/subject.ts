/**
 * What is compared with the reference interpreter: anything that compiles a contract and decides requests over a state
 * of bytes. The real module is one subject; the reference itself, well or badly read, is another.
 */
import { createHash } from "node:crypto";
import type { Contract } from "../reference/contract.ts";
import { denied, type RefDecision } from "../reference/decision.ts";
import { hasHistory, interpret } from "../reference/interpret.ts";
import { emptyState, type RefState } from "../reference/state.ts";

export interface Subject {
  readonly name: string;
  readonly compile: (contract: Contract) => Instance;
  /** Of a module's bytes, possibly damaged: undefined when they are refused. Absent: there are no such bytes. */
  readonly load?: (module: Uint8Array, contractDigest: Uint8Array) => Instance | undefined;
}
export interface Instance {
  readonly contractDigest: Uint8Array;
  /** What `load` takes; undefined where there is none. */
  readonly module: Uint8Array | undefined;
  /** The empty state is the new session. */
  readonly decide: (request: Uint8Array, state: Uint8Array) => Decided;
}
export interface Decided {
  readonly decision: RefDecision;
  readonly state: Uint8Array;
}

export const NEW_SESSION = new Uint8Array(0);

/** The reference as a subject; `read` may change what it makes of the contract, to prove that it would be noticed. */
export function referenceSubject(name = "reference", read: (contract: Contract) => Contract = (c) => c): Subject {
  return {
    name,
    compile: (contract) => {
      const contractDigest = digestOfContract(contract);
      const understood = read(contract);
      return {
        contractDigest,
        module: undefined,
        decide: (request, bytes) => {
          const state = hasHistory(contract) ? openState(bytes) : emptyState();
          if (state === undefined) return { decision: denied("bad_state"), state: bytes };
          const answer = interpret(understood, contractDigest, request, state);
          return { decision: answer.decision, state: answer.state === state ? bytes : sealState(answer.state) };
        },
      };
    },
  };
}

function digestOfContract(contract: Contract): Uint8Array {
  const text = JSON.stringify(contract, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  return createHash("sha256").update(text).digest();
}

const SEAL = 32;

function sealState(state: RefState): Uint8Array {
  const content = Buffer.from(JSON.stringify(state, written), "utf8");
  return Buffer.concat([createHash("sha256").update(content).digest(), content]);
}

/** Undefined when the bytes were not written by `sealState`. */
function openState(bytes: Uint8Array): RefState | undefined {
  if (bytes.length === 0) return emptyState();
  const content = Buffer.from(bytes.subarray(SEAL));
  const seal = createHash("sha256").update(content).digest();
  return seal.equals(bytes.subarray(0, SEAL)) ? revived(JSON.parse(content.toString("utf8"))) : undefined;
}

/** What JSON has no words for, as objects of one member. Equal states are equal bytes. */
function written(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return { $bigint: value.toString() };
  if (value instanceof Map) return { $map: [...value] };
  return value instanceof Set ? { $set: [...value] } : value;
}

function revived(value: ReturnType<typeof JSON.parse>): ReturnType<typeof JSON.parse> {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(revived);
  if ("$bigint" in value) return BigInt(value.$bigint);
  if ("$map" in value) return new Map(value.$map.map(revived));
  if ("$set" in value) return new Set(value.$set.map(revived));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revived(member)]));
}
