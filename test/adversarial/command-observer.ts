/**
 * What a subject makes of a command, seen from outside: a contract whose rules ask about it one by one, each as it stands and negated, so that
 * true, false and unknown tell themselves apart; and an approval that binds all segments, whose digest differs when anything in them does.
 */
import {
  allow,
  approval,
  contract,
  deny,
  listOf,
  lit,
  record,
  ref,
  requireApproval,
  T,
  tool,
} from "../contracts/build.ts";
import { kernelSubject } from "../differential/kernel-subject.ts";
import { NEW_SESSION } from "../differential/subject.ts";
import type { Condition, Contract, Reference } from "../reference/contract.ts";
import type { RefDecision } from "../reference/decision.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState } from "../reference/state.ts";

const SEGMENT = record({ program: T.text, args: listOf(T.text), stdin_from: listOf(T.text) });
const SEGMENTS = ref("args.c", listOf(SEGMENT), { member: "command.segments" });
const PROGRAMS = ref("args.c", listOf(T.text), { member: "command.programs" });

const PATHS = ["/etc/passwd", "/home/ann/app/a.txt", "/home/ann/app/x/a.txt", "/tmp/log"];
const TOUCHED = [
  ref("args.c", listOf(T.path), { member: "command.paths" }),
  ref("args.c", listOf(T.host), { member: "command.hosts" }),
  ref("args.c", listOf(T.path), { member: "command.writes" }),
];

const element = (depth: number, path: string, type = T.text as Reference["type"]): Reference =>
  ref(path === "" ? "element" : `element.${path}`, type, { depth });
const any = (list: Reference, body: Condition, depth = 0): Condition => ({
  kind: "quantifier",
  quantifier: "any",
  depth,
  lists: [list],
  body,
});
const is = (left: Reference, text: string): Condition => ({ kind: "compare", op: "==", left, right: lit(text) });
const isPath = (left: Reference, path: string): Condition => ({
  kind: "compare",
  op: "==",
  left,
  right: lit(path, T.path),
});
const counts = (list: Reference, n: number): Condition => ({
  kind: "compare",
  op: "==",
  left: { kind: "count", list },
  right: lit({ digits: BigInt(n % 10 === 0 ? 0 : n), exponent: 0 }, T.int),
});

/** Questions by name. */
export function questions(names: readonly string[], words: readonly string[]): ReadonlyMap<string, Condition> {
  const args = element(0, "args", listOf(T.text));
  const from = element(0, "stdin_from", listOf(T.text));
  return new Map<string, Condition>([
    ...names.map((n) => [`runs ${n}`, any(PROGRAMS, is(element(0, ""), n))] as const),
    ...names.map((n) => [`fed by ${n}`, any(SEGMENTS, any(from, is(element(1, ""), n), 1))] as const),
    ...words.map((w) => [`given ${w}`, any(SEGMENTS, any(args, is(element(1, ""), w), 1))] as const),
    ...PATHS.flatMap((p) => [
      [`touches ${p}`, any(TOUCHED[0]!, isPath(element(0, "", T.path), p))] as const,
      [`writes ${p}`, any(TOUCHED[2]!, isPath(element(0, "", T.path), p))] as const,
    ]),
    ["reaches acme", any(TOUCHED[1]!, { kind: "host_in", item: element(0, "", T.host), patterns: ["acme.example"] })],
    ...TOUCHED.map((list) => [`${list.member} 0`, counts(list, 0)] as const),
    ...[0, 1, 2, 3, 4].map((n) => [`${n} programs`, counts(PROGRAMS, n)] as const),
    ...[0, 1, 2].map((n) => [`${n} words`, any(SEGMENTS, counts(args, n))] as const),
  ]);
}

export function observerContract(asked: ReadonlyMap<string, Condition>): Contract {
  const run = [tool("run", { c: T.command })];
  const both = [...asked.values()].flatMap((condition, i) => [
    deny(`q${i}_yes`, ["run"], condition),
    deny(`q${i}_no`, ["run"], { kind: "not", part: condition }),
  ]);
  return contract(run, [allow("all", ["run"]), ...both]);
}
const BINDING = contract(
  [tool("run", { c: T.command })],
  [allow("all", ["run"]), requireApproval("seen", ["run"], approval({ binds: [SEGMENTS, PROGRAMS, ...TOUCHED] }))],
);

/** Something that decides by a contract. */
export type Decider = (contract: Contract) => (request: Uint8Array) => RefDecision;
export const byKernel: Decider = (made) => {
  const instance = kernelSubject().compile(made);
  return (request) => instance.decide(request, NEW_SESSION).decision;
};
/** With the contract's identity in the module, so that digests can be compared. */
export const byReference: Decider = (made) => {
  const { contractDigest } = kernelSubject().compile(made);
  return (request) => interpret(made, contractDigest, request, emptyState()).decision;
};

/** What of the questions is true (+) or unknown (?) of a command. */
export function truths(
  decider: Decider,
  asked: ReadonlyMap<string, Condition>,
): (command: string) => readonly string[] {
  const decide = decider(observerContract(asked));
  const names = [...asked.keys()];
  return (command) => {
    const { rules } = decide(callOf(command));
    return names.flatMap((name, i) => {
      if (!rules.includes(`q${i}_yes`)) return [];
      return [rules.includes(`q${i}_no`) ? `?${name}` : `+${name}`];
    });
  };
}

/** For a command, a line each: what of the questions is true or unknown, and what is bound. */
export function observer(decider: Decider, asked: ReadonlyMap<string, Condition>): (command: string) => string {
  const [told, binds] = [truths(decider, asked), decider(BINDING)];
  return (command) => {
    const { approvals, reason } = binds(callOf(command));
    return [...told(command), approvals[0]?.digest ?? reason].join("\n");
  };
}

function callOf(command: string): Uint8Array {
  const request = {
    event: "call",
    principal: { id: "bot" },
    action: { tool: "run", args: { c: command } },
    context: { time: 1_767_225_600_000, call_id: "c", cwd: "/home/ann/app" },
  };
  return new TextEncoder().encode(JSON.stringify(request));
}
