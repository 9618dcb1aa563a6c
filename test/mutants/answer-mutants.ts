/** Mutants of what an answer says beside its outcome: until when it counts. In the reference and in the kernel. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    10,
    "asking again renews an answer",
    "test/reference/interpret.ts",
    "? Math.min(time, pending.time) : time)",
    "? time : time)",
  ],
];
const OF_CONTRACTS: readonly Row[] = [
  [
    5,
    "what is denied is not on record",
    "test/reference/call.ts",
    "!isLetThrough(decision) && !happens",
    "!isLetThrough(decision)",
  ],
];
const SET_ASIDE = "observed: wouldDo(verdict),";
const OBSERVED_REFERENCE: readonly Row[] = [
  [
    3,
    "an observed rule gives its labels",
    "test/reference/verdict.ts",
    SET_ASIDE,
    `${SET_ASIDE} labels: verdict.labels,`,
  ],
  [3, "an observed rule denies", "test/reference/verdict.ts", SET_ASIDE, `${SET_ASIDE} effects: verdict.effects,`],
  [3, "it is observed at its moment too", "test/reference/observe.ts", "now < observe.until", "now <= observe.until"],
  [9, "an observed budget does not count", "test/reference/verdict.ts", SET_ASIDE, `${SET_ASIDE} costs: [],`],
];
const OBSERVED_KERNEL: readonly Row[] = [
  [
    5,
    "what is denied is not on record",
    "runtime/kernel/assembly/decide.ts",
    "outcome >= ALLOW_WITH || isContractObserved",
    "outcome >= ALLOW_WITH",
  ],
  [
    5,
    "a run is suspended that goes on",
    "runtime/kernel/assembly/decide.ts",
    "if (isContractObserved) return; // it goes on",
    "",
  ],
  [
    3,
    "it does not say that nobody enforces",
    "runtime/kernel/assembly/event.ts",
    "if (isContractObserved) setFlag",
    "if (!isContractObserved) setFlag",
  ],
  [
    3,
    "an observed rule suspends",
    "runtime/kernel/assembly/observed.ts",
    "HAPPENS: u32 = 0xde3e",
    "HAPPENS: u32 = 0xd63e",
  ],
  [3, "it is observed at its moment too", "runtime/kernel/assembly/observed.ts", "56) > now", "56) >= now"],
  [
    3,
    "a clock that lags takes it back",
    "runtime/kernel/assembly/decide.ts",
    "resetObserved(now);",
    "resetObserved(integer(S_TIME));",
  ],
  [
    9,
    "an observed budget makes one wait",
    "runtime/kernel/assembly/budget.ts",
    "if (!isObserved(rule(id))) noteWait",
    "noteWait",
  ],
  [
    3,
    "the compiler forgets that it is observed",
    "compiler/src/link/rules.ts",
    "if (r.observed !== undefined) data",
    "if (r.observed === 0) data",
  ],
];
const KERNEL: readonly Row[] = [
  [
    10,
    "asking again renews an answer",
    "runtime/kernel/assembly/decide.ts",
    "min(<u64>integer(S_TIME), given)",
    "<u64>integer(S_TIME)",
  ],
  [10, "an answer runs out at once", "runtime/kernel/assembly/decide.ts", "given) + H(H_VALID)", "given)"],
  [10, "what is refused runs out", "runtime/kernel/assembly/decide.ts", "  validUntil = 0;\n", ""],
];

export const ANSWER_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "", [...REFERENCE, ...OBSERVED_REFERENCE, ...OF_CONTRACTS]),
  ...planted("kernel", "", [...KERNEL, ...OBSERVED_KERNEL]),
];
