/**
 * One event of a generated history: a request as written, how it is spelled, and what damage its bytes take.
 *
 * An approval's digest is only known when the decision that asks for it has been made, under the digest of the contract
 * at hand: requests name it as `$digest:RULE`, and it is filled in when the event is sent. So a case can be shrunk.
 */
import type { Contract } from "../reference/contract.ts";
import { seeded } from "./random.ts";
import { dressed, plain, type Written } from "./written.ts";

export interface Event {
  readonly request: Written;
  /** Seed of white space, escapes and member order; undefined: plain. */
  readonly style: number | undefined;
  readonly damage: readonly Damage[];
}
export interface Damage {
  readonly kind: "cut" | "flip" | "insert" | "pad";
  /** Where, as a fraction of the length. */
  readonly at: number;
  readonly byte: number;
}

/** A contract and the history of one session under it. */
export interface Case {
  readonly contract: Contract;
  readonly events: readonly Event[];
}

const MARK = "$digest:";
export function digestOf(rule: string): string {
  return `${MARK}${rule}`;
}

/** The bytes that are sent. `asked`: the digest last asked for, by rule. */
export function encode(event: Event, asked: ReadonlyMap<string, string>): Uint8Array {
  const fill = (text: string) =>
    text.startsWith(MARK) ? (asked.get(text.slice(MARK.length)) ?? "0".repeat(64)) : text;
  const text =
    event.style === undefined ? plain(event.request, fill) : dressed(event.request, seeded(event.style), fill);
  return event.damage.reduce(damaged, new TextEncoder().encode(text));
}

export function damaged(bytes: Uint8Array, damage: Damage): Uint8Array {
  const at = Math.floor(damage.at * bytes.length);
  switch (damage.kind) {
    case "cut":
      return bytes.slice(0, at);
    case "flip":
      return bytes.map((byte, i) => (i === at ? byte ^ (damage.byte || 1) : byte));
    case "insert":
      return Uint8Array.of(...bytes.slice(0, at), damage.byte, ...bytes.slice(at));
    case "pad": {
      const padded = new Uint8Array(1_048_576 + (damage.byte & 1)).fill(0x20);
      padded.set(bytes);
      return padded;
    }
    default:
      throw new Error("unexpected damage");
  }
}
