/** Mutants of grounding and of requirements about the request, in the reference interpreter and in the kernel. */
import type { Mutant } from "./mutant.ts";

type Row = readonly [law: number, name: string, file: string, text: string, replacement: string];

const REFERENCE: readonly Row[] = [
  [
    4,
    "what is not known is met",
    "verdict.ts",
    "certain(evaluate(rule.that, environment))",
    "possible(evaluate(rule.that, environment))",
  ],
  [4, "a scope that begins alike will do", "verdict.ts", "s.text === rule.scope", "s.text.startsWith(rule.scope)"],
  [13, "the agent's own words ground", "message.ts", 'if (request.from !== "user" ||', 'if (request.from === "" ||'],
  [13, "an echo grounds", "grounding/take.ts", "if (!echoed) next =", "next ="],
  [
    13,
    "an echo in a text grounds",
    "grounding/take.ts",
    "form !== undefined && !isEchoed(form, place, echo)",
    "form !== undefined",
  ],
  [13, "words of the call's own arguments ground", "grounding/table.ts", "row?.echoed === false", "row !== undefined"],
  [13, "what was planted grounds", "grounding/grounded.ts", "!isPlanted(view, kind, form, money, table) &&", ""],
  [
    13,
    "what is planted in other units grounds",
    "grounding/grounded.ts",
    'if (money && classes.has("amount") && isMarked(table, { class: "amount", form }, mark)) return true;',
    "",
  ],
  [
    13,
    "what is planted inside a text grounds",
    "grounding/traces.ts",
    "const parts = chunks(sent);",
    "const parts: string[] = [];",
  ],
  [13, "a rule's marks are everybody's", "grounding/table.ts", "?.has(mark) ?? false", "?.has(0) ?? false"],
  [13, "any word of a text grounds it", "grounding/text.ts", "run.every((word, i) =>", "run.some((word, i) =>"],
  [13, "a number may stand inside another", "grounding/tokens.ts", "[0-9]{1,3}(,[0-9]{3})+", "[0-9]+(,[0-9]+)+"],
  [13, "the same field of any tool grounds", "grounding/take.ts", "place.tool !== tool ||", ""],
  [13, "a result grounds whoever named it", "grounding/take.ts", "!named.has(place.namedBy)", "named.size < 0"],
  [
    13,
    "a call that asked is enough",
    "grounding/plant.ts",
    "isTrusted ? places.flatMap",
    "environment ? places.flatMap",
  ],
  [13, "a url grounds its whole host", "grounding/message.ts", "if (isBare(url)) {", 'if (url !== "") {'],
  [
    13,
    "a link that has no form is none",
    "grounding/grounded.ts",
    '.every((token) => token !== undefined && grounded(token));\n    case "number"',
    '.every((token) => token === undefined || grounded(token));\n    case "number"',
  ],
  [
    13,
    "only the first link of a chunk counts",
    "grounding/tokens.ts",
    "url.scheme !== undefined ? begins.slice(1) : begins",
    "url.scheme !== undefined ? [] : begins.slice(0, 1)",
  ],
  [
    13,
    "a host that was asked for grounds",
    "grounding/take.ts",
    'if (place.class !== "url" || !isBare(form)) return [];\n  const { host } = partsOfCanonical(form);',
    'if (place.class !== "url" || !isBare(form)) return [];\n  const { host } = partsOfCanonical(form);\n  if (host !== "") return [host];',
  ],
  [
    13,
    "a host that was planted grounds what lies below",
    "grounding/grounded.ts",
    "siteHeld(rule, host, table) && !isMarked(",
    "siteHeld(rule, host, table) || !isMarked(",
  ],
  [13, "names of members hide links", "grounding/traces.ts", "[name, ...stringsIn(member)]", "stringsIn(member)"],
  [
    13,
    "every fact of the principal is its own",
    "grounding/grounded.ts",
    '&& !(own === "id" && kind === "text")) return false;',
    ') return form !== "";',
  ],

  [
    14,
    "marks take no room",
    "grounding/table.ts",
    "table.tokens.size + wordsSaid + table.marks.size",
    "table.tokens.size + wordsSaid",
  ],
  [
    14,
    "a mark does not make room for itself",
    "grounding/table.ts",
    "  const key = traceKey(trace);",
    "  if (pinnedRows(table) + table.results.length >= table.rows) return table;\n  const key = traceKey(trace);",
  ],
  [
    14,
    "a long message pushes everything else out",
    "grounding/table.ts",
    "return pinned > table.rows ? table : {",
    "return {",
  ],
  [
    14,
    "a text that does not fit is taken in part",
    "grounding/table.ts",
    "if (rows.length + pinned > table.rows) return table;",
    "",
  ],
];

const KERNEL: readonly Row[] = [
  [
    4,
    "what is not known is met",
    "decide.ts",
    "return evaluate(<usize>load<u32>(<usize>load<u32>(r, 4))) == TRUE ?",
    "return evaluate(<usize>load<u32>(<usize>load<u32>(r, 4))) ?",
  ],
  [
    4,
    "an unknown value is grounded",
    "grounding.ts",
    "if (state == UNKNOWN) return false;",
    "if (state == UNKNOWN) return true;",
  ],
  [
    13,
    "an echo grounds",
    "taking.ts",
    "if (formOf(node, c) && !(c == CLASS_URL ? urlEchoed(formPtr, formLen) : isEchoed(c, formPtr, formLen)) &&",
    "if (formOf(node, c) &&",
  ],
  [13, "words of the call's own arguments ground", "tokens.ts", "let own = kind == R_WORD;", "let own = false;"],
  [13, "what was planted grounds", "grounding.ts", " && !planted(r, c, p, len, money)", ""],
  [
    13,
    "what is planted inside a text grounds",
    "planting.ts",
    "  startText(p, len);\n  while (nextChunk()) {\n    if (searched(CLASS_ID))",
    "  while (nextChunk()) {\n    if (searched(CLASS_ID))",
  ],
  [13, "amounts are not read in minor units", "planting.ts", "    exponent -= 2;\n", ""],
  [
    13,
    "anyone's words ground",
    "decide.ts",
    "if (passes && load<u32>(from, N_LEN) == 4 && load<u32>(<usize>load<u32>(from, N_PTR)) == user) hear(",
    "if (passes && user) hear(",
  ],
  [
    13,
    "a result grounds whoever named it",
    "taking.ts",
    "if (load<u32>(s, 20) && !((named >> load<u32>(s, 28)) & 1)) continue;",
    "",
  ],
  [
    13,
    "a link that has no form is none",
    "grounding.ts",
    "if (t == FORMLESS) return false;",
    "if (t == FORMLESS) continue;",
  ],
  [
    13,
    "a file's ending makes a link",
    "grounding.ts",
    "if (!readsAsLink()) return false;",
    "if (readsAsLink()) return false;",
  ],
  [13, "the call that asked is enough", "planting.ts", "if (!trusted || evaluate(trusted) == TRUE) ask(", "ask("],
  [
    14,
    "marks do not make room",
    "tokens.ts",
    "} else if (tokenCount >= <u32>H(H_TOKEN_CAP) && !evictResult()) forgetMarks();",
    "} else if (tokenCount >= <u32>H(H_TOKEN_CAP)) continue;",
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

export const GROUNDING_MUTANTS: readonly Mutant[] = [
  ...of("reference", "test/reference/", REFERENCE),
  ...of("kernel", "runtime/kernel/assembly/", KERNEL),
];
