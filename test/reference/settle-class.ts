/**
 * The class of a call: the levels it has, its risk, whether it goes outside (docs/semantics/tools.md, "The class of a call").
 *
 * Nobody may know: a level's condition can be unknown, a destination may have no form. Then `levels` and `risks` are all that may be.
 */
import type { Base, CallClass } from "./call-class.ts";
import { evaluate, matchesHost } from "./condition.ts";
import type { Contract, Tool, Type } from "./contract.ts";
import { derived, type Environment, field } from "./read.ts";
import { or, possible, type Truth } from "./truth.ts";
import type { Value } from "./value.ts";

/** `environment`: of the call, whose own class no condition of a level reads. */
export function classOf(base: Base, environment: Environment): CallClass {
  const { tool, contract, args } = environment;
  const { sure, levels } = levelsOf(base, environment);
  return {
    sure,
    levels,
    risks: tool.cases.length > 0 && tool.riskByLevel ? risksOf(sure, levels, tool.irreversible) : [base.risk],
    external: externalOf(tool, args, contract),
    severity: base.severity,
  };
}

/** When no level is left all of the tool's count; when it may be that none is left, each of them may. */
function levelsOf({ levels }: Base, environment: Environment): Pick<CallClass, "sure" | "levels"> {
  const { cases } = environment.tool;
  const truth = (level: string): Truth => {
    const found = cases.find((each) => each.level === level);
    return found === undefined || evaluate(found.when, environment);
  };
  const sure = levels.filter((level) => truth(level) === true);
  const may = levels.filter((level) => possible(truth(level)));
  if (may.length === 0) return { sure: levels, levels };
  return { sure, levels: sure.length === 0 ? levels : may };
}

const STEPS: { readonly [level: string]: number } = { read: 0, write: 1, delete: 2, execute: 2 };
const RISKS = ["read", "write", "destructive", "critical"];

/** The risk of each set of levels that the call may have: the highest of them, one step up when it cannot be undone. */
function risksOf(sure: readonly string[], levels: readonly string[], irreversible: boolean): readonly string[] {
  const steps = (of: readonly string[]): readonly number[] => of.map((level) => STEPS[level]!);
  const least = Math.max(...steps(sure), ...(sure.length === 0 ? [-1] : []));
  const all = levels.map((level) => Math.max(least, STEPS[level]!));
  return [...new Set(all)].map((step) => RISKS[step + (irreversible ? 1 : 0)]!);
}

/** The tool says so, or one of its destinations lies outside. */
function externalOf(tool: Tool, args: Value, contract: Contract): Truth {
  if (tool.external) return true;
  return or(tool.params.filter((p) => p.dest).map((p) => isOutside(p.type, field(args, p.name), contract.inside)));
}

function isOutside(type: Type, value: Value, inside: readonly string[]): Truth {
  if (type.kind === "optional") return isOutside(type.of, value, inside);
  if (value.kind === "absent") return false;
  if (type.kind === "list") {
    if (value.kind !== "list") return "unknown";
    return or(value.items.map((item) => isOutside(type.element, item, inside)));
  }
  const host = hostOf(type, value);
  if (host === undefined) return true;
  return host === "unknown" ? "unknown" : !inside.some((pattern) => matchesHost(pattern, host.text));
}

/** Undefined: what lies at no host is always outside. */
function hostOf(type: Type, value: Value): { readonly text: string } | "unknown" | undefined {
  if (type.kind !== "host" && type.kind !== "url" && type.kind !== "email") return undefined;
  const host = type.kind === "host" ? value : derived(value, type.kind === "url" ? "url.host" : "email.domain");
  return host.kind === "text" ? host : "unknown";
}
