/**
 * Variants: a tool whose action is named in each call is, to the classifier, one tool for each class of action (level and risk) that the
 * contract links. So what depends on level or risk is decided when the contract is compiled, as for every other tool.
 */
import { type CloudAction, LEVELS, type Level, RISKS, type Risk, type Rule, type Tool } from "@thc/language";
import type { IrCondition } from "../ir/ir.ts";

/** What the classifier takes for one tool. */
export interface Kind {
  readonly tool: number;
  readonly levels: readonly Level[];
  readonly risk: Risk;
  /** The class of its actions; undefined for a tool that is of one kind. */
  readonly bit: number | undefined;
}
export interface Kinds {
  /** One for each tool, by number, and behind them the variants. */
  readonly all: readonly Kind[];
  /** By tool: the kind of each of the sixteen classes. */
  readonly byClass: readonly (readonly (number | undefined)[] | undefined)[];
  /** No tool's action is named in the call. */
  readonly isPlain: boolean;
}

export const classBit = ({ level, risk }: Pick<CloudAction, "level" | "risk">): number =>
  4 * RISKS.indexOf(risk) + LEVELS.indexOf(level);

export function kindsOf(tools: readonly Tool[], actions: readonly CloudAction[]): Kinds {
  const all: Kind[] = tools.map((t, tool) => ({ tool, levels: t.levels, risk: t.risk, bit: undefined }));
  const classes = new Map(actions.map((a) => [classBit(a), a]));
  const byClass = tools.map(({ action, levels, risk }, tool) => {
    if (action?.kind !== "named") return undefined;
    return Array.from({ length: 16 }, (_, bit) => {
      const of = classes.get(bit);
      if (of === undefined) return undefined;
      return (
        all.push({ tool, levels: action.level ? [of.level] : levels, risk: action.risk ? of.risk : risk, bit }) - 1
      );
    });
  });
  return { all, byClass, isPlain: byClass.every((variants) => variants === undefined) };
}

/** The kinds that a rule is for. */
export function targetKinds(rule: Rule, { byClass, isPlain }: Kinds): readonly number[] {
  if (isPlain) return rule.targets;
  return rule.targets.flatMap((tool) => {
    const variants = byClass[tool];
    if (variants === undefined) return [tool];
    const classes = rule.narrowed.find((n) => n.tool === tool)?.classes ?? 0xffff;
    return variants.filter((v, bit) => v !== undefined && ((classes >> bit) & 1) === 1) as number[];
  });
}

/** A set of classes as a condition on the called tool. */
export function classCondition(classes: number): IrCondition {
  const parts = RISKS.flatMap((risk, r): IrCondition[] => {
    const levels = LEVELS.filter((_, l) => ((classes >> (4 * r + l)) & 1) === 1);
    if (levels.length === 0) return [];
    return [
      {
        op: "and",
        parts: [
          { op: "risk_is", risks: [risk] },
          { op: "level_is", levels, exact: false },
        ],
      },
    ];
  });
  return { op: "or", parts };
}
