/** What a tool gives, as the kernel reads it (runtime/kernel/assembly/labels.ts has the layout). */
import type { IrGives } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const ENTRY = 16;

export function writeGives(data: DataBuffer, conditions: ConditionWriter, g: IrGives): number {
  const entries = data.alloc(g.conditional.length * ENTRY);
  for (const [i, { labels, when }] of g.conditional.entries()) {
    data.i64(entries + i * ENTRY, BigInt.asIntN(64, labels));
    data.u32(entries + i * ENTRY + 8, conditions.condition(when));
  }
  const at = data.alloc(32);
  data.i64(at, BigInt.asIntN(64, g.always));
  data.i64(at + 8, BigInt.asIntN(64, g.untrusted));
  data.u32(at + 16, g.trusted === undefined ? 0 : conditions.condition(g.trusted));
  data.u32(at + 20, g.conditional.length);
  data.u32(at + 24, entries);
  return at;
}
