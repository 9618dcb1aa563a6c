/**
 * What did not fit, tool by tool: results that their tool would not return, arguments that it does not take.
 *
 * Such a result is no evidence and grounds nothing, without a denial of its own; what it should have led to is denied later, for a reason
 * that does not name it. So they are counted, and the first of each tool is told in words.
 */
import type { Contract } from "@thc/language";
import type { Decision } from "@thc/runtime";
import { asPointer, badValue } from "../reports/fault.ts";
import { findMisfit } from "../reports/misfit.ts";
import type { CallEvent } from "./run.ts";

export interface Misfit {
  readonly tool: string;
  readonly times: number;
  /** Of the first: the call as `RUN#CALL`, and what about it; undefined where only a module is at hand. */
  readonly first: { readonly call: string; readonly fault: string | undefined };
}

export function misfitCounts(contract: Contract | undefined) {
  const [results, calls] = [counter(), counter()];
  const types = new Map((contract?.tools ?? []).map((tool) => [tool.name, tool.returns]));
  const faultOf = (tool: string, value: unknown): string | undefined => {
    const type = types.get(tool);
    return type && badValue(type, value, asPointer(), "as a result");
  };
  return {
    /** What one run adds, as a part of its host. */
    of: (run: string) => ({
      answered: ({ tool, index }: CallEvent, value: unknown, { unfit }: Decision): void => {
        if (unfit) results.add(tool, `${run}#${index}`, () => faultOf(tool, value));
      },
      decided: ({ tool, index }: CallEvent, request: Uint8Array, { reason }: Decision): void => {
        if (reason === "bad_arguments") calls.add(tool, `${run}#${index}`, () => findMisfit(reason, request, contract));
      },
    }),
    results: results.ranked,
    calls: calls.ranked,
  };
}

function counter() {
  const found = new Map<string, Misfit>();
  return {
    add: (tool: string, call: string, fault: () => string | undefined): void => {
      const before = found.get(tool);
      const first = before?.first ?? { call, fault: fault() };
      found.set(tool, { tool, times: (before?.times ?? 0) + 1, first });
    },
    ranked: (): readonly Misfit[] =>
      [...found.values()].sort((a, b) => b.times - a.times || (a.tool < b.tool ? -1 : 1)),
  };
}
