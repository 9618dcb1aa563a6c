/**
 * A regular expression as a deterministic automaton over the bytes of UTF-8: Thompson's construction, then subsets. It looks for a match anywhere
 * in the text, so it begins anew at every byte; what has matched stays matched. An anchor is an edge that is open at one end of the text
 * only. The checker builds it to refuse what would be too large, the compiler to lay it out.
 */
import { byteSequences } from "./bytes.ts";
import { parseRegex } from "./parse.ts";
import type { Ranges } from "./ranges.ts";
import type { Regex } from "./tree.ts";

export interface RegexAutomaton {
  /** Byte to class. */
  readonly classOf: Uint8Array;
  readonly classes: number;
  /** states × classes. State 0 is the start. */
  readonly next: Uint16Array;
  /** States from here on never change, whatever follows. */
  readonly sinks: number;
  /** Per state: 1 when a text that ends here has matched. */
  readonly accept: Uint16Array;
}

export const MOST_STATES = 4_096;
const MOST_NODES = 20_000;
/** Of moves looked at: what keeps an expression from holding up the checker, whatever it is. */
const MOST_WORK = 16_000_000;

interface Node {
  readonly on: (readonly [first: number, last: number, to: number])[];
  readonly empty: number[];
  readonly atStart: number[];
  readonly atEnd: number[];
}
/** The node that every match ends in. */
const MATCH = 0;

/** Of an expression that was checked. */
export function automatonOf(source: string, ignoreCase: boolean): RegexAutomaton {
  const regex = parseRegex(source, ignoreCase);
  const automaton = "message" in regex ? undefined : regexAutomaton(regex);
  if (automaton === undefined) throw new Error(`the expression /${source}/ was not checked`);
  return automaton;
}

