/** Tests: steps resolved and put into wire form; the runner turns them into requests (docs/semantics.md). */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { BUILT_IN } from "../resolve/facts.ts";
import { findAgent, findTool, type Names, spanOf, spell } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { CallStep, FigureName, Rule, Test, TestStep, Type } from "./contract.ts";
import { positiveDuration } from "./numbers.ts";
import { readObligations } from "./obligations.ts";
import { approvalOf } from "./outcomes.ts";
import { readTime } from "./time.ts";
import { wireJson, wireRecord, wireValue } from "./values.ts";

interface Figure {
  readonly root: "context" | "result";
  readonly name: FigureName;
}
/** What the host says of each call's costs, by how `fact` names it. */
const FIGURES: ReadonlyMap<string, Figure> = new Map(
  (["context", "result"] as const).flatMap((root) =>
    (["cost", "tokens", "elapsed"] as const).map((name) => [`${root}.${name}`, { root, name }] as const),
  ),
);

const OUTCOMES = ["allow", "approval", "deny"] as const;

/** `rules`: as typed so far; undefined where a rule is in error. Undefined when something was reported. */
export function typeTest(
  node: Ast.TestNode,
  names: Names,
  rules: readonly (Rule | undefined)[],
  report: Report,
): Test | undefined {
  const steps: TestStep[] = [];
  let ok = true;
  let called: number | undefined;
  for (const step of node.steps) {
    const typed = typeStep(step, called, names, rules, report);
    if (typed === undefined) ok = false;
    else {
      steps.push(typed);
      if (typed.kind === "call" || typed.kind === "attempt") called = typed.call.tool;
    }
  }
  return isInOrder(node, report) && ok ? { name: node.name.value, steps, span: node.name.span } : undefined;
}

/** `as` stands before every call; a `call` and its `expect` follow each other; there is one of them at least. */
function isInOrder({ name, steps }: Ast.TestNode, report: Report): boolean {
  const wrong = (message: string, span: Ast.Word["span"], help: string): boolean => {
    report(error("THC3022", message, span, "", { help }));
    return false;
  };
  let isAs = false;
  let open: Ast.StepNode | undefined;
  let before: Ast.StepNode | undefined;
  let expected = 0;
  for (const step of steps) {
    if (open !== undefined && step.kind !== "expect")
      return wrong(
        `the ${open.kind} is not followed by its \`expect\``,
        open.span,
        "say what it comes to: `expect allow`",
      );
    switch (step.kind) {
      case "as":
        isAs = true;
        break;
      case "call":
      case "result":
      case "chunk":
        open = step;
        break;
      case "expect":
        if (open === undefined && before?.kind !== "user_says")
          return wrong("there is no call before this `expect`", step.span, "it follows what is expected directly");
        open = undefined;
        expected++;
        break;
      default:
        break;
    }
    before = step;
    if (!isAs && (step.kind === "call" || step.kind === "prior" || step.kind === "attempt"))
      return wrong("nobody makes this call yet", step.span, "begin with `as AGENT`");
  }
  if (open !== undefined)
    return wrong(
      `the ${open.kind} is not followed by its \`expect\``,
      open.span,
      "say what it comes to: `expect allow`",
    );
  return expected > 0 || wrong("the test expects nothing", name.span, "end it with `call …` and `expect …`");
}

