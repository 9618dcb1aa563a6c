/**
 * Objects as request bytes, without `JSON.stringify`: only members that the contract may read are written, straight into the
 * module's memory. What cannot be written faithfully (a lone surrogate, NaN, a cycle, a Date) becomes bytes that are denied.
 */

/** Written in place of what JSON cannot say; the kernel answers `bad_json`. */
const IMPOSSIBLE = 0x3f; // "?"
const MOST_DEPTH = 40;

/** UTF-8 length of a text without lone surrogates. */
function utf8Length(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // a pair: two units, four bytes
    if (c > 127) n += c > 2047 && (c < 0xd800 || c > 0xdfff) ? 2 : 1;
  }
  return n;
}

/** A record as JSON.parse makes it, of whatever realm: nothing is inherited, nothing is written by `toJSON`. */
function isPlain(o: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(o);
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty");
}

export interface Encoder {
  /** Bytes written at `at`; more than `room`: nothing useful was written, ask again with that much. */
  readonly encode: (request: object, memory: Uint8Array, at: number, room: number) => number;
}

/**
 * @param wanted per group (`principal`, `resource`, …) the members worth writing; undefined: all
 * @param limit bytes beyond which nothing is read any further: the request is too large, however it goes on
 */
export function createEncoder(wanted: ReadonlyMap<string, ReadonlySet<string>>, limit: number): Encoder {
  const utf8 = new TextEncoder();
  let memory = new Uint8Array(0);
  let at = 0;
  let end = 0;
  let most = 0;

  function byte(b: number): void {
    if (at < end) memory[at] = b;
    at++;
  }
  function ascii(text: string): void {
    for (let i = 0; i < text.length; i++) byte(text.charCodeAt(i));
  }
  function string(text: string): void {
    const start = at;
    byte(34);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c < 32 || c === 34 || c === 92 || c > 126) {
        at = start;
        slowString(text);
        return;
      }
      byte(c);
    }
    byte(34);
  }
  function slowString(text: string): void {
    // JSON.stringify escapes a lone surrogate, which the kernel refuses
    const quoted = JSON.stringify(text);
    const room = end - at;
    const length = utf8Length(quoted);
    if (length <= room) utf8.encodeInto(quoted, memory.subarray(at, end));
    at += length;
  }
  function value(v: unknown, depth: number): void {
    if (typeof v === "string") string(v);
    else if (typeof v === "number") Number.isFinite(v) ? ascii(String(v)) : byte(IMPOSSIBLE);
    else if (typeof v === "boolean") ascii(v ? "true" : "false");
    else if (v === null) ascii("null");
    else if (typeof v !== "object" || depth > MOST_DEPTH) byte(IMPOSSIBLE);
    else if (Array.isArray(v)) {
      byte(91);
      for (let i = 0; i < v.length && at <= most; i++) {
        if (i > 0) byte(44);
        value(v[i] === undefined ? null : v[i], depth + 1);
      }
      byte(93);
    } else members(v as Record<string, unknown>, depth + 1, undefined);
  }
  function members(o: Record<string, unknown>, depth: number, only: ReadonlySet<string> | undefined): void {
    if (!isPlain(o)) {
      byte(IMPOSSIBLE);
      return;
    }
    byte(123);
    let first = true;
    for (const name of Object.keys(o)) {
      if (at > most) break;
      const v = o[name];
      if (v === undefined || (only !== undefined && !only.has(name))) continue;
      if (!first) byte(44);
      first = false;
      string(name);
      byte(58);
      value(v, depth);
    }
    byte(125);
  }
  return {
    encode(request, target, start, room) {
      memory = target as Uint8Array<ArrayBuffer>;
      at = start;
      end = start + room;
      most = start + limit;
      byte(123);
      let first = true;
      for (const [group, v] of Object.entries(request)) {
        if (v === undefined) continue;
        const only = wanted.get(group);
        if (only === undefined && group !== "event") continue;
        if (!first) byte(44);
        first = false;
        string(group);
        byte(58);
        if (only !== undefined && typeof v === "object" && v !== null && !Array.isArray(v))
          members(v as Record<string, unknown>, 2, only);
        else value(v, 1);
      }
      byte(125);
      return at - start;
    },
  };
}
