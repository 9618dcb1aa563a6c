/** The contract language: characters to a typed contract. Pure; nothing here reads files, clocks or terminals. */
export { type Checked, type CheckOptions, check } from "./check.ts";
export { type Code, DIAGNOSTICS } from "./diagnostics/codes.ts";
export type { Diagnostic, Label } from "./diagnostics/diagnostic.ts";
export { diagnosticToJson, type RenderOptions, renderDiagnostic } from "./diagnostics/render.ts";
export { suggest } from "./diagnostics/suggest.ts";
export { type Formatted, format } from "./format.ts";
export { type OutlineItem, outline } from "./outline.ts";
export { automatonOf, type RegexAutomaton } from "./regex/automaton.ts";
export type { ToolFiles } from "./resolve/imports.ts";
export type { ActionCatalogue, Selected, Selector } from "./resolve/registry.ts";
export type { Source, Span } from "./source.ts";
export { momentText } from "./types/canonical/moment.ts";
export type * from "./types/contract.ts";
export type { Source as GroundingSource } from "./types/contract.ts";
export { readDuration } from "./types/decimal.ts";
export { readTime } from "./types/time.ts";
export { recordOf } from "./types/type.ts";
export { unreachable } from "./unreachable.ts";
export {
  LEDGERS,
  LEVELS,
  OBLIGATION_KINDS,
  type ObligationKind,
  OUTCOME_PARTS,
  OUTCOMES,
  type OutcomeName,
  REASONS,
  type Reason,
  RISKS,
  SEVERITIES,
} from "./vocabulary.ts";
