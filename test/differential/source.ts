/**
 * A typed contract printed as text: to show a failing case, and to check that reading it again gives the same contract.
 *
 * It says everything in full (`args.x`, every target by name) and knows nothing of how the checker reads.
 */
import type { Budget, Condition, Contract, Delegation, Outcome, Rule, Tool, Type } from "../reference/contract.ts";
import { plainDecimal } from "../reference/decimal.ts";
import { unreachable } from "../reference/unreachable.ts";
import { classTargets } from "./generate/classes.ts";
import {
  approvalText,
  conditionText,
  durationText,
  groundedText,
  limitText,
  obligationTexts,
  outcomeText,
  referenceText,
  sourceText,
} from "./source-parts.ts";

export function toSource(contract: Contract): string {
  const lines = [
    ...(contract.owner === undefined ? [] : [`owner ${JSON.stringify(contract.owner)}`]),
    ...contract.agents.map((_, agent) => agentText(agent, contract)),
    ...registryLines(contract),
    ...labelLines(contract),
    ...stateLines(contract),
    ...(contract.observe === undefined ? [] : [observeText(contract.observe).trim()]),
    ...(contract.valid === undefined ? [] : [`decision valid ${durationText(contract.valid)}`]),
    ...contract.facts.map((f) => {
      const range = f.range === undefined ? "" : ` in ${plainDecimal(f.range.low)}..${plainDecimal(f.range.high)}`;
      return `fact ${f.path}: ${typeText(f.type)}${range}`;
    }),
    ...(contract.inside.length === 0
      ? []
      : [`inside hosts [${contract.inside.map((h) => JSON.stringify(h)).join(", ")}]`]),
    ...contract.imports.map(({ alias, pin }) => `use tools "${alias}.json" as ${alias} pin "${pin}"`),
    ...contract.tools.flatMap((tool) =>
      tool.definition === undefined ? [toolText(tool, contract)] : importedText(tool, contract),
    ),
    ...contract.rules.flatMap((rule) => (rule.kind === "delegation" ? [delegationText(rule, contract)] : [])),
    ...contract.rules
      .filter((rule) => rule.agent === undefined)
      .map((rule) => `${rule.name}: ${observeText(rule.observe)}${ruleText(rule, contract)}`),
  ];
  const head = `contract ${JSON.stringify(contract.name)} version ${JSON.stringify(contract.version)}`;
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

function stateLines({ state }: Contract): readonly string[] {
  if (state === undefined) return [];
  return [
    `state { ${Object.entries(state)
      .map(([table, rows]) => `${table} ${rows}`)
      .join("  ")} }`,
  ];
}

function agentText(agent: number, contract: Contract): string {
  const { name, ids, team } = contract.agents[agent]!;
  const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text)).join(", ");
  const rules = contract.rules.filter((rule) => rule.agent === agent && !isMade(rule));
  return [
    `agent ${name} { id ${quoted(ids)}`,
    ...(team === undefined ? [] : [`team ${quoted([team])}`]),
    ...rules.map((rule) =>
      rule.name.startsWith(`${name}.`)
        ? `${rule.name.slice(name.length + 1)} ${quoted(limitOf(rule))}`
        : `${rule.name}: ${observeText(rule.observe)}${ruleText(rule, contract)}`,
    ),
    "}",
  ].join(" ");
}

/** By a delegation: it is not written itself. */
const isMade = (rule: Rule): boolean =>
  rule.kind === "delegation" || (rule.kind === "budget" && rule.delegator !== undefined);

function delegationText({ from, agent, lines, share, depth, ttl }: Delegation, contract: Contract): string {
  const only = lines.map((line) => {
    const when = line.when === undefined ? "" : ` when ${conditionText(line.when)}`;
    const named = line.targets.map((tool) => contract.tools[tool]!.name).join(", ");
    return `only ${line.narrowed.length === 0 ? named : classTargetText(line, contract)}${when}`;
  });
  const limits = [
    ...(share === undefined ? [] : [`budgets ${plainDecimal(share)}%`]),
    `depth ${depth}`,
    ...(ttl === undefined ? [] : [`ttl ${durationText(ttl)}`]),
  ];
  const [of, to] = [from, agent].map((each) => contract.agents[each]!.name);
  return `delegate from ${of} to ${to} { ${[...only, ...limits].join(" ")} }`;
}

/** The globs or hosts that a denial made of `models` or `hosts` lets pass. */
function limitOf(rule: Rule): readonly string[] {
  let found: readonly string[] = [];
  JSON.stringify(rule, (key, value) => {
    if (key === "globs" || key === "patterns") found = value;
    return typeof value === "bigint" ? 0 : value;
  });
  return found;
}

