/** Mutants of inspections, in the reference and in the kernel. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    4,
    "an unknown inspection does not look",
    "verdict.ts",
    "if (!possible(holds(rule.when))) return silent;\n      const seen",
    "if (holds(rule.when) !== true) return silent;\n      const seen",
  ],
  [4, "what is encoded too deep is passed", "inspection/inspect.ts", "if (isEncoded(text)) work.over = true;", ""],
  [
    12,
    "names of members are not looked at",
    "inspection/inspect.ts",
    "yield { text: name, path: below, isName: true };",
    "",
  ],
  [
    12,
    "base64 is read from its first letter only",
    "inspection/encodings.ts",
    "[0, 1, 2, 3].map((skip) => base64Of",
    "[0].map((skip) => base64Of",
  ],
  [
    12,
    "a key is found within a word",
    "inspection/inspect.ts",
    "if (starts && /[A-Za-z0-9_]$/.test(left)) return false;",
    "",
  ],
  [2, "any severity is enough", "inspection/inspect.ts", ">= SEVERITIES.indexOf(rule.atLeast)", ">= 0"],
  [
    4,
    "a result in which something is found is evidence",
    "result.ts",
    "const kept = happens || (allKept && (admitted === undefined || admitted.passes));",
    "const kept = happens || allKept;",
  ],
  [
    5,
    "what a result is said to carry is not given",
    "content.ts",
    "labels: give(next.labels, labels, request.turn)",
    "labels: next.labels",
  ],
  [6, "an approval of one result counts for all", "content.ts", 'canonicalJson(value)},"tool"', 'null},"tool"'],
  [
    8,
    "what is not listed need not be taken out",
    "inspection/inspect.ts",
    "const isTold = !overLimit && findings.length <= MOST_FINDINGS;",
    "const isTold = !overLimit;",
  ],
  [
    4,
    "what was held back is not looked at again",
    "chunk.ts",
    "const text = stream.held + chunk;",
    "const text = stream.held.slice(0, 0) + chunk;",
  ],
  [
    4,
    "the result of a stream that was denied is handed on",
    "result.ts",
    'if (pending.stream.end === "denied")',
    'if (pending.stream.end === "last")',
  ],
];

const KERNEL: readonly Row[] = [
  [8, "a redaction that denies is none", "inspection.ts", "? O_DENY | O_WITH : O_WITH", "? O_DENY : O_WITH"],
  [4, "what is encoded too deep is passed", "inspection.ts", "if (isStillEncoded(p, len)) over = true;", ""],
  [4, "over the limit only what is listed is found", "inspection.ts", "if (!over && !hit) return", "if (!hit) return"],
  [12, "two layers are looked at", "inspection.ts", "const LAYERS: u32 = 3;", "const LAYERS: u32 = 2;"],
  [
    12,
    "the automaton forgets what a text ends on",
    "finding.ts",
    "s = <usize>load<u16>(state);\n    }\n    if (!s) continue;",
    "s = 0;\n    }\n    if (!s) continue;",
  ],
  [12, "letter case counts in phrases", "finding.ts", "if (c - 65 < 26) c |= 32;\n    for", "for"],
  [12, "lines end a run of base64", "encodings.ts", "} else if (isLine(c)) p++;", "} else if (false) p++;"],
  [12, "letters of keys are not compared", "finding.ts", "if (flags & EXACT && !equal(", "if (false && !equal("],
  [
    2,
    "what stands in any text is found by every rule",
    "inspection.ts",
    "const hit = v128.any_true(v128.or(v128.and(v128.load(kinds), v128.load(FOUND))",
    "const hit = v128.any_true(v128.or(v128.load(FOUND)",
  ],
  [
    4,
    "a message in which something is found is heard",
    "decide.ts",
    "passes = admit() || isContractObserved;\n  }\n  if (!H(H_STATEFUL)) return;",
    "admit();\n  }\n  if (!H(H_STATEFUL)) return;",
  ],
  [
    6,
    "the digest of a result is that of no value",
    "digest.ts",
    "return canonicalResult(p, p +",
    "return canonicalResult(0, p +",
  ],
  [
    5,
    "what a withheld result is said to carry is not given",
    "decide.ts",
    "    if (said) giveLabels(said, known(S_TURN), turnValue());\n  }\n  return outcome",
    "    if (said && outcome >= ALLOW_WITH) giveLabels(said, known(S_TURN), turnValue());\n  }\n  return outcome",
  ],
  [
    8,
    "what is not listed need not be taken out",
    "inspection.ts",
    "load<u32>(H(H_FINDINGS_ANSWER), 4) ? O_DENY | O_WITH : O_WITH",
    "over ? O_DENY | O_WITH : O_WITH",
  ],
  [8, "nobody is told to take something out", "inspection.ts", "? O_DENY | O_WITH : O_WITH;", "? O_DENY | O_WITH : 0;"],
  [4, "nothing is held back", "stream.ts", "keeps ? min(heldLen, WINDOW) : 0;", "0;"],
  [
    4,
    "a stream goes on after a denial",
    "decide.ts",
    "else if (streamEnd(row)) answerAlone(DENY, R_INSPECTION);",
    "else if (streamEnd(row) == LAST) answerAlone(DENY, R_INSPECTION);",
  ],
];

export const INSPECTION_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "test/reference/", REFERENCE),
  ...planted("kernel", "runtime/kernel/assembly/", KERNEL),
];
