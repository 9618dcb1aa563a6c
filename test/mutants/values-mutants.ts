/** Mutants of values: of what a call touches, in the reference interpreter, in the kernel and in the compiler. */
import type { Mutant } from "./mutant.ts";

type Row = readonly [law: number, name: string, file: string, text: string, replacement: string];

const REFERENCE: readonly Row[] = [
  [
    12,
    "records are not looked into",
    "touched.ts",
    "return type.fields.flatMap((f) => partsOf(",
    "return type.fields.slice(2).flatMap((f) => partsOf(",
  ],
  [12, "whoever reads writes", "touched.ts", '(name !== "writes" || mayWrite)', 'name !== ""'],
  [
    4,
    "unknown elements are left out",
    "touched.ts",
    'if (value.kind === "absent") return [];',
    'if (value.kind === "absent" || value.kind === "unknown") return [];',
  ],
  [4, "a derived list may be long", "touched.ts", "elements.length <= LONGEST_LIST", "elements.length >= 0"],
];

const KERNEL: readonly Row[] = [
  [
    12,
    "only the first element of a list is touched",
    "touched.ts",
    "e; e = <usize>load<u32>(e, N_NEXT)) collect(",
    "e; e = 0) collect(",
  ],
  [12, "whoever reads writes", "touched.ts", "if (mayWrite) append(", "append("],
  [12, "a url is its own host", "touched.ts", "store<u32>(host, part >> 16, N_LEN);", ""],
  [
    4,
    "a list nobody knows touches nothing",
    "touched.ts",
    "if (state != KNOWN) return unknownMany(",
    "if (state != KNOWN) return; if (false) unknownMany(",
  ],
  [
    4,
    "a derived list is cut where it is full",
    "touched.ts",
    "if (!node) {\n    setState(slot, UNKNOWN);",
    "if (!node) {",
  ],
];

const COMPILER: readonly Row[] = [
  [12, "urls touch no host", "compiler/src/lower/touched.ts", 'from: ["host", "url"]', 'from: ["host"]'],
];

const of = (subject: string, folder: string, rows: readonly Row[]): readonly Mutant[] =>
  rows.map(([law, name, file, text, replacement]) => ({
    name,
    law,
    subject,
    file: `${folder}${file}`,
    text,
    replacement,
  }));

export const VALUES_MUTANTS: readonly Mutant[] = [
  ...of("reference", "test/reference/", REFERENCE),
  ...of("kernel", "runtime/kernel/assembly/", KERNEL),
  ...of("kernel", "", COMPILER),
];
