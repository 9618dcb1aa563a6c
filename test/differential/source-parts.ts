/** The small parts of a contract's text: conditions, outcomes, obligations, amounts (see source.ts). */
import type {
  Approval,
  Carried,
  Condition,
  Contract,
  Decimal,
  ElementSet,
  GroundedValue,
  Literal,
  Outcome,
  OutcomePart,
  Reference,
  Source,
  Term,
  Type,
} from "../reference/contract.ts";
import { plainDecimal, scaled } from "../reference/decimal.ts";
import { unreachable } from "../reference/unreachable.ts";

export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case "constant":
      return String(condition.value);
    case "and":
    case "or":
      return `(${condition.parts.map(conditionText).join(` ${condition.kind} `)})`;
    case "not":
      return `not (${conditionText(condition.part)})`;
    case "has":
      return `has ${referenceText(condition.value)}`;
    case "is": {
      const { path, cases = [] } = condition.value;
      const value = { ...condition.value, path: path.slice(0, -1), cases: cases.slice(0, -1) };
      return `${referenceText(value)} is ${quoted(path.at(-1)!)}`;
    }
    case "session_has":
      return `session has ${condition.label}`;
    case "holds":
      return referenceText(condition.value);
    case "compare":
      return `${termText(condition.left)} ${condition.op} ${termText(condition.right)}`;
    case "member":
      return `${termText(condition.item)} in [${condition.values.map(literalText).join(", ")}]`;
    case "host_in":
      return `${termText(condition.item)} in [${condition.patterns.map(quoted).join(", ")}]`;
    case "ip_in":
      return `${termText(condition.item)} in [${condition.ranges.map(quoted).join(", ")}]`;
    case "matches":
      return `${termText(condition.item)} matches [${condition.globs.map(quoted).join(", ")}]`;
    case "regex":
      return `${termText(condition.item)} matches /${condition.source}/${condition.ignoreCase ? "i" : ""}`;
    case "under":
      return `${termText(condition.item)} under ${termText(condition.prefix)}`;
    case "contains":
      return `${termText(condition.item)} contains ${quoted(condition.text)}`;
    case "starts_with":
      return `${termText(condition.item)} starts with ${quoted(condition.text)}`;
    case "level_is":
      return condition.exact ? `level == ${condition.levels[0]}` : `level in [${condition.levels.join(", ")}]`;
    case "level_has":
      throw new Error("levels that a call has are asked for by targets alone");
    case "external":
      return "external";
    case "risk_is":
      return `risk in [${condition.risks.join(", ")}]`;
    case "includes":
      return `${referenceText(condition.list)} includes ${termText(condition.item)}`;
    case "subset":
    case "overlaps":
      return `${referenceText(condition.list)} ${condition.kind === "subset" ? "subset of" : condition.kind} ${setText(condition.set)}`;
    case "quantifier": {
      const lists = condition.lists.map(referenceText).join(", ");
      return `${condition.quantifier} ${variable(condition.depth)} in ${lists} (${conditionText(condition.body)})`;
    }
    default:
      return unreachable(condition);
  }
}

function variable(depth: number): string {
  return `x${depth}`;
}

function termText(term: Term): string {
  switch (term.kind) {
    case "literal":
      return literalText(term);
    case "reference":
      return referenceText(term);
    case "blast":
      return "blast";
    case "count":
      return `count(${referenceText(term.list)})`;
    case "arithmetic":
      return `(${termText(term.left)} ${term.op} ${termText(term.right)})`;
    case "fold":
      return `${term.op}(${[referenceText(term.list), ...term.field].join(".")})`;
    case "pick":
      return `${term.op}(${term.of.map(termText).join(", ")})`;
    default:
      return unreachable(term);
  }
}

function setText(set: ElementSet): string {
  if (set.kind === "list") return referenceText(set.list);
  if (set.kind === "values") return `[${set.values.map(literalText).join(", ")}]`;
  return `[${(set.kind === "hosts" ? set.patterns : set.ranges).map(quoted).join(", ")}]`;
}