/** Undefined: it would be too large. */
export function regexAutomaton(regex: Regex): RegexAutomaton | undefined {
  const nodes: Node[] = [];
  const node = (): number => nodes.push({ on: [], empty: [], atStart: [], atEnd: [] }) - 1;
  node();
  const start = build(regex, MATCH);
  if (start === undefined) return undefined;
  const { classOf, bytes } = classesOf(nodes);
  const classes = bytes.length;

  /** What stands in `from`, or is reached from it without a byte. */
  const closure = (from: Iterable<number>, atStart: boolean, atEnd: boolean): ReadonlySet<number> => {
    const seen = new Set(from);
    for (const at of seen) {
      const { empty, atStart: first, atEnd: last } = nodes[at]!;
      for (const to of empty) seen.add(to);
      if (atStart) for (const to of first) seen.add(to);
      if (atEnd) for (const to of last) seen.add(to);
    }
    return seen;
  };
  /** What can still happen behind the first byte: nothing else needs to be remembered. */
  const matters = (at: number): boolean => at === MATCH || nodes[at]!.on.length > 0 || nodes[at]!.atEnd.length > 0;
  const again = closure([start], false, false);

  const sets: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const number = (found: ReadonlySet<number>): number => {
    const set = found.has(MATCH) ? [MATCH] : [...found].filter(matters).sort((a, b) => a - b);
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    return sets.push(set) - 1;
  };
  const first = closure([start], true, false);
  sets.push(first.has(MATCH) ? [MATCH] : [...first]);
  const next: number[] = [];
  let work = 0;
  for (let s = 0; s < sets.length; s++) {
    const set = sets[s]!;
    if (sets.length > MOST_STATES) return undefined;
    for (const byte of bytes) {
      const moved = new Set(again);
      for (const at of set) {
        for (const [low, high, to] of nodes[at]!.on) if (byte >= low && byte <= high) moved.add(to);
        work += nodes[at]!.on.length;
      }
      const reached = set[0] === MATCH ? new Set([MATCH]) : closure(moved, false, false);
      work += reached.size;
      if (work > MOST_WORK) return undefined;
      next.push(number(reached));
    }
  }
  const accept = sets.map((set, s) => (closure(set, s === 0, true).has(MATCH) ? 1 : 0));
  return ordered({ classOf, classes, next, accept });

  /** A node from which `of` leads to `to`; the more characters it takes, the more nodes there are. */
  function build(of: Regex, to: number): number | undefined {
    if (nodes.length > MOST_NODES) return undefined;
    switch (of.kind) {
      case "set":
        return one(of.of, to);
      case "start":
      case "end": {
        const from = node();
        nodes[from]![of.kind === "start" ? "atStart" : "atEnd"].push(to);
        return from;
      }
      case "sequence":
        return of.parts.reduceRight<number | undefined>((at, part) => (at === undefined ? at : build(part, at)), to);
      case "choice": {
        const from = node();
        for (const option of of.options) {
          const at = build(option, to);
          if (at === undefined) return undefined;
          nodes[from]!.empty.push(at);
        }
        return from;
      }
      case "repeat": {
        let at: number | undefined = to;
        if (of.most === undefined) {
          const loop = node();
          const once = build(of.of, loop);
          if (once === undefined) return undefined;
          nodes[loop]!.empty.push(once, to);
          at = loop;
        } else
          for (let n = of.least; n < of.most; n++) {
            const from = node();
            const once = build(of.of, at);
            if (once === undefined) return undefined;
            nodes[from]!.empty.push(once, to);
            at = from;
          }
        for (let n = 0; n < of.least; n++) {
          at = build(of.of, at);
          if (at === undefined) return undefined;
        }
        return at;
      }
    }
  }
  /** Ends of sequences are shared, so that a class of many characters has few nodes. */
  function one(of: Ranges, to: number): number {
    const from = node();
    const shared = new Map<string, number>();
    for (const sequence of of.flatMap((range) => byteSequences(range))) {
      let [at, key] = [to, ""];
      for (let i = sequence.length - 1; i >= 0; i--) {
        const [low, high] = sequence[i]!;
        if (i === 0) nodes[from]!.on.push([low, high, at]);
        else {
          key = `${low}-${high} ${key}`;
          let before = shared.get(key);
          if (before === undefined) {
            before = node();
            shared.set(key, before);
            nodes[before]!.on.push([low, high, at]);
          }
          at = before;
        }
      }
    }
    return from;
  }
}

/** Bytes that no edge tells apart are one class; `bytes` has one of each. */
function classesOf(nodes: readonly Node[]): { readonly classOf: Uint8Array; readonly bytes: readonly number[] } {
  const edges = new Set<number>([0]);
  for (const { on } of nodes)
    for (const [low, high] of on) {
      edges.add(low);
      if (high < 255) edges.add(high + 1);
    }
  const bytes = [...edges].sort((a, b) => a - b);
  const classOf = new Uint8Array(256);
  for (const [i, from] of bytes.entries()) classOf.fill(i, from, bytes[i + 1] ?? 256);
  return { classOf, bytes };
}

/** Sinks last: the kernel stops reading at the first of them. */
function ordered(found: {
  readonly classOf: Uint8Array;
  readonly classes: number;
  readonly next: readonly number[];
  readonly accept: readonly number[];
}): RegexAutomaton {
  const { classOf, classes, next, accept } = found;
  const isSink = accept.map((_, s) => s > 0 && next.slice(s * classes, (s + 1) * classes).every((to) => to === s));
  const order = [...accept.keys()].sort((a, b) => Number(isSink[a]) - Number(isSink[b]) || a - b);
  const rank = new Map(order.map((s, i) => [s, i]));
  return {
    classOf,
    classes,
    next: Uint16Array.from(
      order.flatMap((s) => next.slice(s * classes, (s + 1) * classes)),
      (to) => rank.get(to)!,
    ),
    sinks: isSink.filter((is) => !is).length,
    accept: Uint16Array.from(order, (s) => accept[s]!),
  };
}
