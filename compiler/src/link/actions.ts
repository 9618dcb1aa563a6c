/**
 * The linked cloud actions as the kernel looks them up (docs/formats/registry.md): a hash table over records that hold the whole name.
 * INVARIANT: the names' bytes decide, never a hash: a name that nobody judged must not get a level.
 */
import type { CloudAction } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import { classBit } from "../lower/variants.ts";
import type { DataBuffer } from "./buffer.ts";
import { tableHash } from "./hash.ts";

/** Up to and with what ends the service: `aws:s3:`, `azure:microsoft.compute/`, `gcp:storage.`. */
function prefixOf(name: string): string {
  const colon = name.indexOf(":") + 1;
  const ends = [":", "/", "."].map((mark) => name.indexOf(mark, colon)).find((at) => at !== -1);
  return name.slice(0, ends === undefined ? colon : ends + 1);
}

/** Address 0: none are linked. */
export function writeActions(
  data: DataBuffer,
  actions: readonly CloudAction[],
): { readonly slots: number; readonly mask: number; readonly prefixes: number } {
  if (actions.length === 0) return { slots: 0, mask: 0, prefixes: 0 };
  const encoder = new TextEncoder();
  const prefixes = [...new Set(actions.map((a) => prefixOf(a.name)))];
  if (prefixes.length > 0xffff)
    throw contractTooLarge(`actions of ${prefixes.length} services; ${0xffff} are the most`);
  const numbers = new Map(prefixes.map((p, i) => [p, i]));
  const table = data.alloc(prefixes.length * 8);
  for (const [i, p] of prefixes.entries()) {
    const text = data.text(p);
    data.u32(table + 8 * i, text.address);
    data.u32(table + 8 * i + 4, text.length);
  }
  let capacity = 4;
  while (capacity * 4 < actions.length * 5) capacity *= 2;
  const slots = data.alloc(capacity * 4);
  const taken = new Uint8Array(capacity);
  const records = actions.map((a) => {
    const prefix = prefixOf(a.name);
    return { action: a, prefix: numbers.get(prefix) as number, rest: encoder.encode(a.name.slice(prefix.length)) };
  });
  let at = data.alloc(records.reduce((size, r) => size + 6 + r.rest.length, 0) + 16);
  for (const { action, prefix, rest } of records) {
    data.u16(at, prefix);
    data.u16(at + 2, rest.length);
    data.u16(at + 4, classBit(action) | (action.severity << 4));
    data.bytes(at + 6, rest);
    let slot = tableHash(encoder.encode(action.name)) & (capacity - 1);
    while (taken[slot] === 1) slot = (slot + 1) & (capacity - 1);
    taken[slot] = 1;
    data.u32(slots + 4 * slot, at);
    at += 6 + rest.length;
  }
  return { slots, mask: capacity - 1, prefixes: table };
}
