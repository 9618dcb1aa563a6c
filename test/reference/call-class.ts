/** What a call is said to be: by its tool, or where that says so by the action it names (docs/semantics/tools.md). */
import type { Actions } from "./action.ts";
import type { Tool } from "./contract.ts";
import type { Truth } from "./truth.ts";
import type { Value } from "./value.ts";

/** What one call is. */
export interface CallClass {
  /** The levels it has for sure, and all that it may have. */
  readonly sure: readonly string[];
  readonly levels: readonly string[];
  readonly risks: readonly string[];
  readonly external: Truth;
  /** In thousandths. */
  readonly severity: number;
}
/** What its tool says, or where that says so the action it names. */
export type Base = Pick<CallClass, "severity"> & { readonly levels: readonly string[]; readonly risk: string };

/** Undefined: an unknown action. `args`: typed. */
export function baseOf(tool: Tool, args: Value, actions: Actions): Base | undefined {
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
