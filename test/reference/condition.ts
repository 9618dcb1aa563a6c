/** Conditions: true, false or unknown (docs/semantics.md §4). */
import { compute, fold, pick } from "./arithmetic.ts";
import { blastRadius } from "./blast.ts";
import type { CallClass } from "./call-class.ts";
import { isInRange } from "./canonical/ip.ts";
import type { CompareOp, Condition, ElementSet, Literal, Term } from "./contract.ts";
import { compareDecimals } from "./decimal.ts";
import { matchesPath, matchesText } from "./glob.ts";
import { type Environment, fieldOf, isPresent, number, read } from "./read.ts";
import { matchesRegex } from "./regex.ts";
import { and, not, or, type Truth } from "./truth.ts";
import { unreachable } from "./unreachable.ts";
import { ABSENT, equalValues, numberOf, UNKNOWN, type Value } from "./value.ts";

export function evaluate(condition: Condition, environment: Environment): Truth {
  switch (condition.kind) {
    case "constant":
      return condition.value;
    case "and":
      return and(condition.parts.map((part) => evaluate(part, environment)));
    case "or":
      return or(condition.parts.map((part) => evaluate(part, environment)));
    case "not":
      return not(evaluate(condition.part, environment));
    case "has":
      return isPresent(condition.value, environment);
    case "is": {
      const value = read(condition.value, environment);
      return value.kind === "unknown" ? "unknown" : value.kind !== "absent";
    }
    case "session_has":
      return condition.anyOf.some((label) => environment.labels.has(environment.contract.labels[label]!.name));
    case "holds": {
      const value = read(condition.value, environment);
      return value.kind === "bool" ? value.value : "unknown";
    }
    case "compare":
      return compare(condition.op, termValue(condition.left, environment), termValue(condition.right, environment));
    case "member": {
      const item = termValue(condition.item, environment);
      if (item.kind === "absent" || item.kind === "unknown") return "unknown";
      return condition.values.some((value) => equalValues(item, literalValue(value)) === true);
    }
    case "host_in":
      return onText(condition.item, environment, (host) => condition.patterns.some((p) => matchesHost(p, host)));
    case "ip_in":
      return onText(condition.item, environment, (ip) => condition.ranges.some((range) => isInRange(ip, range)));
    case "matches": {
      const matches = condition.style === "path" ? matchesPath : matchesText;
      return onText(condition.item, environment, (text) => condition.globs.some((glob) => matches(glob, text)));
    }
    case "regex":
      return onText(condition.item, environment, (text) => matchesRegex(condition.source, condition.ignoreCase, text));
    case "under": {
      const prefix = termValue(condition.prefix, environment);
      if (prefix.kind !== "text") return "unknown";
      return onText(condition.item, environment, (path) => isUnder(path, prefix.text));
    }
    case "contains":
      return onText(condition.item, environment, (text) => text.includes(condition.text));
    case "starts_with":
      return onText(condition.item, environment, (text) => text.startsWith(condition.text));
    case "level_is":
      return isLevels(environment.call, condition.levels, condition.exact);
    case "level_has":
      return hasLevel(environment.call, condition.levels);
    case "risk_is":
      return among(environment.call.risks, condition.risks);
    case "external":
      return environment.call.external;
    case "includes":
      return isIn(read(condition.list, environment), termValue(condition.item, environment));
    case "subset":
    case "overlaps": {
      const list = read(condition.list, environment);
      const isElement = membership(condition.set, environment);
      if (list.kind !== "list" || isElement === undefined) return "unknown";
      const truths = list.items.map(isElement);
      return condition.kind === "subset" ? and(truths) : or(truths);
    }
    case "quantifier":
      return quantify(condition, environment);
    default:
      return unreachable(condition);
  }
}

function termValue(term: Term, environment: Environment): Value {
  switch (term.kind) {
    case "reference":
      return read(term, environment);
    case "literal":
      return literalValue(term);
    case "count": {
      const list = read(term.list, environment);
      return list.kind === "list" ? number(list.items.length) : UNKNOWN;
    }
    case "blast":
      return blastRadius(
        environment.call.severity,
        [term.environment, term.count, term.rollback].map((fact) =>
          fact === undefined ? ABSENT : read(fact, environment),
        ),
      );
    case "arithmetic":
      return compute(term, termValue(term.left, environment), termValue(term.right, environment));
    case "fold": {
      const list = read(term.list, environment);
      return list.kind === "list"
        ? fold(
            term,
            list.items.map((item) => fieldOf(item, term.field)),
          )
        : UNKNOWN;
    }
    case "pick":
      return pick(
        term,
        term.of.map((each) => termValue(each, environment)),
      );
    default:
      return unreachable(term);
  }
}

