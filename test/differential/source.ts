/**
 * A typed contract printed as text: to show a failing case, and to check that reading it again gives the same contract.
 *
 * It says everything in full (`args.x`, every target by name) and knows nothing of how the checker reads.
 */
import type { Contract, Rule, Tool, Type } from "../reference/contract.ts";
import { plainDecimal } from "../reference/decimal.ts";
import { unreachable } from "../reference/unreachable.ts";
import { classTargets } from "./generate/cloud.ts";
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
    ...contract.agents.map((a) => `agent ${a.name} { id ${a.ids.map((id) => JSON.stringify(id)).join(", ")} }`),
    ...registryLines(contract),
    ...contract.facts.map((f) => {
      const range = f.range === undefined ? "" : ` in ${plainDecimal(f.range.low)}..${plainDecimal(f.range.high)}`;
      return `fact ${f.path}: ${typeText(f.type)}${range}`;
    }),
    ...contract.tools.map(toolText),
    ...contract.rules.map((rule) => `${rule.name}: ${ruleText(rule, contract)}`),
  ];
  const head = `contract ${JSON.stringify(contract.name)} version ${JSON.stringify(contract.version)}`;
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

function registryLines({ registry }: Contract): readonly string[] {
  const used = registry?.selectors.filter((selector) => !selector.includes(":")) ?? [];
  return used.length === 0 ? [] : [`use registry ${used.join(", ")}`];
}

function toolText(tool: Tool): string {
  const params = tool.params.map((p) => `${p.name}: ${typeText(p.type)}${p.dest ? " dest" : ""}`).join(", ");
  const flags = `${actionText(tool)}${tool.external ? " external" : ""}${tool.irreversible ? " irreversible" : ""}`;
  const returns = tool.returns === undefined ? "" : ` returns ${typeText(tool.returns)}`;
  return `tool ${tool.name}(${params})${flags}${returns}`;
}

/** Levels and what else is said of the action. */
function actionText({ action, levels, params, risk }: Tool): string {
  const own = ` ${levels.join(", ")}`;
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

function ruleText(rule: Rule, contract: Contract): string {
  const names = (ranks: readonly number[]) => ranks.map((r) => contract.tools[r]!.name);
  const targets = rule.narrowed.length === 0 ? names(rule.targets).join(", ") : classTargetText(rule, contract);
  const when = rule.kind === "budget" || rule.when === undefined ? "" : ` when ${conditionText(rule.when)}`;
  const otherwise = "otherwise" in rule && rule.otherwise.kind !== "deny" ? ` else ${outcomeText(rule.otherwise)}` : "";
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
    case "require_grounded": {
      const values = rule.values.map(groundedText).join(", ");
      const sources = rule.sources.map((source) => sourceText(source, contract));
      return `require grounded ${values} in ${sources.join(", ")} for ${targets}${when}${otherwise}`;
    }
    case "require_prior": {
      const of = names(rule.tools);
      const tools = of.length > 1 ? `(${of.join(" or ")})` : of[0]!;
      const keys = rule.keys.map((k) => `${bare(referenceText(k.current))} = ${referenceText(k.prior)}`);
      return [
        `require ${rule.negated ? "no " : ""}prior ${rule.completion} ${tools} for ${targets}`,
        keys.length === 0 ? "" : ` matching ${keys.join(", ")}`,
        rule.within === undefined ? "" : ` within ${durationText(rule.within)}`,
        rule.where === undefined ? "" : ` where ${conditionText(rule.where)}`,
        when,
        otherwise,
      ].join("");
    }
    case "budget": {
      const { measure } = rule;
      const counted =
        measure.kind === "calls"
          ? `${plainDecimal(rule.limit)} calls`
          : `${limitText(rule.limit, measure.value.type)} of ${bare(referenceText(measure.value))}`;
      const then = rule.otherwise.kind === "deny" ? "" : ` then ${outcomeText(rule.otherwise)}`;
      return `budget ${counted} on ${targets} per ${rule.ledger}${then}`;
    }
    default:
      return unreachable(rule);
  }
}

function classTargetText({ targets, narrowed }: Rule, { tools }: Contract): string {
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const found = classTargets(tools).find((c) => same(c.targets, targets) && same(c.narrowed, narrowed));
  if (found === undefined) throw new Error("no level or risk means these targets");
  return found.text;
}

function bare(reference: string): string {
  return reference.replace(/^args\./, "");
}
