/** Collects what a contract declares: duplicates refused, types read, everything sorted by name. */
import { error, type Report, warning } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Agent, Fact, Tool } from "../types/contract.ts";
import { limitedTools } from "../types/limits.ts";
import type { Written } from "../types/written.ts";
import { acceptsRule, highestOf } from "./accepts.ts";
import { readAgent, reportOverlaps } from "./agents.ts";
import { usedBuiltIns, type Words } from "./built-in-tools.ts";
import { skeleton } from "./confusable.ts";
import { delegationName, delegator, sharesOf } from "./delegator.ts";
import { readFact } from "./facts.ts";
import { isIdle } from "./idle.ts";
import { type About, importTools } from "./imported.ts";
import { type Import, readImport, type ToolFiles } from "./imports.ts";
import { readInside } from "./inside.ts";
import type { Shelf } from "./inspectors.ts";
import { readLabels } from "./labels.ts";
import { type Broken, type Let, type Names, type RuleEntry, spanOf, spell } from "./names.ts";
import { byBytes } from "./order.ts";
import type { Linker } from "./registry.ts";
import { readTool } from "./tools.ts";

export interface Declared {
  readonly names: Names;
  readonly owner: string | undefined;
  readonly inside: readonly string[];
  readonly state: Ast.StateNode | undefined;
  readonly decision: Ast.DecisionNode | undefined;
  readonly observe: Ast.ObserveNode | undefined;
  readonly tests: readonly Ast.TestNode[];
  /** By name of the tool: those that hold conditions are typed once all names are known (types/gives.ts). */
  readonly toolFlags: ReadonlyMap<string, readonly Ast.FlagNode[]>;
}

/** What a contract names beyond its own text; and of that text, what was read before. */
export interface Elsewhere {
  readonly registry: Linker;
  readonly files: ToolFiles | undefined;
  readonly inspectors: Shelf | undefined;
  readonly written: Written;
  readonly words: Words;
}

export function declare(
  statements: readonly Ast.Statement[],
  { registry, files, inspectors, written, words }: Elsewhere,
  report: Report,
): Declared {
  const agents = new Map<string, Agent>();
  const tools = new Map<string, Tool>();
  const facts = new Map<string, Fact>();
  const lets = new Map<string, Let>();
  const rules = new Map<string, RuleEntry>();
  const limits: RuleEntry[] = [];
  const broken = brokenNames(statements);
  const seen = new Map<string, Span>();
  const tests: Ast.TestNode[] = [];
  const imports: Import[] = [];
  const imported = new Map<string, Tool>();
  const about: About = { classify: [], refine: [] };
  const toolFlags = new Map<string, readonly Ast.FlagNode[]>();
  const inside = new Set<string>();
  const labelLines: Ast.LabelsNode[] = [];
  let owner: Ast.OwnerNode | undefined;
  let state: Ast.StateNode | undefined;
  let decision: Ast.DecisionNode | undefined;
  let observe: Ast.ObserveNode | undefined;

  /** True for the first declaration of a name of this kind. */
  const claim = (kind: string, name: string, span: Span): boolean => {
    const before = seen.get(`${kind} ${name}`);
    if (before === undefined) {
      seen.set(`${kind} ${name}`, span);
      return true;
    }
    report(
      error("THC2010", `the ${kind} \`${name}\` is declared twice`, span, "again here", {
        related: [{ span: before, text: "first here" }],
      }),
    );
    return false;
  };

  /** Of what a contract has one of. */
  const claimOnce = (what: string, span: Span): boolean => {
    const before = seen.get(what);
    if (before === undefined) seen.set(what, span);
    else
      report(
        error("THC2010", `the ${what} is declared twice`, span, "again here", {
          related: [{ span: before, text: "first here" }],
        }),
      );
    return before === undefined;
  };

  const addRule = (node: Ast.RuleNode, agent: string | undefined): void => {
    const { text: name, span } = node.name;
    if (claim("rule", name, span)) rules.set(name, { name, span, agent, origin: { kind: "written", node } });
  };

  /** `inside`: the agent that it stands in. */
  const addDelegation = (node: Ast.DelegateNode, inside: Ast.Word | undefined): void => {
    const from = delegator(node, inside, report);
    if (from === undefined) return;
    const name = delegationName(from.text, node.to.text);
    const span = { start: node.span.start, end: node.to.span.end };
    if (claim("rule", name, span))
      rules.set(name, { name, span, agent: node.to.text, origin: { kind: "delegate", from, node } });
  };

  for (const node of [...statements, ...usedBuiltIns(statements, words)]) {
    switch (node.kind) {
      case "owner":
        if (claimOnce("owner", node.span)) owner = node;
        break;
      case "agent":
        if (claim("agent", node.name.text, node.name.span)) {
          const agent = node.name.text;
          const read = readAgent(node, report);
          add(agents, agent, read?.agent, broken.agents);
          for (const { origin, span } of read?.limits ?? [])
            limits.push({ name: `${agent}.${origin.kind}`, span, agent, origin });
        }
        for (const part of node.body) {
          if (part.kind === "rule") addRule(part, node.name.text);
          if (part.kind === "delegate") addDelegation(part, node.name);
        }
        break;
      case "delegate":
        addDelegation(node, undefined);
        break;
      case "tool": {
        const name = spell(node.name);
        if (claim("tool", name, spanOf(node.name))) {
          add(tools, name, readTool(node, registry, written, report), broken.tools);
          toolFlags.set(name, node.flags);
        }
        break;
      }
      case "fact": {
        const path = spell(node.path.names);
        if (claim("fact", path, node.path.span)) add(facts, path, readFact(node, report), broken.facts);
        break;
      }
      case "use_registry":
        registry.use(node);
        break;
      case "inside":
        for (const pattern of readInside(node, report)) inside.add(pattern);
        break;
      case "use_tools": {
        if (!claim("import", node.alias.text, node.alias.span)) break;
        const found = readImport(node, files, report);
        if (found === undefined) broken.prefixes.push(node.alias.text);
        else {
          imports.push(found);
          for (const tool of found.tools) if (claim("tool", tool.name, node.alias.span)) imported.set(tool.name, tool);
        }
        break;
      }
      case "classify":
        about.classify.push(node);
        break;
      case "refine":
        about.refine.push(node);
        break;
      case "let":
        if (claim("let", node.name.text, node.name.span)) lets.set(node.name.text, { node, used: false });
        break;
      case "labels":
        labelLines.push(node);
        break;
      case "state":
        if (claimOnce("state", node.span)) state = node;
        break;
      case "observe":
        if (claimOnce("observation", node.span)) observe = node;
        break;
      case "decision":
        if (claimOnce("validity of decisions", node.span)) decision = node;
        break;
      case "rule":
        addRule(node, undefined);
        break;
      case "test":
        if (claim("test", node.name.value, node.name.span)) tests.push(node);
        break;
      case "use_rulesets":
      case "given":
      case "broken":
        break;
    }
  }
  const found = importTools(about, imported, new Set(tools.keys()), broken, registry, report);
  for (const [name, tool] of found.tools) tools.set(name, tool);
  for (const [name, flags] of found.flags) toolFlags.set(name, [...(toolFlags.get(name) ?? []), ...flags]);
  reportOverlaps([...agents.values()], report);
  reportConfusable([...tools.values()], report);
  const sortedAgents = sorted(agents);
  const sortedTools = sorted(tools);
  for (const limit of limits) {
    const { kind } = limit.origin;
    if (kind === "written" || kind === "delegate" || kind === "share") continue;
    if (limitedTools(kind, sortedTools).length === 0) report(nothingLimited(kind, limit.span));
    else if (claim("rule", limit.name, limit.span)) rules.set(limit.name, limit);
  }
  const sortedFacts = sorted(facts);
  const highest = highestOf(labelLines);
  for (const [name, flags] of toolFlags) {
    for (const flag of flags) {
      const rule = flag.kind === "accepts" ? acceptsRule(name, flag, highest) : undefined;
      if (rule !== undefined) addRule(rule, undefined);
    }
  }
  for (const [name, { origin }] of rules)
    if (origin.kind === "written" && isIdle(origin.node, sortedTools)) rules.delete(name);
  for (const share of sharesOf(rules.values())) rules.set(share.name, share);
  const sortedRules = sorted(rules);
  const labels = readLabels(labelLines, report);
  return {
    owner: owner?.owner.value,
    inside: [...inside].sort(byBytes),
    state,
    decision,
    observe,
    tests,
    toolFlags,
    names: {
      agents: sortedAgents,
      agentIndex: new Map(sortedAgents.map((agent, i) => [agent.name, i])),
      tools: sortedTools,
      toolIndex: new Map(sortedTools.map((tool, i) => [tool.name, i])),
      facts: sortedFacts,
      factIndex: new Map(sortedFacts.map((fact, i) => [fact.path, i])),
      labels,
      labelIndex: new Map(labels.map((label, i) => [label.name, i])),
      lets,
      rules: sortedRules,
      ruleIndex: new Map(sortedRules.map((rule, i) => [rule.name, i])),
      imports,
      classified: found.classified,
      broken,
      registry,
      inspectors,
      written,
    },
  };
}

