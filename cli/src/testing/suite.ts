/**
 * A suite: tests of one contract in YAML, in wire form, for programs that write tests and for people who keep many. Read here
 * into the same steps that a contract's own tests are (docs/formats/test-suite.md); names are looked up in the contract.
 */
import {
  type Carried,
  type Contract,
  type FigureName,
  type Json,
  readDuration,
  readTime,
  suggest,
  type Test,
} from "@thc/language";
import { Ajv2020 } from "ajv/dist/2020.js";
import { readYaml, type YamlPath, type YamlProblem } from "../files/yaml.ts";
import { carriedBy, writeObligation } from "./compare.ts";
import { SUITE_SCHEMA } from "./suite-schema.ts";

export interface Suite {
  /** As written. */
  readonly contract: string;
  /** The tests, once the contract is at hand. */
  readonly tests: (contract: Contract) => SuiteTests;
}
export type SuiteTests =
  | { readonly ok: true; readonly tests: readonly Test[] }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };
export type SuiteRead =
  | { readonly ok: true; readonly suite: Suite }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

type Step = Test["steps"][number];
type Args = { readonly [name: string]: Json };
interface WrittenExpectation {
  readonly outcome: "allow" | "approval" | "deny";
  readonly by?: readonly string[];
  readonly only?: boolean;
  readonly with?: readonly string[];
  readonly observed?: readonly string[];
}
type Expected = WrittenExpectation["outcome"] | WrittenExpectation;
/** What the schema lets through. */
type WrittenStep =
  | { readonly as: string; readonly for?: string; readonly scopes?: readonly string[] }
  | { readonly fact: Args }
  | { readonly at: string }
  | { readonly after: string }
  | { readonly user_says: string; readonly expect?: Expected }
  | { readonly prior: string; readonly args?: Args; readonly result?: "ok" | "failed"; readonly returns?: Json }
  | { readonly attempt: string; readonly args?: Args }
  | { readonly approved: string; readonly by: string; readonly role?: string }
  | { readonly call: string; readonly args?: Args; readonly expect: Expected }
  | { readonly result: Json; readonly expect: Expected }
  | { readonly chunk: string; readonly last?: boolean; readonly expect: Expected };
interface Written {
  readonly contract: string;
  readonly tests: readonly { readonly name: string; readonly steps: readonly WrittenStep[] }[];
}

const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, discriminator: false }).compile(
  SUITE_SCHEMA,
);

/** What the host says of each call's costs, by path. */
const FIGURE = /^(context|result)\.(cost|tokens|elapsed)$/;

export function readSuite(text: string): SuiteRead {
  const read = readYaml(text, validate);
  if (!read.ok) return { ok: false, problems: oncePerLine(read.problems) };
  const written = read.value as Written;
  return {
    ok: true,
    suite: {
      contract: written.contract,
      tests(contract) {
        const problems: YamlProblem[] = [];
        const tests = written.tests.map(({ name, steps }, t): Test => {
          const at = (path: YamlPath) => read.place(["tests", t, ...path]);
          const report = (path: YamlPath, message: string): undefined =>
            void problems.push({ line: at(path).line, message });
          return {
            name,
            span: at(["name"]),
            steps: steps.flatMap((step, s) => {
              const path: YamlPath = ["steps", s];
              const { start, end } = at(path);
              const typed = typeStep(step, contract, { start, end }, (below, message) =>
                report([...path, ...below], message),
              );
              return typed ?? [];
            }),
          };
        });
        return problems.length === 0 ? { ok: true, tests } : { ok: false, problems };
      },
    },
  };
}

/** One step that is no step fails every alternative of the schema: one line for it is enough. */
function oncePerLine(problems: readonly YamlProblem[]): readonly YamlProblem[] {
  const lines = new Map<number, string[]>();
  for (const { line, message } of problems) lines.set(line, [...(lines.get(line) ?? []), message]);
  return [...lines].map(([line, messages]) => ({
    line,
    message: messages.some((m) => m.includes("oneOf") || m.includes("exactly one schema"))
      ? "this is no step: one of `as`, `fact`, `at`, `after`, `user_says`, `prior`, `attempt`, `approved`, `call`, `result` or `chunk` with its `expect`, and what belongs to it"
      : messages[0]!,
  }));
}

type Report = (below: YamlPath, message: string) => undefined;

