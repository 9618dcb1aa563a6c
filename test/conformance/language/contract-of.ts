/** A contract around a few statements, and what checking it comes to. */
import { type CheckOptions, type Condition, type Contract, check, type Diagnostic, type Rule } from "@thc/language";

const AGENT = '  agent bot { id "bot-*", "robot" }\n';

export function checked(
  body: string,
  options: CheckOptions = {},
): { contract: Contract | undefined; diagnostics: readonly Diagnostic[] } {
  return check({ path: "x", text: `contract "x" version "1" {\n${AGENT}${body}\n}\n` }, options);
}

export function codes(body: string): readonly string[] {
  return checked(body).diagnostics.map((d) => d.code);
}

export function contractOf(body: string): Contract {
  const { contract, diagnostics } = checked(body);
  if (contract === undefined) throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  return contract;
}

export function ruleOf<K extends Rule["kind"]>(body: string, kind: K): Extract<Rule, { kind: K }> {
  const rule = contractOf(body).rules.find((r) => r.kind === kind);
  if (rule === undefined) throw new Error(`no rule of kind ${kind}`);
  return rule as Extract<Rule, { kind: K }>;
}

/** Arguments of every type, for conditions of one rule. */
export const TOOL = `  tool t(
    n: Int, d: Decimal, m: Money<USD>, b: Bool, s: Text, i: Id, e: Email, u: Url, h: Host, p: Path, j: Json,
    k: "on" | "off", l: List<Email>, ns: List<Int>, r: { a: Int, o: { x: Text }?, z: Text? }, os: Text?, on: Int?, ol: List<Text>?, q: Path?
  ) read, write
  fact resource.env: "prod" | "dev"
  fact context.level: Int?
  let few = ["on"]
  let ours = hosts ["Acme.Example.", "*.ACME.example"]
  let logs = paths ["*.log"]
  let names = words ["ann", "bob"]
  let cap = 5 USD
  used: deny t when k in few or h in ours or p matches logs or s in names or m > cap
`;

export function conditionOf(text: string): Condition {
  const rule = contractOf(`${TOOL}  rule: allow t when ${text}`).rules.find((r) => r.name === "rule");
  if (rule?.kind !== "allow" || rule.when === undefined) throw new Error("no condition");
  return rule.when;
}

export const codesOf = (condition: string): readonly string[] => codes(`${TOOL}  rule: allow t when ${condition}`);