/** A model is named to `model.invoke` alone; a host by an argument that is a Url or a Host. */
function nothingLimited(kind: "models" | "hosts", span: Span) {
  const message = `\`${kind}\` has nothing to limit here`;
  const help =
    kind === "models"
      ? "no rule and no tool of this contract is about `model.invoke`, so every call of a model is denied"
      : "no tool of this contract takes a Url or a Host";
  return warning("THC4040", message, span, "limits nothing", { help });
}

type BrokenNames = { [kind in keyof Omit<Broken, "prefixes" | "labels">]: Set<string> } & {
  readonly prefixes: string[];
  labels: boolean;
};

function add<T>(to: Map<string, T>, name: string, value: T | undefined, broken: Set<string>): void {
  if (value === undefined) broken.add(name);
  else to.set(name, value);
}

function brokenNames(statements: readonly Ast.Statement[]): BrokenNames {
  const broken: BrokenNames = {
    agents: new Set(),
    tools: new Set(),
    facts: new Set(),
    lets: new Set(),
    rules: new Set(),
    prefixes: [],
    labels: false,
  };
  for (const node of statements) {
    if (node.kind !== "broken" || node.declares === undefined) continue;
    const { kind, name } = node.declares;
    for (const rule of node.rules) broken.rules.add(rule);
    if (kind === "labels") broken.labels = true;
    else if (kind === "tools") broken.prefixes.push(name);
    else broken[`${kind}s`].add(name);
  }
  return broken;
}

const sorted = <T>(map: ReadonlyMap<string, T>): T[] =>
  [...map].sort(([a], [b]) => byBytes(a, b)).map(([, value]) => value);

function reportConfusable(tools: readonly Tool[], report: Report): void {
  const seen = new Map<string, Tool>();
  for (const tool of tools) {
    const key = skeleton(tool.name);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, tool);
    else
      report(
        warning(
          "THC4005",
          `the tools \`${other.name}\` and \`${tool.name}\` are easily confused`,
          tool.span,
          "looks like",
          {
            related: [{ span: other.span, text: "this one" }],
          },
        ),
      );
  }
}