function typeStep(written: WrittenStep, contract: Contract, span: Step["span"], report: Report): Step[] | undefined {
  if ("as" in written) {
    const agent = find("agent", written.as, contract.agents, ["as"], report);
    const whom = written.for === undefined ? undefined : find("agent", written.for, contract.agents, ["for"], report);
    if (agent === undefined || (written.for !== undefined && whom === undefined)) return undefined;
    const principal = (of: number): string => contract.agents[of]!.ids[0]!.replaceAll("*", "test");
    const of = whom === undefined ? undefined : { agent: whom, principal: principal(whom) };
    return [{ span, kind: "as", agent, principal: principal(agent), of, scopes: written.scopes ?? [] }];
  }
  if ("fact" in written) {
    const facts = Object.entries(written.fact).map(([path, value]): Step | undefined => {
      if (path === "context.cwd" && typeof value === "string") return { span, kind: "cwd", path: value };
      const [, root, name] = FIGURE.exec(path) ?? [];
      if (root !== undefined && name !== undefined)
        return typeof value === "number" && value >= 0
          ? { span, kind: "figure", root: root as "context" | "result", name: name as FigureName, value }
          : report(["fact", path], `\`${path}\` is a number: the contract's currency, tokens, milliseconds`);
      const known = contract.facts.map((each) => ({ name: each.path }));
      const fact = find("fact", path, known, ["fact", path], report);
      return fact === undefined ? undefined : { span, kind: "fact", fact, value };
    });
    return facts.every((fact) => fact !== undefined) ? facts : undefined;
  }
  if ("at" in written) {
    const time = readTime(written.at);
    if (time === undefined) return report(["at"], `\`${written.at}\` is no time: write \`2026-01-31T09:00:00Z\``);
    return [{ span, kind: "at", time }];
  }
  if ("after" in written) {
    const ms = readDuration(written.after);
    if (ms === undefined || ms <= 0)
      return report(["after"], `\`${written.after}\` is no duration: write \`20s\`, \`16m\`, \`2h\``);
    return [{ span, kind: "after", ms }];
  }
  const followed = (step: Step, expected: Expected | undefined): Step[] | undefined => {
    if (expected === undefined) return [step];
    const whole = typeof expected === "string" ? { outcome: expected } : expected;
    const expectation = typeExpectation(whole, contract, span, report);
    return expectation && [step, expectation];
  };
  if ("user_says" in written) return followed({ span, kind: "user_says", text: written.user_says }, written.expect);
  if ("chunk" in written)
    return followed({ span, kind: "chunk", text: written.chunk, last: written.last === true }, written.expect);
  // `prior` has a member of that name
  if ("result" in written && !("prior" in written))
    return followed({ span, kind: "result", value: written.result }, written.expect);
  if ("approved" in written) {
    const rule = find("rule", written.approved, contract.rules, ["approved"], report);
    return rule === undefined ? undefined : [{ span, kind: "approved", rule, by: written.by, role: written.role }];
  }
  const called = "prior" in written ? "prior" : "attempt" in written ? "attempt" : "call";
  const name = "prior" in written ? written.prior : "attempt" in written ? written.attempt : written.call;
  const tool = find("tool", name, contract.tools, [called], report);
  if (tool === undefined) return undefined;
  const call = { tool, args: written.args ?? {} };
  if ("prior" in written) {
    const returns = Object.hasOwn(written, "returns") ? written.returns : undefined;
    return [{ span, kind: "prior", call, ok: written.result !== "failed", returns }];
  }
  if ("attempt" in written) return [{ span, kind: "attempt", call }];
  return followed({ span, kind: "call", call }, written.expect);
}

function typeExpectation(
  { outcome, by = [], only = false, with: carried = [], observed = [] }: WrittenExpectation,
  contract: Contract,
  span: Step["span"],
  report: Report,
): Step | undefined {
  const rules = by.map((name, i) => find("rule", name, contract.rules, ["expect", "by", i], report));
  const trial = observed.map((name, i) => {
    const path = ["expect", "observed", i];
    const rule = find("rule", name, contract.rules, path, report);
    const isEnforced = rule !== undefined && contract.rules[rule]!.observe === undefined;
    return isEnforced ? report(path, `\`${name}\` is enforced, not observed`) : rule;
  });
  const known = obligationsOf(contract);
  const obligations = carried.map((text, i): Carried | undefined => {
    const found = known.get(text.replaceAll(/\s+/g, ""));
    return found ?? report(["expect", "with", i], `no rule carries \`${text}\`${near(text, known.keys())}`);
  });
  if (outcome !== "allow" && carried.length > 0)
    return report(["expect", "with"], "obligations come with `outcome: allow` only");
  const ids = [...rules, ...trial];
  if (!ids.every((rule) => rule !== undefined) || !obligations.every((each) => each !== undefined)) return undefined;
  const sorted = (some: readonly (number | undefined)[]) =>
    [...new Set(some.flatMap((rule) => rule ?? []))].sort((a, b) => a - b);
  return { span, kind: "expect", outcome, by: sorted(rules), only, obligations, observed: sorted(trial) };
}

/** By how they are written, without spaces. */
function obligationsOf(contract: Contract): ReadonlyMap<string, Carried> {
  const all = contract.rules.flatMap(carriedBy);
  return new Map(all.map((each) => [writeObligation(each).replaceAll(/\s+/g, ""), each]));
}

/** The index of what has this name. */
function find(
  what: string,
  name: string,
  known: readonly { readonly name: string }[],
  below: YamlPath,
  report: Report,
): number | undefined {
  const index = known.findIndex((each) => each.name === name);
  if (index >= 0) return index;
  const names = known.map((each) => each.name);
  return report(below, `unknown ${what} \`${name}\`${near(name, names)}`);
}

function near(name: string, known: Iterable<string>): string {
  const nearest = suggest(name, known);
  return nearest === undefined ? "" : `: did you mean \`${nearest}\`?`;
}
