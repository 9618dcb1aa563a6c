/** Mutants of values: of what a call touches, what is computed and what is in which list, in the reference interpreter, in the kernel and in the compiler. */
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
  [9, "a result may be any number", "arithmetic.ts", "return fits(value);", "return value.digits < 10n ** 40n;"],
  [9, "the greater of two is the least", "arithmetic.ts", 'op === "min" ? 1 : -1', 'op === "min" ? -1 : 1'],
  [
    9,
    "the least of nothing is nothing",
    "arithmetic.ts",
    "numbers.length === 0 ? UNKNOWN : of(type, extreme(op, numbers))",
    "of(type, [{ digits: 0n, exponent: 0 }, ...numbers].reduce((best, next) => (compareDecimals(next, best) < 0 ? next : best)))",
  ],

  [
    12,
    "every element in some of a list",
    "condition.ts",
    'condition.kind === "subset" ? and(truths)',
    'condition.kind === "overlaps" ? and(truths)',
  ],
  [
    12,
    "elements are compared as sent",
    "condition.ts",
    "equalValues(element, item) ?? ",
    '(element.kind === "text" && item.kind === "text" ? element.sent === item.sent : undefined) ?? ',
  ],
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
  [9, "a product is cut to eighteen digits", "exact.ts", "return m <= (MOST - 1) / n && keep(", "return keep("],
  [
    9,
    "a sum of twenty places is tried",
    "exact.ts",
    "if (shift > 19 || magnitude(a)",
    "if (shift > 29 || magnitude(a)",
  ],
  [9, "twos and fives make no ten", "exact.ts", "while (m % 5 == 0 && n % 2 == 0)", "while (false)"],
  [
    9,
    "a sum forgets what it carried",
    "exact.ts",
    "const v = load<i64>(LIMBS + i) + over;",
    "const v = load<i64>(LIMBS + i);",
  ],
  [9, "the least of nothing is nothing", "term.ts", "!first && multiplyExact(", "multiplyExact("],
  [
    4,
    "what does not fit is cut",
    "term.ts",
    "tState = known && fits(type) ? KNOWN : UNKNOWN;",
    "tState = known ? KNOWN : UNKNOWN;",
  ],

  [12, "a length that is equal will do", "lists.ts", "len == tLen && equal(p, tPtr, len)", "len == tLen"],
  [
    12,
    "an unknown element is no element",
    "lists.ts",
    "if (tState != KNOWN) result = MAYBE;",
    "if (tState != KNOWN) continue;",
  ],
  [
    12,
    "one element is enough for all",
    "lists.ts",
    "result = all ? min(result, r) : max(result, r);",
    "result = max(result, r);",
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
