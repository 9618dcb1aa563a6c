/** Mutants of maps and unions: keys, values, lookups, tags, cases. In the reference and the kernel. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    4,
    "an unknown map has no key for sure",
    "test/reference/read.ts",
    'if (way.some((map) => map.kind === "unknown")) return "unknown";',
    'if (way.some((map) => map.kind === "unknown")) return false;',
  ],
  [12, "keys are values", "test/reference/read.ts", "[...value.fields.keys()].map(text)", "[...value.fields.values()]"],
  [
    12,
    "a value is of every case",
    "test/reference/value.ts",
    "c === found ? value : ABSENT",
    "c === found || found !== undefined ? value : ABSENT",
  ],
  [
    4,
    "what is of no known case is of each",
    "test/reference/condition.ts",
    'return value.kind === "unknown" ? "unknown" : value.kind !== "absent";',
    'return value.kind !== "absent";',
  ],
];
const KERNEL: readonly Row[] = [
  [
    12,
    "keys are in the order in which they were sent",
    "runtime/kernel/assembly/names.ts",
    "if (last && isBefore(last, p, n)) before = last;",
    "if (last) before = last;",
  ],
  [
    12,
    "a tag stands first or nowhere",
    "runtime/kernel/assembly/names.ts",
    "    p = skip(p, depth);\n    if (!p) break;",
    "    break;",
  ],
  [
    12,
    "every case is read into the place of the first",
    "runtime/kernel/assembly/typed.ts",
    "target = base + <usize>(which - 1) * NODE;",
    "target = base;",
  ],
  [
    1,
    "what is of no case is let in",
    "runtime/kernel/assembly/typed.ts",
    "if (!which) return wrongSkip(p, d, depth);",
    "if (!which) return skip(p, depth);",
  ],
  [
    4,
    "the compiler takes `is` for `has`",
    "compiler/src/link/conditions.ts",
    'return node(5, c.op === "is" ? 1 : 0, 0,',
    "return node(5, 0, 0,",
  ],
  [
    4,
    "an unknown map has every key",
    "runtime/kernel/assembly/condition.ts",
    "(load<u8>(t) == T_LOOKUP && tUnsure)",
    "false",
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

export const MAP_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "", REFERENCE),
  ...planted("kernel", "", KERNEL),
];
