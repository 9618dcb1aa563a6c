/** What a tool's calls leave for `require prior` (runtime/kernel/assembly/evidence.ts). */
import type { IrRead, IrTool } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import type { ConditionWriter } from "./conditions.ts";

const MOMENTS = { call: 0, result: 1, row: 1 | 8 } as const;
const TRUTH = 2;
const LIST = 4;

/** Address of the tool's list; 0: no rule names it. */
export function writeEvidence(
  data: DataBuffer,
  conditions: ConditionWriter,
  { evidence, since }: Pick<IrTool, "evidence" | "since">,
): number {
  if (evidence.length === 0 && since.length === 0) return 0;
  const list = data.alloc(8 + 8 * evidence.length + 4 * since.length);
  data.u32(list, evidence.length);
  for (const [k, { rule, reads }] of evidence.entries()) {
    data.u32(list + 4 + 8 * k, rule);
    data.u32(list + 8 + 8 * k, data.words(reads.flatMap((read) => readWords(read, conditions))));
  }
  const behind = list + 4 + 8 * evidence.length;
  data.u32(behind, since.length);
  for (const [k, mark] of since.entries()) data.u32(behind + 4 + 4 * k, mark);
  return list;
}

function readWords({ moment, list, read }: IrRead, conditions: ConditionWriter): readonly number[] {
  const how = MOMENTS[moment] | (list ? LIST : 0);
  return read.kind === "truth" ? [how | TRUTH, conditions.condition(read.condition)] : [how, conditions.operand(read)];
}
