/**
 * What chains of delegation are checked by: {blocks, count, slots, count}. A block is {from u32, to u32, depth u32, –, ttl i64} by numbers
 * of agents from 1, ttl −1: none; the slots are {slot u32, member of a link u32} of the facts of `principal`. 0: no delegation.
 */
import { FIRST_FREE_SLOT, type Ir } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import { linkFacts } from "./chain.ts";

const BLOCK = 24;
/** No member of a link. */
const NOWHERE = 0xffffffff;

export function writeDelegations(data: DataBuffer, ir: Ir): number {
  const blocks = ir.rules.flatMap(({ detail }) => (detail?.kind === "delegation" ? [detail] : []));
  if (blocks.length === 0) return 0;
  const at = data.alloc(blocks.length * BLOCK);
  for (const [i, { from, to, depth, ttl }] of blocks.entries()) {
    const e = at + BLOCK * i;
    data.u32(e, from + 1);
    data.u32(e + 4, to + 1);
    data.u32(e + 8, depth);
    data.i64(e + 16, ttl === undefined ? -1n : BigInt(ttl));
  }
  const sent = linkFacts(ir.facts);
  const facts = ir.slots.flatMap(({ root, path }, i) => {
    const member = path.length > 1 ? undefined : sent.find(({ fact }) => fact.name === path[0]);
    return root === "principal" ? [{ slot: FIRST_FREE_SLOT + i, member: member?.index ?? NOWHERE }] : [];
  });
  const slots = data.alloc(Math.max(1, facts.length) * 8);
  for (const [i, { slot, member }] of facts.entries()) {
    data.slot(slots + 8 * i, slot);
    data.u32(slots + 8 * i + 4, member);
  }
  const record = data.alloc(16);
  data.u32(record, at);
  data.u32(record + 4, blocks.length);
  data.u32(record + 8, slots);
  data.u32(record + 12, facts.length);
  return record;
}
