/** What each tool gives, as sets of labels (docs/semantics/flows.md). */
import type { Contract, Tool } from "@thc/language";
import type { IrGives } from "../ir/ir.ts";
import { labelSet, lowerCondition, type Scope } from "./conditions.ts";

const UNTRUSTED = "untrusted";

/** Undefined: nothing, whatever the call. */
export function lowerGives(tool: Tool, contract: Contract, scope: Scope): IrGives | undefined {
  const always = tool.gives.filter(({ when }) => when === undefined).map(({ label }) => label);
  const conditional = tool.gives.flatMap(({ label, when }) =>
    when === undefined ? [] : [{ labels: labelSet([label]), when: lowerCondition(when, scope) }],
  );
  const isRead = tool.external || tool.levels.some((level) => level === "read" || level === "execute");
  const distrusted = isRead && !(tool.trusted?.kind === "constant" && tool.trusted.value);
  if (always.length + conditional.length === 0 && !distrusted) return undefined;
  const untrusted = contract.labels.findIndex((label) => label.name === UNTRUSTED);
  return {
    always: labelSet(always),
    conditional,
    untrusted: distrusted && untrusted >= 0 ? labelSet([untrusted]) : 0n,
    external: tool.external,
    trusted: tool.trusted === undefined ? undefined : lowerCondition(tool.trusted, scope),
  };
}
