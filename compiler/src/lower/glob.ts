/**
 * Globs to automata: Thompson's construction, then subsets. Linear-time matching whatever the text (no backtracking).
 * Text style: `*` is any run of bytes. Path style: docs/semantics.md, §4, `matches`.
 */
export interface Automaton {
  /** Byte to class. */
  readonly classOf: Uint8Array;
  readonly classes: number;
  /** states × classes. State 0 is the start. */
  readonly next: Uint16Array;
  /** States from here on never change, whatever follows. */
  readonly sinks: number;
  /** Per state: 0, or the accept value of the patterns that end here (the smallest). */
  readonly accept: Uint16Array;
  /** What all texts that match begin with, as far as it is plain, and the state behind it: the kernel compares it at once. */
  readonly prefix?: Uint8Array;
  readonly behindPrefix?: number;
}
const LONGEST_PREFIX = 16;

/** A set of bytes: one, all but the slash, or all. */
type Bytes = number | "segment" | "any";
type Piece = { readonly kind: "one"; readonly bytes: Bytes } | { readonly kind: "star"; readonly of: readonly Piece[] };

const SLASH = 47;
const encoder = new TextEncoder();
const one = (bytes: Bytes): Piece => ({ kind: "one", bytes });
const star = (...of: Piece[]): Piece => ({ kind: "star", of });
const literal = (text: string): Piece[] => [...encoder.encode(text)].map(one);

function textPieces(glob: string): Piece[] {
  return glob.split("*").flatMap((part, i) => (i === 0 ? literal(part) : [star(one("any")), ...literal(part)]));
}

function segmentPieces(segment: string): Piece[] {
  // segments of a canonical path are never empty
  if (/^\*+$/.test(segment)) return [one("segment"), star(one("segment"))];
  return segment
    .split(/\*+/)
    .flatMap((part, i) => (i === 0 ? literal(part) : [star(one("segment")), ...literal(part)]));
}

function pathPieces(glob: string): Piece[] {
  const segments = (glob.startsWith("/") ? glob.slice(1) : `**/${glob}`).split("/");
  const out: Piece[] = [one(SLASH)];
  for (const [i, s] of segments.entries()) {
    const last = i === segments.length - 1;
    if (s === "**" && !last) out.push(star(one("segment"), star(one("segment")), one(SLASH)));
    else if (s === "**") out.push(one("segment"), star(one("any")));
    else out.push(...segmentPieces(s), ...(last ? [] : [one(SLASH)]));
  }
  return out;
}

interface Nfa {
  readonly empty: number[][];
  readonly on: { readonly bytes: Bytes; readonly to: number }[][];
}

function build(nfa: Nfa, pieces: readonly Piece[], from: number): number {
  const state = (): number => {
    nfa.empty.push([]);
    nfa.on.push([]);
    return nfa.empty.length - 1;
  };
  let at = from;
  for (const p of pieces) {
    const to = state();
    if (p.kind === "one") nfa.on[at]?.push({ bytes: p.bytes, to });
    else {
      const inner = state();
      nfa.empty[at]?.push(inner);
      nfa.empty[build(nfa, p.of, inner)]?.push(inner);
      nfa.empty[inner]?.push(to);
    }
    at = to;
  }
  return at;
}

/** Undefined when there would be more than `limit` states. */
export function globAutomaton(
  globs: readonly { readonly glob: string; readonly style: "text" | "path"; readonly accept: number }[],
  limit = 4096,
): Automaton | undefined {
  const nfa: Nfa = { empty: [[]], on: [[]] };
  const ends = new Map<number, number>();
  for (const g of globs) {
    nfa.empty.push([]);
    nfa.on.push([]);
    const start = nfa.empty.length - 1;
    nfa.empty[0]?.push(start);
    const end = build(nfa, g.style === "text" ? textPieces(g.glob) : pathPieces(g.glob), start);
    ends.set(end, g.accept);
  }
  const used = [
    ...new Set([SLASH, ...nfa.on.flat().flatMap((t) => (typeof t.bytes === "number" ? [t.bytes] : []))]),
  ].sort((a, b) => a - b);
  const classOf = new Uint8Array(256);
  for (const [i, b] of used.entries()) classOf[b] = i + 1;
  const classes = used.length + 1;

  const closure = (states: Iterable<number>): number[] => {
    const seen = new Set<number>(states);
    const stack = [...seen];
    for (let s = stack.pop(); s !== undefined; s = stack.pop())
      for (const t of nfa.empty[s] ?? []) {
        if (seen.has(t)) continue;
        seen.add(t);
        stack.push(t);
      }
    return [...seen].sort((a, b) => a - b);
  };
  const numbers = new Map<string, number>();
  const sets: number[][] = [];
  const number = (set: number[]): number => {
    const key = set.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    sets.push(set);
    return sets.length - 1;
  };
  number(closure([0]));
  const next: number[] = [];
  for (let s = 0; s < sets.length; s++) {
    if (sets.length > limit) return undefined;
    const moves = (sets[s] ?? []).flatMap((q) => nfa.on[q] ?? []);
    for (let c = 0; c < classes; c++) {
      const byte = c === 0 ? -1 : (used[c - 1] as number);
      const to = moves
        .filter((m) => m.bytes === "any" || (m.bytes === "segment" ? byte !== SLASH : m.bytes === byte))
        .map((m) => m.to);
      next.push(number(closure(to)));
    }
  }
  const accept = sets.map((set) => Math.min(...set.map((q) => ends.get(q) ?? Infinity)));
  const sink = sets.map((_, s) => s > 0 && next.slice(s * classes, (s + 1) * classes).every((to) => to === s));
  // sinks last: the kernel stops reading at the first of them
  const order = [...sets.keys()].sort((a, b) => Number(sink[a]) - Number(sink[b]) || a - b);
  const rank = new Map(order.map((s, i) => [s, i]));
  const sorted = order.flatMap((s) => next.slice(s * classes, (s + 1) * classes).map((to) => rank.get(to) as number));
  const prefix = commonPrefix(globs);
  return {
    classOf,
    prefix,
    behindPrefix: prefix.reduce((state, byte) => sorted[state * classes + (classOf[byte] as number)] as number, 0),
    sinks: sink.filter((is) => !is).length,
    classes,
    next: Uint16Array.from(sorted),
    accept: Uint16Array.from(order, (s) => (accept[s] === Infinity ? 0 : (accept[s] as number))),
  };
}

function commonPrefix(globs: readonly { readonly glob: string; readonly style: "text" | "path" }[]): Uint8Array {
  const starts = globs.map(({ glob, style }) => encoder.encode(style === "text" ? (glob.split("*")[0] as string) : ""));
  const [first = new Uint8Array(0), ...others] = starts;
  let length = Math.min(first.length, LONGEST_PREFIX);
  for (const other of others) {
    let n = 0;
    while (n < length && n < other.length && other[n] === first[n]) n++;
    length = n;
  }
  return first.slice(0, length);
}
