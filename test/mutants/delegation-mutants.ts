/** Mutants of calls that are made for others (whose rules are asked, what the chain is checked by) and of what approvals bind. */
import { type Mutant, planted, type Row } from "./mutant.ts";

const REFERENCE: readonly Row[] = [
  [
    7,
    "one grant is enough for all of the chain",
    "test/reference/call.ts",
    "const granted = identities.every((",
    "const granted = identities.some((",
  ],
  [
    7,
    "a delegator's own rules are not asked",
    "test/reference/call.ts",
    "if (rule.agent !== undefined && rule.agent !== identity.agent) return false;",
    "if (rule.agent !== undefined && rule.agent !== call.agent) return false;",
  ],
  [7, "every line admits", "test/reference/verdict.ts", "return certain(and(parts));", "return true;"],
  [
    7,
    "scopes may grow on the way",
    "test/reference/chain.ts",
    "(compares && !isWithin(scopes, link.scopes))",
    "(compares && isWithin([], scopes) === false)",
  ],
  [7, "a block of any depth", "test/reference/chain.ts", "chain.length - i <= block.depth", "chain.length >= 0"],
  [
    7,
    "a share counts what is spent for nobody",
    "test/reference/verdict.ts",
    "if (rule.delegator !== undefined && rule.delegator !== environment.delegator) return silent;",
    "",
  ],
  [
    6,
    "whoever a call is made for approves it",
    "test/reference/approval.ts",
    "if (roles !== undefined && asking.request.chain?.some((link) => link.id === entry.by)) return false;",
    "",
  ],
  [
    6,
    "an approval that binds less binds all",
    "test/reference/approval.ts",
    "approval.whole ? Buffer.from(asking.actionDigest",
    "approval.quorum > 0 ? Buffer.from(asking.actionDigest",
  ],
];
const KERNEL: readonly Row[] = [
  [
    7,
    "one grant is enough for all of the chain",
    "runtime/kernel/assembly/answer.ts",
    "if (!(granted & GRANTS)) ungranted = true;",
    "",
  ],
  [
    7,
    "a delegator is read as the principal",
    "runtime/kernel/assembly/chain.ts",
    "  standIn(i + 1 < agentCount() ? i + 1 : 0);\n",
    "",
  ],
  [
    7,
    "a denial of one turn is forgotten in the next",
    "runtime/kernel/assembly/decide.ts",
    "for (let i: u32 = 0; i < turns; i++) bringBack(",
    "for (let i: u32 = turns - 1; i < turns; i++) bringBack(",
  ],
  [7, "a delegation lasts for ever", "runtime/kernel/assembly/chain.ts", "age <= <u64>ttl", "age >= 0"],
  [
    7,
    "the last hop needs no block",
    "runtime/kernel/assembly/chain.ts",
    "if (!isGiven(from,",
    "if (after && !isGiven(from,",
  ],
  [
    7,
    "a share counts what is spent for nobody",
    "compiler/src/lower/delegations.ts",
    'rule.kind === "budget" ? rule.delegator : rule.from',
    'rule.kind === "budget" ? undefined : rule.from',
  ],
  [
    6,
    "whoever a call is made for approves it",
    "runtime/kernel/assembly/approval.ts",
    "if (!(flags & FROM_USER) && isFor(member(entry, A_BY))) return false;",
    "",
  ],
  [
    6,
    "an approval that binds all binds less",
    "runtime/kernel/assembly/approval.ts",
    "const named = load<u32>(a, 12) & IN_PART ?",
    "const named = load<u32>(a) ?",
  ],
];

export const DELEGATION_MUTANTS: readonly Mutant[] = [
  ...planted("reference", "", REFERENCE),
  ...planted("kernel", "", KERNEL),
];
