/** Mutants of commands: in the reading of the reference interpreter, in the kernel and in the compiler's tables. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    12,
    "the folder stays what it was",
    "programs.ts",
    "totals.folder = isNamed ? below(totals.folder, to!.text) : undefined;",
    "totals.folder = isNamed ? totals.folder : undefined;",
  ],
  [
    12,
    "a word in an option is no path",
    "touches.ts",
    "if (value !== undefined || /^[/.]/.test(body)) addPath",
    "if (/^[/.]/.test(text)) addPath",
  ],
  [12, "a program keeps its folder", "programs.ts", 'word.text.lastIndexOf("/") + 1', "0"],
  [12, "a line never goes on", "words.ts", "    if (take(r, /\\\\\\n/y) !== undefined) continue;\n", ""],
  [12, "only the program before feeds", "command.ts", "reverse(), ...feed];", "reverse()];"],
  [12, "a pipe never ends", "command.ts", "    feed = from;\n", ""],
  [4, "a glob is a word", "words.ts", "if (/[*?]/.test(c)) draft.many = true;", ""],
  [4, "any variable may be set", "command.ts", "T.chooses(name) || (known &&", "(known &&"],
  [
    4,
    "here-documents run nothing",
    "reading.ts",
    "!verbatim && runsSomething(content)",
    "!verbatim && content === delimiter",
  ],
  [
    4,
    "what is put behind a wrapper runs nothing",
    "programs.ts",
    "return adds ? giveUp() : { segments: [own(wrapper",
    "return { segments: [own(wrapper",
  ],
  [4, "braces of find are a word", "programs.ts", "{ ...word, hole: true }", "word"],
  [4, "a word follows `&>`", "command.ts", "ended || both ||", "ended ||"],
];

const KERNEL: readonly Row[] = [
  [12, "the folder stays what it was", "command-touch.ts", "  folder = MOVED;", "  folder = AS_SENT;"],
  [
    12,
    "the folder is sure behind any operator",
    "command.ts",
    "if (moves != from && !isPipe",
    "if (moves < from && !isPipe",
  ],
  [12, "a user hides the host", "command-touch.ts", "const isUser = from > 1;", "const isUser = from > 99999;"],
  [12, "redirections write nothing", "command.ts", "redirected(w, writes, copies);", "redirected(w, false, copies);"],
  [12, "a program keeps its folder", "command-store.ts", "nameLen = n - at;", "namePtr = p;\n  nameLen = n;"],
  [
    12,
    "words in quotes are left out",
    "command.ts",
    "while (load<u8>(p) != 39 && load<u8>(p) != 0) store<u8>(o++, load<u8>(p++));",
    "while (load<u8>(p) != 39 && load<u8>(p) != 0) p++;",
  ],
  [
    12,
    "what stands in brackets is passed over",
    "command.ts",
    "function subshell(): void {\n  if (++depth > MOST_DEPTH) giveUp();\n  const from = folderNow();\n  list(41);",
    "function subshell(): void {\n  while (load<u8>(p) && load<u8>(p) != 41) p++;\n  if (load<u8>(p)) p++;\n  depth++;\n  const from = folderNow();",
  ],
  [
    12,
    "only the program before feeds",
    "command-store.ts",
    "store<u32>(node, <u32>feed, N_NEXT);",
    "store<u32>(node, 0, N_NEXT);",
  ],
  [
    12,
    "a shell's text is not read",
    "command-run.ts",
    "return text ? read(text) : show(w, adds, flags);",
    "return show(w, adds, flags);",
  ],
  [
    4,
    "a line goes on behind a dollar",
    "command.ts",
    "(c == 34 && !inQuotes) || goesOn(p + 1)",
    "(c == 34 && !inQuotes)",
  ],
  [4, "login shells read nothing first", "command-options.ts", "if (isText && starts) giveUp();", ""],
  [4, "a test of two unknown words", "command-run.ts", "if (next(a) && !isKnown(next(a))) return giveUp();", ""],
  [4, "a glob is a word", "command.ts", "if (c == 42 || c == 63) many = true;", "if (c == 42 && c == 63) many = true;"],
  [
    4,
    "what is given up is known",
    "command.ts",
    "    setRelativePaths(waiting);\n    return false;",
    "    setRelativePaths(waiting);",
  ],
];

const COMPILER: readonly Row[] = [
  [12, "sudo is a program like any other", "commands.ts", '["sudo", wrapper(', '["sudo-", wrapper('],
  [4, "eval is a program like any other", "commands.ts", '"eval trap alias', '"eval- trap alias'],
];

export const COMMAND_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "test/reference/command/", REFERENCE),
  ...planted("kernel", "runtime/kernel/assembly/", KERNEL),
  ...planted("kernel", "compiler/src/link/", COMPILER),
];
