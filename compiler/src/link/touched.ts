/** What a call touches, as the kernel reads it (runtime/kernel/assembly/touched.ts has the layout). */
import type { IrTouched, IrWalk } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import { KINDS } from "./descriptor-words.ts";

/** Room for the slots of eight lists; the tools' table stands behind. */
const LISTS = 8;

export function writeTouched(data: DataBuffer, { lists, tools }: IrTouched): number {
  const walks = new Map<string, number>();
  const put = (kind: number, a: number, b: number): number => {
    const key = [kind, a, b].join();
    const before = walks.get(key);
    if (before !== undefined) return before;
    const at = data.alloc(16);
    data.u8(at, kind);
    data.u32(at + 4, a);
    data.u32(at + 8, b);
    walks.set(key, at);
    return at;
  };
  const walk = (w: IrWalk): number => {
    switch (w.kind) {
      case "value":
        return put(KINDS[w.type as keyof typeof KINDS], 0, 0);
      case "list":
        return put(KINDS.list, walk(w.element), 0);
      case "record":
        return put(KINDS.record, data.words(w.members.flatMap((m) => [m.index, walk(m.walk)])), w.members.length);
    }
  };
  const programs = tools.map((entries) => {
    if (entries.length === 0) return 0;
    const at = data.alloc(entries.length * 8);
    for (const [i, e] of entries.entries()) {
      data.slot(at + 8 * i, e.slot);
      data.u32(at + 8 * i + 4, walk(e.walk));
    }
    return at;
  });
  const at = data.alloc(4 * LISTS + 8 * tools.length);
  for (const [i, slot] of lists.entries()) if (slot !== undefined) data.slot(at + 4 * i, slot);
  for (const [i, program] of programs.entries()) {
    data.u32(at + 4 * LISTS + 8 * i, program);
    data.u32(at + 4 * LISTS + 8 * i + 4, tools[i]?.length ?? 0);
  }
  return at;
}
