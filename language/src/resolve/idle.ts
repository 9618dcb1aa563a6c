/**
 * Rules of a ruleset that are about a kind of call (`level(delete)`, `risk >= critical`, `external`) of which the contract has none: they
 * have nothing to say and are left out. A tool that is named and not there stays an error.
 */
import type * as Ast from "../syntax/ast.ts";
import { type ClassCondition, classTruth } from "../types/call-class.ts";
import type { Tool } from "../types/contract.ts";
import { LEVELS } from "../vocabulary.ts";
import { plainName } from "./globs.ts";
import { findRisk, risksThat } from "./risks.ts";
import { EXTERNAL } from "./tools.ts";

export function isIdle({ head, clauses, isShared }: Ast.RuleNode, tools: readonly Tool[]): boolean {
  if (isShared !== true) return false;
  const clause = clauses.find((each) => each.kind === "for" || each.kind === "on");
  const targets =
    "targets" in head ? head.targets : clause?.kind === "for" || clause?.kind === "on" ? clause.targets : undefined;
  if (targets === undefined) return tools.length === 0;
  return targets.include.every((target) => meansNone(target, tools));
}

function meansNone(target: Ast.TargetNode, tools: readonly Tool[]): boolean {
  const none = (asked: ClassCondition): boolean => tools.every((tool) => classTruth(asked, tool) === false);
  switch (target.kind) {
    case "star":
      return tools.length === 0;
    case "level": {
      const words = target.levels.map((word) => word.text);
      const levels = LEVELS.filter((level) => words.includes(level));
      return levels.length === words.length && none({ kind: "level_has", levels });
    }
    case "risk": {
      const risk = findRisk(target.risk.text);
      return risk !== undefined && none({ kind: "risk_is", risks: risksThat(target.op, risk) });
    }
    case "pattern":
      return plainName(target.pieces) === EXTERNAL && none({ kind: "external" });
  }
}
