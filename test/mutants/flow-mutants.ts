/** Mutants of labels, flows and inspectors, in the reference and in the kernel. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    4,
    "a label is given only when it is certain",
    "labels.ts",
    "possible(evaluate(when, environment))",
    "certain(evaluate(when, environment))",
  ],
  [
    4,
    "a result is trusted while that is possible",
    "labels.ts",
    "certain(evaluate(tool.trusted",
    "possible(evaluate(tool.trusted",
  ],
  [
    4,
    "an unknown flow does not apply",
    "verdict.ts",
    "!possible(holds(rule.when)) || !flows(",
    "holds(rule.when) !== true || !flows(",
  ],
  [5, "a call sees the labels of its own turn", "labels.ts", "[...turns].some((t) => t !== turn)", "turns.size > 0"],
  [
    5,
    "a label of two turns counts as one turn's",
    "labels.ts",
    "new Set([...(next.get(name) ?? []), turn ?? null])",
    "new Set([turn ?? null])",
  ],
  [12, "letter case counts in values", "values.ts", "letter.toLowerCase()", "letter"],
  [12, "a number is found only as it was written", "values.ts", 'piece.replaceAll(",", "")', "piece"],
  [12, "names of members are not looked at", "values.ts", "...(withNames ? [", "...(!withNames ? ["],
  [
    12,
    "texts are cut in blocks of eight words",
    "values.ts",
    "Math.floor(words.length / 4)",
    "Math.floor(words.length / 8)",
  ],
  [
    14,
    "a result that fails takes its labels back",
    "result.ts",
    "values: kept",
    "labels: ok ? state.labels : new Map(),\n    values: kept",
  ],
  [14, "a value that does not fit is forgotten silently", "values.ts", "full = true;", "full = false;"],
  [14, "a full table is still asked by value", "flow.ts", "rule.byValue && !state.values.full", "rule.byValue"],
];

const KERNEL: readonly Row[] = [
  [
    4,
    "a label is given only when it is certain",
    "labels.ts",
    "if (!evaluate(<usize>load<u32>(e, 8))) continue;",
    "if (evaluate(<usize>load<u32>(e, 8)) != TRUE) continue;",
  ],
  [4, "a result is trusted while that is possible", "labels.ts", "evaluate(trusted) != TRUE", "evaluate(trusted) == 0"],
  [
    5,
    "a call sees the labels of its own turn",
    "labels.ts",
    "== turn) seen &= ~(<u64>1 << i);",
    "== turn) seen |= <u64>1 << i;",
  ],
  [5, "a label of two turns counts as the first turn's", "labels.ts", "shared |= bit;", "shared |= 0;"],
  [12, "letter case counts in pieces", "values.ts", "store<u8>(o++, c - 65 < 26 ? c | 32 : c);", "store<u8>(o++, c);"],
  [12, "a grouped number is no number", "values.ts", "} else if (c != 44 || point) return 0;", "} else return 0;"],
  [12, "the last words of a text are not taken", "values.ts", "if (n > 4) token(", "if (n > 64) token("],
  [14, "a value that does not fit is forgotten silently", "values.ts", "return fillValues();\n  put", "return;\n  put"],
  [14, "a full table is still asked by value", "flows.ts", "if (valuesFull) return seenLabels;", ""],
  [
    14,
    "only the last call's labels are kept",
    "labels.ts",
    "store<u64>(at, given | labels);",
    "store<u64>(at, labels);",
  ],
];

export const FLOW_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "test/reference/", REFERENCE),
  ...planted("kernel", "runtime/kernel/assembly/", KERNEL),
];
