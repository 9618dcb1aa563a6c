/**
 * What inspections look for, as the kernel reads it: one automaton over all literals (Aho, Corasick 1975), folded to small letters, and
 * for each pattern what must stand around it (runtime/kernel/assembly/inspection.ts has the layout).
 */
import type { InspectorPattern, Run } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { IrContentRule, IrInspection } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const STATE = 16;
const PATTERN = 32;
const ALPHABET = 256;
const MOST_STATES = 65_535;
const MOST_LENGTH = 64;
const EXACT = 1;
const STARTS = 2;

interface State {
  readonly next: Map<number, number>;
  /** The longest proper suffix that is a state. */
  fail: number;
  /** Patterns that end here, by number. */
  readonly ends: number[];
  /** This state, or the nearest on the way of `fail`, where some end; 0: none. */
  hit: number;
}

export function writeInspection(
  data: DataBuffer,
  conditions: ConditionWriter,
  { patterns, results, messages }: IrInspection,
): number {
  const states = automaton(patterns.map((p) => bytesOf(p)));
  const at = data.alloc(states.length * STATE);
  for (const [i, state] of states.entries()) {
    const edges = [...state.next].sort(([a], [b]) => a - b);
    const list = data.alloc(edges.length * 4);
    for (const [k, [byte, next]] of edges.entries()) {
      data.u8(list + 4 * k, byte);
      data.u16(list + 4 * k + 2, next);
    }
    const e = at + i * STATE;
    data.u16(e, state.fail);
    data.u16(e + 2, state.hit);
    data.u16(e + 4, (state.ends[0] ?? -1) + 1);
    data.u16(e + 6, edges.length);
    data.u32(e + 8, edges.length === 0 ? 0 : list);
  }
  const root = data.alloc(ALPHABET * 2);
  for (const [byte, next] of states[0]?.next ?? []) data.u16(root + 2 * byte, next);
  const rows = data.alloc(patterns.length * PATTERN);
  const nextAtEnd = new Map(states.flatMap(({ ends }) => ends.map((p, i) => [p, (ends[i + 1] ?? -1) + 1] as const)));
  for (const [i, p] of patterns.entries()) {
    const e = rows + i * PATTERN;
    data.u16(e, p.kind);
    data.u16(e + 2, nextAtEnd.get(i) ?? 0);
    data.u8(e + 4, p.literal.length);
    data.u8(e + 5, (p.fold ? 0 : EXACT) | (p.starts ? STARTS : 0));
    data.u8(e + 6, p.before?.least ?? 0);
    data.u8(e + 7, p.after?.least ?? 0);
    data.u32(e + 8, data.text(p.literal).address);
    data.u32(e + 12, p.before === undefined ? 0 : characters(data, p.before));
    data.u32(e + 16, p.after === undefined ? 0 : characters(data, p.after));
  }
  const rules = (about: readonly IrContentRule[]): number =>
    data.words(about.flatMap(({ rule, only }) => [rule, only === undefined ? 0 : conditions.condition(only)]));
  const ofTools = results.some((about) => about.length > 0)
    ? data.words(results.flatMap((about) => [rules(about), about.length]))
    : 0;
  const record = data.alloc(32);
  data.u32(record + 16, ofTools);
  data.u32(record + 20, rules(messages));
  data.u32(record + 24, messages.length);
  data.u32(record, at);
  data.u32(record + 4, root);
  data.u32(record + 8, rows);
  data.u32(record + 12, patterns.length);
  return record;
}

function automaton(literals: readonly (readonly number[])[]): readonly State[] {
  const fresh = (): State => ({ next: new Map(), fail: 0, ends: [], hit: 0 });
  const root = fresh();
  const states = [root];
  for (const [i, literal] of literals.entries()) {
    let state = root;
    for (const byte of literal) {
      let next = state.next.get(byte);
      if (next === undefined) {
        next = states.push(fresh()) - 1;
        state.next.set(byte, next);
      }
      state = states[next] as State;
    }
    state.ends.push(i);
  }
  if (states.length > MOST_STATES)
    throw contractTooLarge(`the inspectors' literals need more than ${MOST_STATES} states`);
  // shorter texts first: what a state falls back to is done before it
  for (let row = [0]; row.length > 0; row = row.flatMap((i) => [...(states[i] as State).next.values()]))
    for (const i of row) {
      const state = states[i] as State;
      state.hit = state.ends.length > 0 ? i : (states[state.fail] as State).hit;
      for (const [byte, next] of state.next)
        (states[next] as State).fail = i === 0 ? 0 : follow(states, state.fail, byte);
    }
  return states;
}

function follow(states: readonly State[], from: number, byte: number): number {
  for (let at = from; ; at = (states[at] as State).fail) {
    const next = (states[at] as State).next.get(byte);
    if (next !== undefined || at === 0) return next ?? 0;
  }
}

/** The automaton reads small letters; whether a capital one was meant is asked of the pattern. */
function bytesOf({ literal }: InspectorPattern): readonly number[] {
  const bytes = [...literal.toLowerCase()].map((c) => c.charCodeAt(0));
  if (bytes.length === 0 || bytes.length > MOST_LENGTH || bytes.some((b) => b > 127))
    throw contractTooLarge(
      `the literal \`${literal}\` of an inspector is not of 1 to ${MOST_LENGTH} characters of ASCII`,
    );
  return bytes;
}

/** 128 bits, by the character's number. */
function characters(data: DataBuffer, { of, least }: Run): number {
  if (!(least >= 1 && least <= MOST_LENGTH))
    throw contractTooLarge(
      `an inspector asks for ${least} characters of \`${of}\`; it can ask for 1 to ${MOST_LENGTH}`,
    );
  const bits = [0, 0, 0, 0];
  const add = (c: number): void => {
    bits[c >> 5] = ((bits[c >> 5] ?? 0) | (1 << (c & 31))) >>> 0;
  };
  for (let i = 0; i < of.length; i++) {
    const from = of.charCodeAt(i);
    const isRange = of[i + 1] === "-" && i + 2 < of.length;
    const to = isRange ? of.charCodeAt(i + 2) : from;
    for (let c = from; c <= to; c++) add(c);
    if (isRange) i += 2;
  }
  return data.words(bits);
}
