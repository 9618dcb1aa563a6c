/** Cloud actions: names against what the contract links, and what a call is (docs/semantics.md §3, §4). */
import type { Contract, Tool } from "./contract.ts";
import type { Value } from "./value.ts";

export type Linked = NonNullable<Contract["registry"]>["actions"][number];
export type Actions = ReadonlyMap<string, Linked>;

const LEVELS = ["read", "write", "delete", "execute"];
const RISKS = ["read", "write", "destructive", "critical"];

export function linkedActions(contract: Contract): Actions {
  return new Map((contract.registry?.actions ?? []).map((action) => [action.name, action]));
}

export function canonicalAction(sent: string, actions: Actions): string | undefined {
  const name = /^(aws|azure):/.test(sent)
    ? sent.replace(/[A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 32))
    : sent;
  return actions.has(name) ? name : undefined;
}

/** What one call is: its tool, or where that says so the action it names. */
export interface CallClass {
  readonly levels: readonly string[];
  readonly risk: string;
}

/** Undefined: an unknown action. `args`: typed. */
export function classOf(tool: Tool, args: Value, actions: Actions): CallClass | undefined {
  if (tool.action?.kind !== "named") return { levels: tool.levels, risk: tool.risk };
  const value = args.kind === "record" ? args.fields.get(tool.params[tool.action.param]!.name) : undefined;
  const action = value?.kind === "text" ? actions.get(value.text) : undefined;
  if (action === undefined) return undefined;
  return {
    levels: tool.action.level ? [action.level] : tool.levels,
    risk: tool.action.risk ? action.risk : tool.risk,
  };
}

/** Whether a set of classes holds the call: of the class bits that fit its level and risk, any. */
export function isInClasses(classes: number, call: CallClass): boolean {
  return LEVELS.some(
    (level, l) => call.levels.includes(level) && ((classes >> (4 * RISKS.indexOf(call.risk) + l)) & 1) === 1,
  );
}
