/** Mutants of evidence, in the reference interpreter and in the kernel. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [5, "nobody hears that a result does not fit", "result.ts", "unfit: ok && value === undefined", "unfit: false"],
  [5, "a call is evidence before its result", "prior.ts", '(row.ok || completion === "allowed") &&', ""],
  [
    5,
    "evidence ages from the call",
    "evidence.ts",
    "ok: true, time, sequence, result }",
    "ok: true, sequence, result }",
  ],
  [
    5,
    "any row of a list proves the others",
    "prior.ts",
    "rowEqual(asked, item) === true && isTrue(item)",
    "isTrue(item)",
  ],
  [
    5,
    "a value in a list is any of it",
    "prior.ts",
    "equalValues(current(asked, key), item) === true",
    "item !== undefined",
  ],
  [5, "evidence outlives a change", "prior.ts", "row.made > after &&", ""],
  [5, "a check that ends after the change will do", "prior.ts", "row.made > after &&", "row.sequence > after &&"],
  [
    14,
    "nobody notes that evidence was evicted",
    "evidence.ts",
    "forgotten: new Set([...state.forgotten, oldest.rule])",
    "forgotten: state.forgotten",
  ],
  [
    14,
    "nobody notes that elements were evicted",
    "evidence.ts",
    "forgotten: new Set([...state.forgotten, ...lost])",
    "forgotten: state.forgotten",
  ],
  [14, "elements are kept for ever", "evidence.ts", "items: items.slice(first)", "items"],
];

const KERNEL: readonly Row[] = [
  [5, "nobody hears that a result does not fit", "decide.ts", "if (ok && !root) setFlag(FLAG_UNFIT);", ""],
  [
    5,
    "a result that failed does not fit",
    "decide.ts",
    "if (ok && !root) setFlag(FLAG_UNFIT);",
    "if (!root) setFlag(FLAG_UNFIT);",
  ],
  [
    5,
    "any row of a list proves the others",
    "evidence.ts",
    "    if (!isKey(item(k), rowKey)) continue;\n    setItem",
    "    setItem",
  ],
  [
    5,
    "a value in a list is any of it",
    "evidence.ts",
    "i = nextItem(i + 1, owner, part)) if (isKey(item(i), key)) return true;",
    "i = nextItem(i + 1, owner, part)) if (key) return true;",
  ],
  [5, "evidence outlives a change", "evidence.ts", "|| load<u32>(row, 56) <= mark) continue;", ") continue;"],
  [
    5,
    "a check that ends after the change will do",
    "evidence.ts",
    "load<u32>(row, 56) <= mark) continue;",
    "load<u32>(row, 12) <= mark) continue;",
  ],
  [
    14,
    "nobody notes that evidence was evicted",
    "state.ts",
    "store<u8>(byte, <u32>load<u8>(byte) | (1 << (index & 7)));",
    "",
  ],
  [
    14,
    "nobody notes that elements were evicted",
    "items.ts",
    "for (let i: u32 = 0; i < old; i++) forget(load<u32>(item(i), 4) >> 16);",
    "",
  ],
  [14, "a list too long is not forgotten", "items.ts", "if (skipped) forget(index);", ""],
  [
    14,
    "what was evicted is not asked for",
    "evidence.ts",
    "if (negated && isForgotten(",
    "if (!negated && isForgotten(",
  ],
];

export const EVIDENCE_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "test/reference/", REFERENCE),
  ...planted("kernel", "runtime/kernel/assembly/", KERNEL),
];
