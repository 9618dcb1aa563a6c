/**
 * A definition as a tool of a contract. What the server says of itself beyond its types (hints, titles, descriptions) is not believed:
 * until the contract classifies it, an imported tool is the worst that a tool can be.
 */
import type { Span } from "../source.ts";
import type { Field, Tool } from "../types/contract.ts";
import { isObject } from "./json.ts";
import { schemaReader } from "./schema.ts";
import type { Definition } from "./tool-list.ts";

/** Before it is classified. */
export const UNCLASSIFIED = { levels: ["execute"], external: true, irreversible: true, risk: "critical" } as const;

export interface Imported {
  readonly tool: Tool;
  /** Its input schema is of a shape that has no arguments here: no call with arguments fits. */
  readonly isUntyped: boolean;
}

/** @param name with the alias before it */
export function importedTool(name: string, { whole, digest }: Definition, span: Span): Imported {
  const input = whole.get("inputSchema");
  const fields = schemaReader(input, "arguments").fields(input);
  const output = whole.get("outputSchema");
  const returns = isObject(output) ? schemaReader(output, "result").type(output) : undefined;
  return {
    isUntyped: fields === undefined,
    tool: {
      name,
      params: (fields ?? []).map(({ name: param, type }: Field) => ({ name: param, type, dest: false })),
      returns: returns === undefined || returns.kind === "json" ? undefined : returns,
      ...UNCLASSIFIED,
      cases: [],
      riskByLevel: true,
      gives: [],
      trusted: undefined,
      open: false,
      definition: digest,
      action: undefined,
      severity: 880,
      span,
    },
  };
}