function typeStep(
  step: Ast.StepNode,
  called: number | undefined,
  names: Names,
  rules: readonly (Rule | undefined)[],
  report: Report,
): TestStep | undefined {
  const { span } = step;
  switch (step.kind) {
    case "as": {
      const agent = findAgent(step.agent, names, report);
      if (agent === undefined) return undefined;
      const whom = step.of && findAgent(step.of, names, report);
      if (step.of !== undefined && whom === undefined) return undefined;
      const principal = (of: number): string => names.agents[of]!.ids[0]!.replaceAll("*", "test");
      return {
        span,
        kind: "as",
        agent,
        principal: principal(agent),
        of: whom === undefined ? undefined : { agent: whom, principal: principal(whom) },
        scopes: step.scopes.map((scope) => scope.value),
      };
    }
    case "fact": {
      const figure = FIGURES.get(spell(step.path.names));
      if (figure !== undefined) return typeFigure(step, figure, rules, report);
      if (spell(step.path.names) === "context.cwd") {
        const path = wireValue(step.value, { kind: "path" }, false, report);
        return typeof path === "string" ? { span, kind: "cwd", path } : undefined;
      }
      const fact = findFact(step.path, names, report);
      const value = fact === undefined ? undefined : wireValue(step.value, names.facts[fact]!.type, false, report);
      return fact === undefined || value === undefined ? undefined : { span, kind: "fact", fact, value };
    }
    case "at": {
      const time = readTime(step.time.value);
      if (time !== undefined) return { span, kind: "at", time };
      const help = "write it as `2026-01-31T09:00:00Z`, from 1970 on";
      return void report(error("THC3022", "this is no time", step.time.span, "", { help }));
    }
    case "after": {
      const ms = positiveDuration(step.duration, report);
      return ms === undefined ? undefined : { span, kind: "after", ms };
    }
    case "user_says":
      return { span, kind: "user_says", text: step.text.value };
    case "prior": {
      const call = typeCall(step.call, names, report);
      if (call === undefined) return undefined;
      if (step.returns === undefined) return { span, kind: "prior", call, ok: step.ok, returns: undefined };
      const type = names.tools[call.tool]!.returns;
      const returns = type === undefined ? wireJson(step.returns, report) : wireValue(step.returns, type, true, report);
      return returns === undefined ? undefined : { span, kind: "prior", call, ok: step.ok, returns };
    }
    case "attempt":
    case "call": {
      const call = typeCall(step.call, names, report);
      return call && { span, kind: step.kind, call };
    }
    case "result": {
      if (called === undefined) return noCall(span, report);
      const type = names.tools[called]!.returns;
      const value = type === undefined ? wireJson(step.value, report) : wireValue(step.value, type, true, report);
      return value === undefined ? undefined : { span, kind: "result", value };
    }
    case "chunk":
      return called === undefined
        ? noCall(span, report)
        : { span, kind: "chunk", text: step.text.value, last: step.last };
    case "approved":
      return typeApproved(step, names, rules, report);
    case "expect":
      return typeExpect(step, called, names, rules, report);
  }
}

const noCall = (span: Span, report: Report): undefined =>
  void report(
    error("THC3022", "there is no call that this is the result of", span, "", { help: "make a `call` first" }),
  );

/** The currency is that in which the contract counts costs. */
function typeFigure(
  { span, value }: Extract<Ast.StepNode, { kind: "fact" }>,
  { root, name }: Figure,
  rules: readonly (Rule | undefined)[],
  report: Report,
): TestStep | undefined {
  const step = (n: number | undefined): TestStep | undefined =>
    n === undefined ? undefined : { span, kind: "figure", root, name, value: n };
  if (name === "elapsed") {
    if (value.kind === "duration") return step(positiveDuration(value, report));
    const help = "write `fact context.elapsed = 10m`";
    return void report(error("THC3021", "this is no duration", value.span, "", { help }));
  }
  if (name === "tokens") return step(wireNumber(value, { kind: "int" }, report));
  const counted = rules.flatMap((r) => (r?.kind === "budget" && r.measure.kind === "cost" ? [r.measure.currency] : []));
  const currency = counted[0] ?? (value.kind === "number" ? (value.unit?.text ?? "USD") : "USD");
  return step(wireNumber(value, { kind: "money", currency, minor: false }, report));
}

function wireNumber(node: Ast.Operand, type: Type, report: Report): number | undefined {
  const value = wireValue(node, type, false, report);
  return typeof value === "number" ? value : undefined;
}

