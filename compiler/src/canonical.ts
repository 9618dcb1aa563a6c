/**
 * Canonical JSON (RFC 8785) of a typed contract as bytes, in one pass: members sorted by UTF-16 code units, no spans. A contract
 * of 10,000 rules is 7 MB of it, so keys are sorted once per shape of object, not once per object, and what many rules have in common
 * (language/src/types/written.ts) is copied from where it was written first.
 */
interface Shape {
  readonly next: Map<string, Shape>;
  /** The key that was met last, and where it leads: mostly the next one is the same. */
  lastKey: string | undefined;
  last: Shape | undefined;
  /** Of objects that end here: the keys that count, sorted, and what is written before each value. */
  members: readonly Member[] | undefined;
}
interface Member {
  readonly key: string;
  readonly label: Uint8Array;
  /** Its values may stand in several places. */
  readonly isShared: boolean;
}
const SHARED: ReadonlySet<string> = new Set(["when", "parts", "type", "params"]);

const encoder = new TextEncoder();
const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [123, 125, 91, 93];

/** Bigints are texts; `undefined` is left out of objects and null in lists. */
export function canonicalJson(value: unknown): Uint8Array {
  let out = new Uint8Array(1 << 20);
  let at = 0;
  const fresh = (): Shape => ({ next: new Map(), lastKey: undefined, last: undefined, members: undefined });
  const root = fresh();
  // where a value stands: begin and end, one behind the other
  const places = new Map<object, number>();
  const bounds: number[] = [];
  write(value);
  return out.subarray(0, at);

  function room(size: number): void {
    if (at + size <= out.length) return;
    const grown = new Uint8Array(Math.max(2 * out.length, at + size));
    grown.set(out);
    out = grown;
  }
  function raw(bytes: Uint8Array): void {
    room(bytes.length);
    for (let i = 0; i < bytes.length; i++) out[at++] = bytes[i] as number;
  }
  function word(s: string): void {
    room(s.length);
    for (let i = 0; i < s.length; i++) out[at++] = s.charCodeAt(i);
  }
  function digits(n: number): void {
    room(10);
    let size = 1;
    for (let rest = n; rest >= 10; rest = Math.floor(rest / 10)) size++;
    for (let i = at + size - 1, rest = n; i >= at; i--, rest = Math.floor(rest / 10)) out[i] = 48 + (rest % 10);
    at += size;
  }
  function text(s: string): void {
    room(3 * s.length + 2);
    const start = at;
    out[at++] = QUOTE;
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c < 32 || c > 126 || c === QUOTE || c === BACKSLASH) {
        at = start;
        raw(encoder.encode(JSON.stringify(s)));
        return;
      }
      out[at++] = c;
    }
    out[at++] = QUOTE;
  }
  function shapeOf(object: object): Shape {
    let shape = root;
    for (const key in object) {
      if (shape.lastKey === key && shape.last !== undefined) {
        shape = shape.last;
        continue;
      }
      let next = shape.next.get(key);
      if (next === undefined) {
        next = fresh();
        shape.next.set(key, next);
      }
      shape.lastKey = key;
      shape.last = next;
      shape = next;
    }
    shape.members ??= Object.keys(object)
      .filter((key) => key !== "span")
      .sort((a, b) => (a < b ? -1 : 1))
      .map((key) => ({ key, label: encoder.encode(`${JSON.stringify(key)}:`), isShared: SHARED.has(key) }));
    return shape;
  }
  /** Objects, and the elements of lists. */
  function writeOnce(v: unknown): void {
    if (typeof v !== "object" || v === null) return void write(v);
    const place = places.get(v);
    if (place !== undefined) {
      const from = bounds[place] as number;
      const to = bounds[place + 1] as number;
      room(to - from);
      out.copyWithin(at, from, to);
      at += to - from;
      return;
    }
    const from = at;
    write(v, true);
    places.set(v, bounds.length);
    bounds.push(from, at);
  }
  /** `ofShared`: its elements may stand elsewhere as well. */
  function write(v: unknown, ofShared = false): void {
    if (typeof v === "string") return void text(v);
    if (typeof v === "bigint") return void text(v.toString());
    if (typeof v === "number" && v >= 0 && v < 1e9 && Number.isInteger(v)) return void digits(v);
    if (v === null || typeof v !== "object")
      return void word(v === true ? "true" : v === false ? "false" : JSON.stringify(v));
    room(2);
    if (Array.isArray(v)) {
      out[at++] = OPEN_LIST;
      for (let i = 0; i < v.length; i++) {
        if (i > 0) comma();
        if (ofShared) writeOnce(v[i] ?? null);
        else write(v[i] ?? null);
      }
      room(1);
      out[at++] = CLOSE_LIST;
      return;
    }
    out[at++] = OPEN;
    let isFirst = true;
    const members = shapeOf(v).members ?? [];
    for (let i = 0; i < members.length; i++) {
      const { key, label, isShared } = members[i] as Member;
      const member = (v as Readonly<Record<string, unknown>>)[key];
      if (member === undefined) continue;
      if (!isFirst) comma();
      isFirst = false;
      raw(label);
      if (isShared) writeOnce(member);
      else write(member);
    }
    room(1);
    out[at++] = CLOSE;
  }
  function comma(): void {
    room(1);
    out[at++] = COMMA;
  }
}
