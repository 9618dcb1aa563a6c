/** What a tool gives, as the kernel reads it (runtime/kernel/assembly/labels.ts has the layout). */
import type { IrGives } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const ENTRY = 16;

export function writeGives(data: DataBuffer, conditions: ConditionWriter, g: IrGives): number {
  const entries = data.alloc(g.conditional.length * ENTRY);
  for (const [i, { labels, part, when }] of g.conditional.entries()) {
    data.i64(entries + i * ENTRY, BigInt.asIntN(64, labels));
    data.u32(entries + i * ENTRY + 8, conditions.condition(when));
    data.u32(entries + i * ENTRY + 12, part ? 1 : 0);
  }
  const fields = data.alloc(g.fields.length * ENTRY);
  for (const [i, { labels, path }] of g.fields.entries()) {
    const names = path.map((name) => data.text(name));
    data.i64(fields + i * ENTRY, BigInt.asIntN(64, labels));
    data.u32(fields + i * ENTRY + 8, data.words(names.flatMap((name) => [name.address, name.length])));
    data.u32(fields + i * ENTRY + 12, path.length);
  }
  const at = data.alloc(48);
  data.i64(at, BigInt.asIntN(64, g.always));
  data.i64(at + 8, BigInt.asIntN(64, g.alwaysPart));
  data.i64(at + 16, BigInt.asIntN(64, g.untrusted));
  data.u32(at + 24, g.trusted === undefined ? 0 : conditions.condition(g.trusted));
  data.u32(at + 28, g.conditional.length);
  data.u32(at + 32, entries);
  data.u32(at + 36, g.fields.length);
  data.u32(at + 40, fields);
  return at;
}
