/** Mutants of what a tool is: pinned definitions, open tools, and the class of a call. In the reference, the kernel and the compiler. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    1,
    "any definition will do",
    "test/reference/interpret.ts",
    'if (pinned !== undefined && request.digest !== undefined && request.digest !== pinned)\n    return refuse("tool_drift", request.time);',
    "",
  ],
  [1, "every tool is open", "test/reference/value.ts", "filter(([name]) => !open ||", "filter(([name]) =>"],
  [
    4,
    "a level that may apply does not",
    "test/reference/settle-class.ts",
    "possible(truth(level)))",
    "truth(level) === true)",
  ],
  [
    4,
    "a destination without a form is inside",
    "test/reference/settle-class.ts",
    'return host === "unknown" ? "unknown" :',
    'return host === "unknown" ? false :',
  ],
  [
    4,
    "what may be outside is",
    "test/reference/settle-class.ts",
    'return host === "unknown" ? "unknown" :',
    'return host === "unknown" ? true :',
  ],
];
const KERNEL: readonly Row[] = [
  [1, "any definition will do", "runtime/kernel/assembly/reading.ts", "if (drifted()) return R_TOOL_DRIFT;", ""],
  [1, "half a definition will do", "runtime/kernel/assembly/reading.ts", "pinned, 64);", "pinned, 32);"],
  [
    1,
    "every tool is open",
    "compiler/src/link/layout.ts",
    "descriptors.args(t.params, t.open)",
    "descriptors.args(t.params, true)",
  ],
  [
    4,
    "a level that may apply does not",
    "runtime/kernel/assembly/cases.ts",
    "if (truth) possible |=",
    "if (truth == TRUE) possible |=",
  ],
  [
    4,
    "a level that may apply does",
    "runtime/kernel/assembly/cases.ts",
    "if (truth == TRUE) sure |=",
    "if (truth) sure |=",
  ],
  [
    4,
    "a destination without a form is inside",
    "runtime/kernel/assembly/cases.ts",
    "outside ? evaluate(outside) : 0",
    "outside && evaluate(outside) == TRUE ? TRUE : 0",
  ],
  [
    4,
    "the compiler forgets which calls are meant",
    "compiler/src/lower/variants.ts",
    'const also = left?.op === "constant" ? undefined : left;',
    "const also = undefined;",
  ],
  [
    4,
    "the compiler takes what may be for what is",
    "compiler/src/lower/variants.ts",
    "return all || always.some((level) => c.levels.includes(level)) || undefined;",
    "return true;",
  ],
];

export const TOOL_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "", REFERENCE),
  ...planted("kernel", "", KERNEL),
];
