/** What a call is: its level and risk, and whether a rule is for such calls (docs/semantics.md §4, §5). */
import type { Actions } from "./action.ts";
import type { Tool } from "./contract.ts";
import type { Value } from "./value.ts";

const LEVELS = ["read", "write", "delete", "execute"];
const RISKS = ["read", "write", "destructive", "critical"];

/** What one call is: its tool, or where that says so the action it names. */
export interface CallClass {
  readonly levels: readonly string[];
  readonly risk: string;
  /** In thousandths. */
  readonly severity: number;
}

/** Undefined: an unknown action. `args`: typed. */
export function classOf(tool: Tool, args: Value, actions: Actions): CallClass | undefined {
  if (tool.action?.kind !== "named") return { levels: tool.levels, risk: tool.risk, severity: tool.severity };
  const value = args.kind === "record" ? args.fields.get(tool.params[tool.action.param]!.name) : undefined;
  const action = value?.kind === "text" ? actions.get(value.text) : undefined;
  if (action === undefined) return undefined;
  return {
    levels: tool.action.level ? [action.level] : tool.levels,
    risk: tool.action.risk ? action.risk : tool.risk,
    severity: action.severity,
  };
}

/** Whether a set of classes holds the call: of the class bits that fit its level and risk, any. */
export function isInClasses(classes: number, call: CallClass): boolean {
  return LEVELS.some(
    (level, l) => call.levels.includes(level) && ((classes >> (4 * RISKS.indexOf(call.risk) + l)) & 1) === 1,
  );
}
