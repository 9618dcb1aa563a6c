/**
 * Hostile bytes against a subject: requests, state blobs, modules and contract texts, damaged in many ways.
 *
 * Each target is one seeded trial that says what went wrong, or nothing. A request must be decided as the reference
 * decides it; a damaged state or module must be refused or change nothing that matters; a text must give a contract or
 * diagnostics, and never an exception.
 */
import { isDeepStrictEqual } from "node:util";
import type { Contract } from "../reference/contract.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState, type RefState } from "../reference/state.ts";
import { type Case, encode } from "./event.ts";
import { makeCase } from "./generate/case.ts";
import { type Random, seeded } from "./random.ts";
import { toSource } from "./source.ts";
import { type Decided, type Instance, NEW_SESSION, type Subject } from "./subject.ts";

export interface Target {
  readonly name: string;
  /** Undefined: all was well. */
  readonly trial: (subject: Subject, seed: number) => string | undefined;
}

/** One place of a history, with the state that each side had there. */
interface Place {
  readonly request: Uint8Array;
  readonly state: RefState;
  readonly bytes: Uint8Array;
}

export const TARGETS: readonly Target[] = [
  { name: "requests", trial: requests },
  { name: "states", trial: states },
  { name: "modules", trial: modules },
];

function placesOf(given: Case, instance: Instance): readonly Place[] {
  const asked = new Map<string, string>();
  let state = emptyState();
  let bytes: Uint8Array = NEW_SESSION;
  return given.events.map((event) => {
    const place = { request: encode(event, asked), state, bytes };
    const expected = interpret(given.contract, instance.contractDigest, place.request, state);
    for (const { rule, digest } of expected.decision.approvals) asked.set(rule, digest);
    state = expected.state;
    bytes = instance.decide(place.request, bytes).state;
    return place;
  });
}

function requests(subject: Subject, seed: number): string | undefined {
  const random = seeded(seed);
  const given = makeCase(seed);
  const instance = subject.compile(given.contract);
  const places = placesOf(given, instance);
  for (const { request, state, bytes } of places.slice(0, 12)) {
    const damaged = scrambled(request, random.pick(places).request, random);
    const expected = interpret(given.contract, instance.contractDigest, damaged, state).decision;
    const actual = attempt(() => instance.decide(damaged, bytes));
    if (typeof actual === "string") return `${actual}: ${shown(damaged)}`;
    if (!isDeepStrictEqual({ ...actual.decision }, { ...expected }))
      return `${JSON.stringify(actual.decision)} instead of ${JSON.stringify(expected)}: ${shown(damaged)}`;
  }
  return undefined;
}

function states(subject: Subject, seed: number): string | undefined {
  const random = seeded(seed);
  const given = makeCase(seed);
  const instance = subject.compile(given.contract);
  const places = placesOf(given, instance);
  for (const { request, state, bytes } of places.slice(0, 12)) {
    const damaged = scrambled(bytes, random.pick(places).bytes, random);
    // A blob that this very session did write is a replay, which only the host can notice.
    if (damaged.length === 0 || places.some((p) => Buffer.from(p.bytes).equals(damaged))) continue;
    const actual = attempt(() => instance.decide(request, damaged));
    if (typeof actual === "string") return actual;
    const expected = interpret(given.contract, instance.contractDigest, request, state).decision;
    if (actual.decision.outcome !== "deny" && !isDeepStrictEqual({ ...actual.decision }, { ...expected }))
      return `a damaged state gave ${JSON.stringify(actual.decision)} instead of ${JSON.stringify(expected)}`;
  }
  return undefined;
}

function modules(subject: Subject, seed: number): string | undefined {
  const random = seeded(seed);
  const given = makeCase(seed);
  const instance = subject.compile(given.contract);
  if (instance.module === undefined || subject.load === undefined) return undefined;
  const other = subject.compile(makeCase(seed + 1).contract).module!;
  const damaged = scrambled(instance.module, other, random);
  if (Buffer.from(damaged).equals(instance.module) || Buffer.from(damaged).equals(other)) return undefined;
  const loaded = attempt(() => subject.load!(damaged, instance.contractDigest));
  if (typeof loaded === "string") return `loading: ${loaded}`;
  if (loaded === undefined) return undefined;
  for (const { request, bytes } of placesOf(given, instance).slice(0, 6)) {
    const actual = attempt(() => loaded.decide(request, bytes));
    if (typeof actual === "string") return `deciding: ${actual}`;
    const expected = instance.decide(request, bytes).decision;
    if (actual.decision.outcome !== "deny" && !isDeepStrictEqual(actual.decision, expected))
      return `a damaged module decides ${JSON.stringify(actual.decision)} instead of ${JSON.stringify(expected)}`;
  }
  return undefined;
}

/** What reads a contract's text: undefined is a contract with errors. */
export type ReadText = (text: string) => Contract | undefined;

/** Damaged contract texts; what is still a contract must compile and decide. */
export function texts(read: ReadText, subject: Subject, seed: number): string | undefined {
  const random = seeded(seed);
  const given = makeCase(seed);
  const bytes = new TextEncoder().encode(toSource(given.contract));
  const other = new TextEncoder().encode(toSource(makeCase(seed + 1).contract));
  const text = new TextDecoder().decode(scrambled(bytes, other, random));
  const contract = attempt(() => read(text));
  if (typeof contract === "string") return `${contract}: ${text.slice(0, 500)}`;
  if (contract === undefined) return undefined;
  const actual = attempt(() => subject.compile(contract).decide(encode(given.events[0]!, new Map()), NEW_SESSION));
  return typeof actual === "string" ? `${actual}: ${text.slice(0, 500)}` : undefined;
}

/** The value, or the exception as a text. */
function attempt<T extends Decided | Instance | Contract | undefined>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    return `an exception: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** One to three pieces flipped, cut out, repeated, swapped in from elsewhere, or made huge. */
function scrambled(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let i = 1 + random.below(3); i > 0; i -= 1) {
    const at = random.below(result.length + 1);
    const length = random.below(random.chance(0.5) ? 4 : 64);
    const piece = other.slice(random.below(other.length + 1)).slice(0, length);
    const [before, after] = [result.slice(0, at), result.slice(at)];
    result = random.weighted<Uint8Array>([
      [4, () => Uint8Array.from(result, (byte, j) => (j === at ? byte ^ (1 << random.below(8)) : byte))],
      [2, () => Buffer.concat([before, after.slice(length)])],
      [2, () => Buffer.concat([before, piece, after])],
      [2, () => Buffer.concat([before, piece, after.slice(piece.length)])],
      [1, () => Buffer.concat([before, after.slice(0, length), after])],
      [1, () => before],
      [1, () => Buffer.concat([before, Uint8Array.of(255, 255, 255, 255), after.slice(4)])],
      [1, () => Buffer.concat([before, new Uint8Array(4), after.slice(4)])],
    ]);
  }
  return Uint8Array.from(result);
}

function shown(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).slice(0, 1_000);
}