/** Whether a value is an element: unknown where the list or the value is not known, or an element that decides. */
function isIn(list: Value, item: Value): Truth {
  if (list.kind !== "list" || item.kind === "absent" || item.kind === "unknown") return "unknown";
  return or(list.items.map((element) => equalValues(element, item) ?? "unknown"));
}

/** Undefined: the set is a list that is not known. */
function membership(set: ElementSet, environment: Environment): ((item: Value) => Truth) | undefined {
  switch (set.kind) {
    case "values":
      return (item) =>
        item.kind === "unknown" ? "unknown" : set.values.some((v) => equalValues(item, literalValue(v)) === true);
    case "hosts":
      return (item) => (item.kind === "text" ? set.patterns.some((p) => matchesHost(p, item.text)) : "unknown");
    case "ranges":
      return (item) => (item.kind === "text" ? set.ranges.some((range) => isInRange(item.text, range)) : "unknown");
    case "list": {
      const list = read(set.list, environment);
      return list.kind === "list" ? (item) => isIn(list, item) : undefined;
    }
    default:
      return unreachable(set);
  }
}

function literalValue(literal: Literal): Value {
  const value = literal.value;
  if (typeof value === "boolean") return { kind: "bool", value };
  return typeof value === "string"
    ? { kind: "text", text: value, sent: value }
    : { kind: "number", value, sent: value };
}

function compare(op: CompareOp, left: Value, right: Value): Truth {
  const equal = equalValues(left, right);
  if (equal === undefined) return "unknown";
  if (op === "==") return equal;
  if (op === "!=") return !equal;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return "unknown";
  const order = compareDecimals(a, b);
  switch (op) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return unreachable(op);
  }
}

function onText(item: Term, environment: Environment, test: (text: string) => boolean): Truth {
  const value = termValue(item, environment);
  return value.kind === "text" ? test(value.text) : "unknown";
}

/** `*.p`: one or more names below p, not p. */
export function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith("*.")) return host === pattern;
  return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

function isUnder(path: string, prefix: string): boolean {
  return prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
}

type Levels = readonly string[];
type Known = Pick<CallClass, "sure" | "levels">;

/** The call's levels are among those asked for; `exact`: they are those, no fewer. */
function isLevels({ sure, levels }: Known, asked: Levels, exact: boolean): Truth {
  if (sure.some((level) => !asked.includes(level))) return false;
  // a call has at least one level
  if (!levels.some((level) => asked.includes(level))) return false;
  if (exact && asked.some((level) => !levels.includes(level))) return false;
  const within = levels.every((level) => asked.includes(level));
  return within && (!exact || asked.every((level) => sure.includes(level))) ? true : "unknown";
}

function hasLevel({ sure, levels }: Known, asked: Levels): Truth {
  if (sure.some((level) => asked.includes(level)) || levels.every((level) => asked.includes(level))) return true;
  return levels.some((level) => asked.includes(level)) ? "unknown" : false;
}

/** Of what may be: all asked for, some, none. */
function among(may: readonly string[], asked: readonly string[]): Truth {
  if (may.every((each) => asked.includes(each))) return true;
  return may.some((each) => asked.includes(each)) ? "unknown" : false;
}

function quantify(condition: Extract<Condition, { kind: "quantifier" }>, environment: Environment): Truth {
  const truths = condition.lists.flatMap((reference): readonly Truth[] => {
    const list = read(reference, environment);
    if (list.kind === "absent") return [];
    if (list.kind !== "list") return ["unknown"];
    const around = environment.elements.slice(0, condition.depth);
    return list.items.map((item) => evaluate(condition.body, { ...environment, elements: [...around, item] }));
  });
  switch (condition.quantifier) {
    case "every":
      return and(truths);
    case "any":
      return or(truths);
    case "no":
      return not(or(truths));
    default:
      return unreachable(condition.quantifier);
  }
}