function typeCall(node: Ast.CallNode, names: Names, report: Report): CallStep | undefined {
  const tool = findTool(spell(node.tool), spanOf(node.tool), names, report);
  if (tool === undefined) return undefined;
  const args = wireRecord(node.args, names.tools[tool]!.params, node.span, false, report);
  return args && { tool, args };
}

function typeApproved(
  step: Extract<Ast.StepNode, { kind: "approved" }>,
  names: Names,
  rules: readonly (Rule | undefined)[],
  report: Report,
): TestStep | undefined {
  const rule = findRule(step.rule, names, report);
  if (rule === undefined) return undefined;
  const typed = rules[rule];
  const asks =
    typed === undefined ||
    typed.kind === "require_approval" ||
    ("otherwise" in typed && approvalOf(typed.otherwise) !== undefined);
  if (asks) return { span: step.span, kind: "approved", rule, by: step.by.value, role: step.role?.text };
  const help = "only a rule that asks for an approval can be approved";
  return void report(error("THC3022", `\`${spell(step.rule)}\` asks for no approval`, spanOf(step.rule), "", { help }));
}

function typeExpect(
  step: Extract<Ast.StepNode, { kind: "expect" }>,
  called: number | undefined,
  names: Names,
  rules: readonly (Rule | undefined)[],
  report: Report,
): TestStep | undefined {
  const outcome = OUTCOMES.find((known) => known === step.outcome.text);
  if (outcome === undefined) {
    const help = didYouMean(step.outcome.text, OUTCOMES) ?? `a call comes to ${list(OUTCOMES)}`;
    return void report(error("THC2011", `unknown outcome \`${step.outcome.text}\``, step.outcome.span, "", { help }));
  }
  const by = step.by.map((name) => findRule(name, names, report));
  const tools = called === undefined ? [] : [names.tools[called]!];
  const scope = { names, report, tools, prior: undefined, elements: [], strict: true, present: new Set<string>() };
  const obligations = readObligations(step.obligations, scope);
  if (obligations === undefined || !by.every((rule) => rule !== undefined)) return undefined;
  const observed = step.observed.map((name) => findRule(name, names, report));
  if (!observed.every((rule) => rule !== undefined)) return undefined;
  for (const [i, rule] of observed.entries()) {
    const typed = rules[rule];
    if (typed === undefined || typed.observe !== undefined) continue;
    const help = "name it behind `by`";
    const [text, span] = [spell(step.observed[i]!), spanOf(step.observed[i]!)];
    return void report(error("THC3022", `\`${text}\` is enforced, not observed`, span, "", { help }));
  }
  if (outcome !== "allow" && obligations.length > 0)
    return void report(error("THC3022", "obligations come with `expect allow` only", step.span));
  return {
    span: step.span,
    kind: "expect",
    outcome,
    by: [...new Set(by)].sort((a, b) => a - b),
    only: step.only,
    obligations,
    observed: [...new Set(observed)].sort((a, b) => a - b),
  };
}

function findRule(name: Ast.RuleName, names: Names, report: Report): number | undefined {
  const [text, span] = [spell(name), spanOf(name)];
  const index = names.ruleIndex.get(text);
  if (index !== undefined || names.broken.rules.has(text)) return index;
  const help = didYouMean(text, names.ruleIndex.keys());
  return void report(error("THC2003", `unknown rule \`${text}\``, span, "not in this contract", { help }));
}

function findFact(node: Ast.PathNode, names: Names, report: Report): number | undefined {
  const path = spell(node.names);
  const index = names.factIndex.get(path);
  if (index !== undefined || names.broken.facts.has(path)) return index;
  const help = BUILT_IN.has(path) ? "a built-in field is not set by `fact`" : didYouMean(path, names.factIndex.keys());
  return void report(error("THC2005", `unknown fact \`${path}\``, node.span, "not declared", { help }));
}