function registryLines({ registry }: Contract): readonly string[] {
  const used = registry?.selectors.filter((selector) => !selector.includes(":")) ?? [];
  return used.length === 0 ? [] : [`use registry ${used.join(", ")}`];
}

/** From the lowest of each order up. */
function labelLines({ labels }: Contract): readonly string[] {
  const lowest = labels.filter((label, i) => label.name !== "untrusted" && !labels.some((l) => l.above.includes(i)));
  return lowest.map(({ name, above }) => {
    const higher = [...above].sort((a, b) => labels[b]!.above.length - labels[a]!.above.length);
    return `labels ${[name, ...higher.map((i) => labels[i]!.name)].join(" < ")}`;
  });
}

function givesText(tool: Tool, { labels }: Contract): string {
  const items = tool.gives.map(({ label, from, when }) => givesItem(labels[label]!.name, from, when));
  const trusted = tool.trusted === undefined ? [] : [givesItem("trusted", undefined, tool.trusted)];
  const all = [...trusted, ...items];
  return all.length === 0 ? "" : ` gives ${all.join(", ")}`;
}

function givesItem(label: string, from: readonly string[] | undefined, when: Condition | undefined): string {
  const always = when === undefined || (label === "trusted" && when.kind === "constant" && when.value);
  return `${label}${from === undefined ? "" : ` from ${from.join(".")}`}${always ? "" : ` when ${conditionText(when)}`}`;
}

function toolText(tool: Tool, contract: Contract): string {
  const params = tool.params.map((p) => `${p.name}: ${typeText(p.type)}${p.dest ? " dest" : ""}`).join(", ");
  const flags = flagsText(tool);
  const returns = tool.returns === undefined ? "" : ` returns ${typeText(tool.returns)}`;
  return `tool ${tool.name}(${params})${flags}${returns}${givesText(tool, contract)}`;
}

/** What is said of an imported tool: every type, whether the schema gives it or not. */
function importedText(tool: Tool, contract: Contract): readonly string[] {
  return [
    ...tool.params.map((p) => {
      const type = typeText(p.type.kind === "optional" ? p.type.of : p.type);
      return `refine ${tool.name}.${p.name}: ${type}${p.dest ? " dest" : ""}`;
    }),
    ...(tool.returns === undefined ? [] : [`refine ${tool.name} returns ${typeText(tool.returns)}`]),
    `classify ${tool.name}${flagsText(tool)}${givesText(tool, contract)}`,
  ];
}

function flagsText(tool: Tool): string {
  const own = [tool.external && "external", tool.irreversible && "irreversible", tool.open && "open"];
  return [actionText(tool), ...own.filter((flag) => flag !== false)].join(" ");
}

/** Levels and what else is said of the action. */
function actionText({ action, levels, cases, params, risk }: Tool): string {
  const levelText = (level: string): string => {
    const found = cases.find((each) => each.level === level);
    return found === undefined ? level : `${level} when ${conditionText(found.when)}`;
  };
  const own = ` ${levels.map(levelText).join(", ")}`;
  if (action === undefined) return own;
  if (action.kind === "is") return `${own} is ${action.action.name}`;
  const name = params[action.param]!.name;
  return `${action.level ? ` level of ${name}` : own}${action.risk ? ` risk of ${name}` : ` risk ${risk}`}`;
}

function typeText(type: Type): string {
  switch (type.kind) {
    case "money":
      return `Money<${type.currency}${type.minor ? ", minor" : ""}>`;
    case "literals":
      return type.values.map((v) => JSON.stringify(v)).join(" | ");
    case "list":
      return `List<${typeText(type.element)}>`;
    case "union":
      return type.cases.map((each) => typeText(each.type)).join(" | ");
    case "map":
      return `Map<${typeText(type.value)}>`;
    case "record":
      return `{ ${type.fields.map((f) => `${f.name}: ${typeText(f.type)}`).join(", ")} }`;
    case "optional":
      return `${typeText(type.of)}?`;
    case "cloud_action":
      return "CloudAction";
    default:
      return `${type.kind[0]!.toUpperCase()}${type.kind.slice(1)}`;
  }
}

function observeText(observe: Contract["observe"]): string {
  if (observe === undefined) return "";
  return observe.until === undefined ? "observe " : `observe until ${new Date(observe.until).toISOString()} `;
}

