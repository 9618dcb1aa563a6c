/** Levels with conditions, as the kernel asks them (runtime/kernel/assembly/cases.ts has the layout). */
import type { IrCases } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";
import { type ConditionWriter, levelMask } from "./conditions.ts";

const RISK_BY_LEVEL = 1;
const IRREVERSIBLE = 2;

export function writeCases(
  data: DataBuffer,
  conditions: ConditionWriter,
  { always, cases, riskByLevel }: IrCases,
  irreversible: boolean,
): number {
  const at = data.alloc(12 + 8 * cases.length);
  data.u32(at, cases.length);
  data.u32(at + 4, levelMask(always));
  data.u32(at + 8, (riskByLevel ? RISK_BY_LEVEL : 0) | (irreversible ? IRREVERSIBLE : 0));
  for (const [i, { level, when }] of cases.entries()) {
    data.u32(at + 12 + 8 * i, levelMask([level]));
    data.u32(at + 16 + 8 * i, conditions.condition(when));
  }
  return at;
}