export function referenceText(reference: Reference): string {
  const root = {
    prior_args: "prior.args",
    prior_result: "prior.result",
    prior_row: "prior.row",
    element: variable(reference.depth),
    args: "args",
    principal: "principal",
    resource: "resource",
    context: "context",
    action: "action",
  }[reference.root];
  const keys = new Set(reference.maps?.map(({ at }) => at));
  const names = reference.path.map((name, i) =>
    reference.cases?.includes(i) ? "" : keys.has(i) ? `[${quoted(name)}]` : `.${name}`,
  );
  const place = [root, ...names].join("");
  if (reference.member === "map.keys") return `keys(${place})`;
  const isPlain = reference.member === undefined || reference.member === "map.values";
  return isPlain ? place : `${place}.${reference.member!.split(".")[1]!}`;
}

function literalText(literal: Literal): string {
  const { value } = literal;
  if (typeof value === "boolean") return String(value);
  if (literal.type.kind === "duration" && typeof value === "object") return durationText(Number(scaled(value, -3)));
  if ((literal.type.kind === "date" || literal.type.kind === "time") && typeof value === "object") {
    const iso = new Date(Number(scaled(value, -3))).toISOString();
    return literal.type.kind === "date" ? iso.slice(0, 10) : iso;
  }
  if (typeof value !== "string") return limitText(value, literal.type);
  // The canonical form of a schemeless URL is not how it is written.
  if (literal.type.kind === "cloud_action") return value;
  return quoted(literal.type.kind === "url" ? value.replace(/^\/\//, "") : value);
}

/** An amount, with its currency when it has one. */
export function limitText(value: Decimal, type: Type): string {
  return type.kind === "money" ? `${plainDecimal(value)} ${type.currency}` : plainDecimal(value);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

export function durationText(ms: number): string {
  const units = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
  ] as const;
  const [unit, size] = units.find(([, s]) => ms % s === 0) ?? (["ms", 1] as const);
  return `${ms / size}${unit}`;
}

export function outcomeText(outcome: Outcome): string {
  return outcome.map(partText).join(", ");
}

function partText(part: OutcomePart): string {
  switch (part.kind) {
    case "approval":
      return `approval ${approvalText(part.approval)}`;
    case "with":
      return `with ${obligationTexts(part.obligations)}`;
    case "label":
      return `label ${part.label}`;
    case "suspend":
      return `suspend ${part.ledger}`;
    case "deny":
    case "warn":
    case "redact":
    case "cancel":
      return part.kind;
    default:
      return unreachable(part);
  }
}

export function approvalText(approval: Approval): string {
  const options = [
    approval.quorum === 1 ? [] : [`quorum ${approval.quorum}`],
    approval.expires === undefined ? [] : [`expires ${durationText(approval.expires)}`],
    approval.once ? ["once"] : [],
    approval.orRequester ? ["or requester"] : [],
    approval.whole ? [] : [`binds(${approval.binds.map(referenceText).join(", ")})`],
  ].flat();
  const from = approval.roles === undefined ? "user" : `role ${approval.roles.join(", ")}`;
  return `from ${from}${options.length === 0 ? "" : ` (${options.join(", ")})`}`;
}

export function obligationTexts(obligations: readonly Carried[]): string {
  return obligations.map(obligationText).join(", ");
}

function obligationText(obligation: Carried): string {
  switch (obligation.kind) {
    case "log_full":
    case "signed_receipt":
    case "snapshot_first":
      return obligation.kind;
    case "sandbox":
      return `sandbox(${obligation.profile})`;
    case "row_limit":
      return `row_limit(${obligation.rows})`;
    case "timeout":
    case "credential":
      return `${obligation.kind}(${durationText(obligation.ms)})`;
    case "throttle":
    case "rate":
      return `${obligation.kind}(${obligation.count} per ${durationText(obligation.ms)})`;
    case "redact":
      return `redact(${[obligation.field, ...obligation.classes].join(", ")})`;
    default:
      return unreachable(obligation);
  }
}

export function groundedText({ reference, tokens }: GroundedValue): string {
  return tokens === undefined ? referenceText(reference) : `${tokens} of ${referenceText(reference)}`;
}

export function sourceText(source: Source, { tools }: Contract): string {
  if (source.kind === "argument") return `${tools[source.tool]!.name}@${source.name}`;
  if (source.kind !== "result") return source.kind;
  const { tool, path, contains, namedBy } = source;
  const name = namedBy === undefined ? "" : ` named by ${namedBy}`;
  return `${[tools[tool]!.name, ...path].join(".")}${contains ? " contains" : ""}${name}`;
}