function ruleText(rule: Rule, contract: Contract): string {
  const names = (ranks: readonly number[]) => ranks.map((r) => contract.tools[r]!.name);
  const targets = rule.narrowed.length === 0 ? names(rule.targets).join(", ") : classTargetText(rule, contract);
  const when = !("when" in rule) || rule.when === undefined ? "" : ` when ${conditionText(rule.when)}`;
  const always = rule.kind === "flow" || rule.kind === "inspect";
  const word = always ? "then" : "else";
  const otherwise =
    "otherwise" in rule && (always || !isDeny(rule.otherwise)) ? ` ${word} ${outcomeText(rule.otherwise)}` : "";
  switch (rule.kind) {
    case "allow":
    case "oblige": {
      const carried = rule.obligations.length === 0 ? "" : ` with ${obligationTexts(rule.obligations)}`;
      return `${rule.kind} ${targets}${when}${carried}`;
    }
    case "deny":
      return `deny ${targets}${when}`;
    case "require_approval":
      return `require approval for ${targets}${when} ${approvalText(rule.approval)}`;
    case "require_scope":
      return `require scope ${JSON.stringify(rule.scope)} for ${targets}${when}${otherwise}`;
    case "require_that":
      return `require that (${conditionText(rule.that)}) for ${targets}${when}${otherwise}`;
    case "require_grounded": {
      const values = rule.values.map(groundedText).join(", ");
      const sources = rule.sources.map((source) => sourceText(source, contract));
      return `require grounded ${values} in ${sources.join(", ")} for ${targets}${when}${otherwise}`;
    }
    case "require_prior": {
      const of = names(rule.tools);
      const tools = of.length > 1 ? `(${of.join(" or ")})` : of[0]!;
      const keys = rule.keys.map(
        (k) => `${bare(referenceText(k.current))} ${k.isIn ? "in" : "="} ${referenceText(k.prior)}`,
      );
      return [
        `require ${rule.negated ? "no " : ""}prior ${rule.completion} ${tools} for ${targets}`,
        keys.length === 0 ? "" : ` matching ${keys.join(", ")}`,
        rule.within === undefined ? "" : ` within ${durationText(rule.within)}`,
        rule.since === undefined ? "" : ` since last ${names(rule.since).join(", ")}`,
        rule.where === undefined ? "" : ` where ${conditionText(rule.where)}`,
        when,
        otherwise,
      ].join("");
    }
    case "flow": {
      const labels = rule.labels.map(({ label, above }) => `${above ? "above " : ""}${label}`);
      const byValue = rule.byValue ? " by value" : "";
      return `flow ${labels.join(` ${rule.join} `)} into ${targets}${when}${byValue}${otherwise}`;
    }
    case "inspect": {
      const classes = rule.classes === undefined ? "" : `(${rule.classes.join(", ")})`;
      const whose = rule.what === "messages" ? "*" : targets;
      return `inspect ${rule.what} of ${whose} for ${rule.inspector}${classes} >= ${rule.atLeast}${when}${otherwise}`;
    }
    case "loop": {
      const steps = rule.steps.map((s) => `${s.count} in ${s.calls} calls then ${outcomeText(s.otherwise)}`);
      return `loop ${rule.what.replace("_", " ")} ${steps.join(", ")}`;
    }
    case "budget": {
      const then = isDeny(rule.otherwise) ? "" : ` then ${outcomeText(rule.otherwise)}`;
      return `budget ${countedText(rule)} on ${targets} per ${rule.ledger}${windowText(rule.window)}${then}`;
    }
    case "delegation":
      return "";
    default:
      return unreachable(rule);
  }
}

function countedText({ measure, limit }: Budget): string {
  switch (measure.kind) {
    case "calls":
      return `${plainDecimal(limit)} calls`;
    case "tokens":
      return `${plainDecimal(limit)} of tokens`;
    case "cost":
      return `${plainDecimal(limit)} ${measure.currency} of cost`;
    case "elapsed":
      return `${durationText(Number(plainDecimal(limit)))} of elapsed`;
    case "argument":
      return `${limitText(limit, measure.value.type)} of ${bare(referenceText(measure.value))}`;
    case "count":
      return `${plainDecimal(limit)} of count(${bare(referenceText(measure.list))})`;
    default:
      return unreachable(measure);
  }
}

function windowText(window: Budget["window"]): string {
  if (window === undefined) return "";
  return ` per ${window.kind === "rolling" ? durationText(window.ms) : window.kind}`;
}

/** What a rule without a word does. */
function isDeny(outcome: Outcome): boolean {
  return outcome.length === 1 && outcome[0]?.kind === "deny";
}

function classTargetText({ targets, narrowed }: Pick<Rule, "targets" | "narrowed">, { tools }: Contract): string {
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const found = classTargets(tools).find((c) => same(c.targets, targets) && same(c.narrowed, narrowed));
  if (found === undefined) throw new Error("no level or risk means these targets");
  return found.text;
}

function bare(reference: string): string {
  return reference.replace(/^args\./, "");
}
