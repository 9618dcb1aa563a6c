/** Mutants of values: of what a call touches, what is computed, what is in which list, and forms, in the reference interpreter, in the kernel and in the compiler. */
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
    11,
    "an expression is tied to the beginning",
    "regex.ts",
    "new Set(characters.keys()).add(characters.length)",
    "new Set([0])",
  ],
  [11, "what is repeated stands once", "regex.ts", "n < most && places.size > 0", "n < Math.min(most, 2)"],
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
  [
    12,
    "IPv4 inside IPv6 is another address",
    "canonical/ip.ts",
    "return value >> 32n === 0xffffn ?",
    "return value < 0n ?",
  ],
  [12, "a range of one family holds the other", "canonical/ip.ts", "a.family === b.family &&", ""],
  [
    12,
    "separators mean nothing in any number",
    "canonical/account.ts",
    "return groups.length === 1 || isShapedAsIban(account) ?",
    "return account.length > 0 ?",
  ],
  [12, "an account keeps its case", "canonical/account.ts", '.join("").toUpperCase()', '.join("")'],
  [12, "an offset is not looked at", "canonical/moment.ts", "BigInt(zoneHour! * 3_600 + zoneMinute! * 60) *", "0n *"],
  [
    9,
    "every fourth year is a leap year",
    "canonical/moment.ts",
    "(year % 4 === 0 && year % 100 !== 0) || year % 400 === 0",
    "year % 5 === 0",
  ],
  [
    9,
    "half a day is a date",
    "canonical/moment.ts",
    "value.exponent >= 0 && scaled(value, 0) % DAY === 0n",
    "value.exponent >= -9",
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
  [
    12,
    "IPv4 inside IPv6 is another address",
    "ip.ts",
    "return load<u64>(address) == 0 && load<u32>(address, 8) == 0xffff0000;",
    "return false;",
  ],
  [12, "an IPv4 range holds IPv6", "ip.ts", "if (load<u32>(r, 20) != <u32>four) continue;", ""],
  [12, "whole bytes of a range count", "ip.ts", "if (!rest || !(", "if (true || !("],
  [
    12,
    "small hexadecimal digits are others",
    "ip.ts",
    "  c |= 32;\n  return c - 97 < 6 ? c - 87 : 255;",
    "  return c - 97 < 6 ? c - 87 : 255;",
  ],
  [12, "separators mean nothing in any number", "account.ts", "(separated && !shapedAsIban(out, n))", "n == 0"],
  [12, "an offset is added", "moments.ts", "(zone == 45 ? -1 : 1)", "(zone == 45 ? 1 : -1)"],
  [
    12,
    "a fraction is cut",
    "moments.ts",
    "return addExact(seconds, 0, fraction, -places) && fits(AS_TIME)",
    "return addExact(seconds, 0, 0, 0) && fits(AS_TIME)",
  ],
  [
    12,
    "a week is a second longer",
    "moments.ts",
    "return c == 87 ? 604800 : c == 68 ? DAY : 0;",
    "return c == 87 ? 604801 : c == 68 ? DAY : 0;",
  ],
  [9, "March begins a day late", "moments.ts", "(153 * m + 2) / 5", "(153 * m + 3) / 5"],
  [9, "half a day is a date", "exact.ts", "return type == AS_TIME || (e >= 0 && seconds % DAY == 0);", "return true;"],
];

const COMPILER: readonly Row[] = [
  [
    11,
    "an expression is tied to the beginning",
    "language/src/regex/automaton.ts",
    "const moved = new Set(again);",
    "const moved = new Set<number>();",
  ],
  [
    11,
    "what has matched has to match again",
    "language/src/regex/automaton.ts",
    "set[0] === MATCH ? new Set([MATCH]) :",
    "",
  ],
  [11, "an end anchor is met anywhere", "language/src/regex/automaton.ts", "if (atEnd) for", "for"],
  [
    11,
    "what stands behind a range is inside",
    "language/src/regex/automaton.ts",
    "if (high < 255) edges.add(high + 1);",
    "",
  ],
  [
    12,
    "urls touch no host",
    "compiler/src/lower/touched.ts",
    'from: ["host", "url", "ip", "command"]',
    'from: ["host", "ip", "command"]',
  ],
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
