/**
 * Values written otherwise: what the operating system or the standard treats as one value gets one verdict, in the kernel and in the reference, and
 * what only looks like it gets another. The pairs stand in rewritings.txt.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allow, contract, deny, ref, T, tool } from "../contracts/build.ts";
import type { Type } from "../reference/contract.ts";
import { byKernel, byReference, type Decider, questions, truths } from "./command-observer.ts";

const SAME = " ≡ ";
const OTHER = " ≢ ";
const TYPES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["Path", T.path],
  ["Host", T.host],
  ["Url", T.url],
  ["Email", T.email],
  ["Ip", T.ip],
  ["Account", T.account],
  ["Date", T.date],
  ["Time", T.time],
  ["Duration", T.duration],
  ["Decimal", T.decimal],
  ["Command", T.command],
]);

interface Section {
  readonly name: string;
  readonly same: readonly (readonly [string, string])[];
  readonly other: readonly (readonly [string, string])[];
}

const written = (text: string): string => text.replaceAll("␊", "\n").replaceAll("␣", " ");
const SECTIONS: readonly Section[] = readFileSync(new URL("rewritings.txt", import.meta.url), "utf8")
  .split(/^== /m)
  .slice(1)
  .map((section) => {
    const [name = "", ...lines] = section.split("\n");
    const groups = lines.filter((line) => line.includes(SAME)).map((line) => line.split(SAME).map(written));
    return {
      name,
      same: groups.flatMap((group) => group.slice(1).map((each) => [group[0]!, each] as const)),
      other: lines
        .filter((line) => line.includes(OTHER))
        .map((line) => line.split(OTHER).map(written) as [string, string]),
    };
  });

/** "same", "another", or "unknown": what rules that compare the two make of them. */
function comparing(decider: Decider, type: Type): (a: string, b: string) => string {
  const compare = (op: "==" | "!=") =>
    ({ kind: "compare", op, left: ref("args.a", type), right: ref("args.b", type) }) as const;
  const rules = [allow("all", ["t"]), deny("another", ["t"], compare("!=")), deny("same", ["t"], compare("=="))];
  const decide = decider(contract([tool("t", { a: type, b: type })], rules));
  const value = (text: string) => (type.kind === "decimal" ? text : JSON.stringify(text));
  return (a, b) => {
    const args = `{"a":${value(a)},"b":${value(b)}}`;
    const context = `{"time":1767225600000,"call_id":"c","cwd":"/home/ann/app"}`;
    const request = `{"event":"call","principal":{"id":"bot"},"action":{"tool":"t","args":${args}},"context":${context}}`;
    const { rules: decided, reason } = decide(new TextEncoder().encode(request));
    return reason === "denied_by_rule" ? decided.join() : reason;
  };
}

const WORDS = ["-rf", "x", "y", "a", "b", "a b", "rm", "x ", "X", "$x", "*.txt", "~/x", "-v", "5", "$(rm x)"];
/** Of commands: "same" when no question about them tells them apart. */
function observing(decider: Decider): (a: string, b: string) => string {
  const names = [
    "rm",
    "ls",
    "curl",
    "sh",
    "sudo",
    "cat",
    "echo",
    "env",
    "command",
    "rmx",
    "timeout",
    "find",
    "5",
    "rm x",
  ];
  const observe = truths(decider, questions(names, WORDS));
  return (a, b) => {
    const [x, y] = [observe(a), observe(b)];
    return x.length === 0 ? "nothing is asked" : x.join() === y.join() ? "same" : "another";
  };
}

test("there are three hundred pairs that are one value, and a hundred that are two", () => {
  const count = (of: "same" | "other") => SECTIONS.reduce((sum, section) => sum + section[of].length, 0);
  expect(count("same")).toBeGreaterThanOrEqual(300);
  expect(count("other")).toBeGreaterThanOrEqual(100);
  expect(SECTIONS.map(({ name }) => name).sort()).toEqual([...TYPES.keys()].sort());
});

describe.each([
  ["kernel", byKernel],
  ["reference", byReference],
] as const)("%s", (_, decider) => {
  test.each(SECTIONS)("$name", ({ name, same, other }) => {
    const type = TYPES.get(name)!;
    const verdict = type.kind === "command" ? observing(decider) : comparing(decider, type);
    for (const [a, b] of same) expect([a, b, verdict(a, b)]).toEqual([a, b, "same"]);
    for (const [a, b] of other) expect([a, b, verdict(a, b)]).toEqual([a, b, "another"]);
  });
});
