/**
 * Classes of actions: a level and a risk, sixteen in all. A tool whose action is named in each call is target by class; every other tool
 * is of one kind, whatever is called.
 */
import type { Tool } from "../types/contract.ts";
import { LEVELS, type Level, RISKS, type Risk } from "../vocabulary.ts";

export const EVERY_CLASS = 0xffff;

/** The classes of a tool's calls for which a question about level and risk is answered yes. */
export function classesWhere(tool: Tool, asks: (levels: readonly Level[], risk: Risk) => boolean): number {
  const { action } = tool;
  let classes = 0;
  RISKS.forEach((risk, r) => {
    LEVELS.forEach((level, l) => {
      const named = action?.kind === "named";
      const levels = named && action.level ? [level] : tool.levels;
      if (asks(levels, named && action.risk ? risk : tool.risk)) classes |= 1 << (4 * r + l);
    });
  });
  return classes;
}
