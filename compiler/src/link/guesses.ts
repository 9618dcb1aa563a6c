/**
 * What the kernel compares a member's text with before it looks a name up, and room for the names that nothing declares
 * (runtime/kernel/assembly/descriptor.ts has the layout).
 */
import type { DataBuffer } from "./buffer.ts";
import { BITS, ENTRY, GUESS, HOW, KINDS, LEARNED, LONG_NAME, LONGEST_COMPARED, NO_TARGET } from "./descriptor-words.ts";

const utf8 = new TextEncoder();

export function writeNoGuess(data: DataBuffer, entry: number): void {
  data.u32(entry + 24, 1 << GUESS);
}

/** @param hasBit the member has a bit of its own, so that it can be told from its equals without its name */
export function writeGuess(data: DataBuffer, entry: number, name: string, length: number, hasBit: boolean): void {
  const plain = hasBit && isPlain(name);
  const bytes = utf8.encode(`"${name}":`);
  if (!plain || bytes.length > GUESS) {
    writeNoGuess(data, entry);
    data.u8(entry + 22, plain && length <= LONGEST_COMPARED ? LONG_NAME : 0);
    return;
  }
  data.u8(entry + 22, bytes.length);
  data.u32(entry + 24, 0xffff & ~((1 << bytes.length) - 1));
  data.bytes(entry + 32, bytes);
}

/**
 * Room for undeclared members that the kernel meets: read as any JSON, and told from their equals by the bits that no member has.
 *
 * @param json descriptor of any JSON value
 * @returns the address of the first entry
 */
export function writeStrangers(data: DataBuffer, json: number, noEntry: number): number {
  const at = data.alloc(LEARNED * ENTRY);
  for (let i = 0; i < LEARNED; i++) {
    const e = at + i * ENTRY;
    data.u32(e + 12, json);
    data.u32(e + 16, NO_TARGET);
    data.u8(e + 20, HOW.textUnread);
    data.u8(e + 21, KINDS.json);
    data.u32(e + 28, noEntry);
    data.i64(e + 48, BigInt.asIntN(64, 1n << BigInt(BITS - LEARNED + i)));
  }
  return at;
}

/** Written in JSON as it is: a reader may compare it without unescaping. */
function isPlain(name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const c = name.charCodeAt(i);
    if (c < 32 || c === 34 || c === 92) return false;
  }
  return name.length > 0;
}
