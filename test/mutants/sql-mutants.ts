/** Mutants of what SQL does: in the reference interpreter, in the kernel and in the compiler's words. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [12, "a value for something is none", "classify.ts", 'word(-2) === "value" ||', ""],
  [
    12,
    "one where is enough for all",
    "classify.ts",
    "if (!frame.where) everywhere = false;",
    "everywhere = frame.where;",
  ],
  [12, "a name of WITH is in force inside its own body", "classify.ts", "if (isAll) give(given);", "give(given);"],
  [
    12,
    "a comma begins no table",
    "classify.ts",
    "if (frame.from) tableReference(false);\n        else",
    "if (frame.from) at += 0;\n        else",
  ],
  [12, "quoted names are others", "tokens.ts", "name: PLAIN_NAME.test(name) ? name : undefined,", "name: undefined,"],
  [
    12,
    "a backslash is any character",
    "tokens.ts",
    "const STRING = /^'(?:[^'\\\\\\0]|",
    "const STRING = /^'(?:[^'\\0]|",
  ],
  [12, "names of WITH are folded", "tokens.ts", "written: word }", "written: word.toLowerCase() }"],
  [12, "a SELECT may follow another", "classify.ts", "if (frame.chosen && ![", "if (!frame.where && frame.where && !["],
  [12, "every function may be called", "classify.ts", "!(OPENERS.has(called) || FUNCTIONS.has(called))", "false"],
  [12, "a verb in the middle is a name", "classify.ts", "if (VERBS.has(text)) refuse();\n    }\n  }", "}\n  }"],
  [
    4,
    "what nobody understands reads",
    "../value.ts",
    "return classifySql(sent) === undefined ? undefined : sent;",
    "return sent;",
  ],
  [11, "statements have no end", "classify.ts", "if (count > MOST_STATEMENTS) refuse();", ""],
  [
    11,
    "parentheses may stand in each other for ever",
    "classify.ts",
    "if (depth > MOST_DEPTH) refuse();\n    const isQuery",
    "const isQuery",
  ],
];

const KERNEL: readonly Row[] = [
  [12, "lines of clients are read", "sql-tokens.ts", "if (hasClientLine(p, p + len)) return false;", ""],
  [12, "sequences stay where they are", "sql.ts", "if (valueOf(at) & SEQUENCE) refuse();", "if (false) refuse();"],
  [12, "backquotes hold anything", "sql-tokens.ts", "return backquoted(p + 1, end);", "return quoted(p + 1, end, c);"],
  [12, "one where is enough for all", "sql.ts", "if (!where) everywhere = true;", "everywhere = !where;"],
  [12, "names of WITH stand in quotes", "sql.ts", "kind == T_WORD ? written(partPtr) : 0", "partPtr"],
  [12, "what runs in a comment is none", "sql-tokens.ts", "(isFirst(first) && at(p + 1, end) == 33)", "false"],
  [12, "names of WITH are tables", "sql.ts", "|| !isGiven(nameRaw, nameLen)", "|| true"],
  [12, "a group keeps what it said of tables", "sql.ts", "from = beforeFrom;", ""],
  [12, "words are compared as written", "sql-tokens.ts", "fold(p, len, folded);", "memory.copy(folded, p, len);"],
  [12, "a backslash is any character", "sql-tokens.ts", "if (next == 0 || next == 39) return 0;", ""],
  [12, "a dash and a dash are a comment", "sql-tokens.ts", "if (p < end && !isBlank(load<u8>(p))) return 0;", ""],
  [
    12,
    "a deletion is no change",
    "sql.ts",
    "does |= WRITES | DELETES;\n    changed(DELETE);",
    "does |= DELETES;\n    changed(DELETE);",
  ],
  [
    4,
    "what nobody understands reads",
    "sql-value.ts",
    "if (!list) return false;",
    "if (!list) { store<u32>(node, 1, N_PART); return true; }",
  ],
  [11, "statements have no end", "sql.ts", "if (++count > MOST_STATEMENTS) return 0;", "++count;"],
  [
    11,
    "tables have no end",
    "sql-names.ts",
    "if (tableCount == MOST) return false;",
    "if (tableCount == MOST) return true;",
  ],
];

const COMPILER: readonly Row[] = [
  [12, "a word of the middle is no verb", "compiler/src/link/sql-words.ts", "[0x100, VERBS],", "[0x100, []],"],
  [
    12,
    "a where with a list stays among tables",
    "compiler/src/link/sql-words.ts",
    "[0x200, CLAUSES],",
    "[0, CLAUSES],",
  ],
];

export const SQL_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "test/reference/sql/", REFERENCE),
  ...planted("kernel", "runtime/kernel/assembly/", KERNEL),
  ...planted("kernel", "", COMPILER),
];
