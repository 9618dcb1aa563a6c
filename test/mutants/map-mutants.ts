/** Mutants of maps: keys, values, lookups. In the reference and the kernel. */
import type { Mutant } from "./mutant.ts";

type Row = readonly [law: number, name: string, file: string, text: string, replacement: string];

const REFERENCE: readonly Row[] = [
  [
    4,
    "an unknown map has no key for sure",
    "test/reference/read.ts",
    'if (way.some((map) => map.kind === "unknown")) return "unknown";',
    'if (way.some((map) => map.kind === "unknown")) return false;',
  ],
  [12, "keys are values", "test/reference/read.ts", "[...value.fields.keys()].map(text)", "[...value.fields.values()]"],
];
const KERNEL: readonly Row[] = [
  [
    4,
    "an unknown map has every key",
    "runtime/kernel/assembly/condition.ts",
    "if (tState == UNKNOWN && load<u8>(t) == T_LOOKUP && tUnsure) return MAYBE;",
    "",
  ],
  [
    12,
    "a key that begins alike will do",
    "runtime/kernel/assembly/term.ts",
    "!(load<u32>(value - NODE, N_LEN) == n && equal(",
    "!(load<u32>(value - NODE, N_LEN) >= n && equal(",
  ],
  [
    12,
    "keys hang together as values do",
    "runtime/kernel/assembly/term.ts",
    "store<u32>(KEYS, p ? <u32>p - NODE : 0, N_PTR);",
    "store<u32>(KEYS, <u32>p, N_PTR);",
  ],
];

const planted = (subject: string, rows: readonly Row[]): readonly Mutant[] =>
  rows.map(([law, name, file, text, replacement]) => ({ law, name, subject, file, text, replacement }));
export const MAP_MUTANTS: readonly Mutant[] = [...planted("reference", REFERENCE), ...planted("kernel", KERNEL)];
