/** Cloud actions: names against what the contract links, in their canonical form (docs/semantics.md §3). */
import type { Contract } from "./contract.ts";

export type Linked = NonNullable<Contract["registry"]>["actions"][number];
export type Actions = ReadonlyMap<string, Linked>;

export function linkedActions(contract: Contract): Actions {
  return new Map((contract.registry?.actions ?? []).map((action) => [action.name, action]));
}

export function canonicalAction(sent: string, actions: Actions): string | undefined {
  const name = /^(aws|azure):/.test(sent)
    ? sent.replace(/[A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 32))
    : sent;
  return actions.has(name) ? name : undefined;
}
