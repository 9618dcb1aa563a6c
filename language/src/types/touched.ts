/**
 * What a call touches: lists derived from every typed argument of the called tool (docs/semantics/values.md, "What a call touches").
 * To conditions they are request fields, `action.paths` and its like, of a list type that is never absent; which types of
 * argument put what into which list is said by the reference interpreter and by the compiler, each for itself.
 */
import type { Type } from "./contract.ts";

export const TOUCHED: readonly (readonly [field: string, type: Type])[] = [
  ["action.paths", { kind: "list", element: { kind: "path" } }],
  ["action.writes", { kind: "list", element: { kind: "path" } }],
  ["action.hosts", { kind: "list", element: { kind: "host" } }],
  ["action.tables", { kind: "list", element: { kind: "text" } }],
  ["action.emails", { kind: "list", element: { kind: "email" } }],
  ["action.commands", { kind: "list", element: { kind: "command" } }],
];
