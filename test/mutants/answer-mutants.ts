/** Mutants of what an answer says beside its outcome: until when it counts. In the reference and in the kernel. */
import type { Mutant } from "./mutant.ts";

type Row = readonly [law: number, name: string, file: string, text: string, replacement: string];

const REFERENCE: readonly Row[] = [
  [
    10,
    "asking again renews an answer",
    "test/reference/interpret.ts",
    "? Math.min(time, pending.time) : time)",
    "? time : time)",
  ],
];
const KERNEL: readonly Row[] = [
  [
    10,
    "asking again renews an answer",
    "runtime/kernel/assembly/decide.ts",
    "min(<u64>integer(S_TIME), given)",
    "<u64>integer(S_TIME)",
  ],
  [10, "an answer runs out at once", "runtime/kernel/assembly/decide.ts", "given) + H(H_VALID)", "given)"],
  [10, "what is refused runs out", "runtime/kernel/assembly/decide.ts", "  validUntil = 0;\n", ""],
];

const planted = (subject: string, rows: readonly Row[]): readonly Mutant[] =>
  rows.map(([law, name, file, text, replacement]) => ({ law, name, subject, file, text, replacement }));
export const ANSWER_MUTANTS: readonly Mutant[] = [...planted("reference", REFERENCE), ...planted("kernel", KERNEL)];
