/** Collects what a contract declares: duplicates refused, types read, everything sorted by name. */
import { error, type Report, warning } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Agent, Fact, Tool } from "../types/contract.ts";
import { readAgent, reportOverlaps } from "./agents.ts";
import { classifyTools } from "./classify.ts";
import { skeleton } from "./confusable.ts";
import { readFact } from "./facts.ts";
import type { Importable } from "./imported-patterns.ts";
import { type Import, readImport, type ToolFiles } from "./imports.ts";
import { type Broken, type Let, type Names, spanOf, spell } from "./names.ts";
import { byBytes } from "./order.ts";
import { refineTools } from "./refine.ts";
import type { Linker } from "./registry.ts";
import { readTool } from "./tools.ts";

export interface Declared {
  readonly names: Names;
  readonly owner: string | undefined;
  readonly tests: readonly Ast.TestNode[];
}

/** What a contract names beyond its own text. */
export interface Elsewhere {
  readonly registry: Linker;
  readonly files: ToolFiles | undefined;
}

export function declare(
  statements: readonly Ast.Statement[],
  { registry, files }: Elsewhere,
  report: Report,
): Declared {
  const agents = new Map<string, Agent>();
  const tools = new Map<string, Tool>();
  const facts = new Map<string, Fact>();
  const lets = new Map<string, Let>();
  const rules = new Map<string, Ast.RuleNode>();
  const broken = brokenNames(statements);
  const seen = new Map<string, Span>();
  const tests: Ast.TestNode[] = [];
  const imports: Import[] = [];
  const imported = new Map<string, Tool>();
  const about: Pick<Importing, "classify" | "refine"> = { classify: [], refine: [] };
  let owner: Ast.OwnerNode | undefined;

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

  for (const node of statements) {
    switch (node.kind) {
      case "owner":
        if (owner === undefined) owner = node;
        else
          report(
            error("THC2010", "the owner is declared twice", node.span, "again here", {
              related: [{ span: owner.span, text: "first here" }],
            }),
          );
        break;
      case "agent":
        if (claim("agent", node.name.text, node.name.span))
          add(agents, node.name.text, readAgent(node, report), broken.agents);
        break;
      case "tool": {
        const name = spell(node.name);
        if (claim("tool", name, spanOf(node.name))) add(tools, name, readTool(node, registry, report), broken.tools);
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
      case "rule":
        if (claim("rule", node.name.text, node.name.span)) rules.set(node.name.text, node);
        break;
      case "test":
        if (claim("test", node.name.value, node.name.span)) tests.push(node);
        break;
      case "broken":
        break;
    }
  }
  const classified = importTools({ ...about, imported, broken }, tools, registry, report);
  reportOverlaps([...agents.values()], report);
  reportConfusable([...tools.values()], report);
  const sortedAgents = sorted(agents);
  const sortedTools = sorted(tools);
  const sortedFacts = sorted(facts);
  const sortedRules = sorted(rules);
  return {
    owner: owner?.owner.value,
    tests,
    names: {
      agents: sortedAgents,
      agentIndex: new Map(sortedAgents.map((agent, i) => [agent.name, i])),
      tools: sortedTools,
      toolIndex: new Map(sortedTools.map((tool, i) => [tool.name, i])),
      facts: sortedFacts,
      factIndex: new Map(sortedFacts.map((fact, i) => [fact.path, i])),
      lets,
      rules: sortedRules,
      ruleIndex: new Map(sortedRules.map((rule, i) => [rule.name.text, i])),
      imports,
      classified,
      broken,
      registry,
    },
  };
}

interface Importing {
  readonly classify: Ast.ClassifyNode[];
  readonly refine: Ast.RefineNode[];
  readonly imported: ReadonlyMap<string, Tool>;
  readonly broken: BrokenNames;
}

/** Puts the imported tools, refined and classified, among the declared ones; the names that a `classify` is about. */
function importTools(
  { classify, refine, imported, broken }: Importing,
  tools: Map<string, Tool>,
  registry: Linker,
  report: Report,
): ReadonlySet<string> {
  const isExcused = (name: string): boolean =>
    broken.tools.has(name) || broken.prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
  const of: Importable = { imported, declared: new Set(tools.keys()), isExcused };
  const refined = refineTools(refine, of, report);
  const { tools: all, classified } = classifyTools(classify, { ...of, imported: refined }, registry, report);
  for (const [name, tool] of all) tools.set(name, tool);
  return classified;
}

type BrokenNames = { [kind in keyof Omit<Broken, "prefixes">]: Set<string> } & { readonly prefixes: string[] };

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
  };
  for (const node of statements) {
    if (node.kind !== "broken" || node.declares === undefined) continue;
    const { kind, name } = node.declares;
    if (kind === "tools") broken.prefixes.push(name);
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
