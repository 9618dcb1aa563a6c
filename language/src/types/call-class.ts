/**
 * What can be said of a call's levels, risk and destinations before there is a call: true or false where it is the same for every call
 * of a tool, undefined where the call decides (docs/semantics/tools.md, "The class of a call").
 */
import { LEVELS, RISKS, type Risk } from "../vocabulary.ts";
import type { Condition, Tool } from "./contract.ts";

export type ClassCondition = Extract<Condition, { kind: "level_is" | "level_has" | "risk_is" | "external" }>;

export const isAboutClass = (condition: Condition): condition is ClassCondition =>
  condition.kind === "level_is" ||
  condition.kind === "level_has" ||
  condition.kind === "risk_is" ||
  condition.kind === "external";

/** Whether one of the atoms is about the call's class. */
export function asksForClass(condition: Condition): boolean {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.parts.some(asksForClass);
    case "not":
      return asksForClass(condition.part);
    case "quantifier":
      return asksForClass(condition.body);
    default:
      return isAboutClass(condition);
  }
}

/** Of one tool; cloud actions that its calls name may have any level and risk. */
export function classTruth(condition: ClassCondition, tool: Tool): boolean | undefined {
  const { action } = tool;
  switch (condition.kind) {
    case "external":
      return tool.external ? true : tool.params.some((param) => param.dest) ? undefined : false;
    case "risk_is":
      return within(action?.kind === "named" && action.risk ? RISKS : risksOf(tool), condition.risks);
    case "level_has":
    case "level_is": {
      const { levels } = condition;
      if (action?.kind === "named" && action.level) {
        const isOne = condition.kind === "level_has" || !condition.exact || levels.length === 1;
        return isOne ? within(LEVELS, levels) : false;
      }
      const always = tool.levels.filter((level) => !tool.cases.some((each) => each.level === level));
      const all = tool.levels.every((level) => levels.includes(level));
      // a call has at least one level
      if (!tool.levels.some((level) => levels.includes(level))) return false;
      if (condition.kind === "level_has") return all || always.some((level) => levels.includes(level)) || undefined;
      if (always.some((level) => !levels.includes(level))) return false;
      if (!condition.exact) return all || undefined;
      if (!levels.every((level) => tool.levels.includes(level))) return false;
      return all && always.length === tool.levels.length ? true : undefined;
    }
  }
}

/** Every risk that a call of the tool may have. */
function risksOf(tool: Tool): readonly Risk[] {
  if (!tool.riskByLevel) return [tool.risk];
  const steps = { read: 0, write: 1, delete: 2, execute: 2 };
  const lift = tool.irreversible ? 1 : 0;
  const always = tool.levels.filter((level) => !tool.cases.some((each) => each.level === level));
  const least = Math.max(-1, ...always.map((level) => steps[level]));
  const found = new Set(tool.levels.map((level) => Math.max(least, steps[level]) + lift));
  return RISKS.filter((_, risk) => found.has(risk));
}

/** Whether all of them are asked for, or none. */
function within<T>(may: readonly T[], asked: readonly T[]): boolean | undefined {
  if (may.every((each) => asked.includes(each))) return true;
  return may.some((each) => asked.includes(each)) ? undefined : false;
}
