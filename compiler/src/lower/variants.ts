/**
 * Kinds: what the classifier takes for one tool. A tool whose action is named in each call is one kind for each class of action (level
 * and risk) that the contract links, its _variants_. So what depends on level or risk is decided when the contract is compiled, where it
 * can be: a tool whose levels have conditions, or that is external by its destinations, is one kind, and what is asked of it waits.
 */
import { type CloudAction, LEVELS, type Level, RISKS, type Risk, type Rule, type Tool } from "@thc/language";
import type { IrCondition } from "../ir/ir.ts";

export interface Kind {
  readonly tool: number;
  readonly levels: readonly Level[];
  readonly risk: Risk;
  /** Of `levels` and `risk`: what a call may have less of. Undefined: every call has just these. */
  readonly varies: { readonly always: readonly Level[]; readonly risks: readonly Risk[] } | undefined;
  /** Undefined: by the destinations of the call. */
  readonly external: boolean | undefined;
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
  const all: Kind[] = tools.map((t, tool) => ({
    tool,
    levels: t.levels,
    risk: t.risk,
    varies: variesOf(t),
    external: t.external ? true : t.params.some((p) => p.dest) ? undefined : false,
  }));
  const classes = new Map(actions.map((a) => [classBit(a), a]));
  const byClass = tools.map(({ action, levels, risk }, tool) => {
    if (action?.kind !== "named") return undefined;
    return Array.from({ length: 16 }, (_, bit) => {
      const of = classes.get(bit);
      if (of === undefined) return undefined;
      const own = all[tool] as Kind;
      const variant: Kind = {
        ...own,
        levels: action.level ? [of.level] : levels,
        risk: action.risk ? of.risk : risk,
        varies: own.varies && { ...own.varies, risks: [action.risk ? of.risk : risk] },
      };
      return all.push(variant) - 1;
    });
  });
  return { all, byClass, isPlain: byClass.every((variants) => variants === undefined) };
}

const STEPS: { readonly [level in Level]: number } = { read: 0, write: 1, delete: 2, execute: 2 };

/** Levels that every call has, and the risks that one may have. */
export function variesOf({ levels, cases, risk, riskByLevel, irreversible }: Tool): Kind["varies"] {
  if (cases.length === 0) return undefined;
  const always = levels.filter((level) => !cases.some((c) => c.level === level));
  const least = Math.max(-1, ...always.map((level) => STEPS[level]));
  const found = new Set(levels.map((level) => Math.max(least, STEPS[level]) + (irreversible ? 1 : 0)));
  return { always, risks: riskByLevel ? RISKS.filter((_, r) => found.has(r)) : [risk] };
}

/** What is asked of a call's class, for every call of a kind; undefined: the call decides. */
export function kindHolds(c: IrCondition, kind: Kind): boolean | undefined {
  switch (c.op) {
    case "external":
      return kind.external;
    case "risk_is": {
      const may = kind.varies?.risks ?? [kind.risk];
      if (may.every((risk) => c.risks.includes(risk))) return true;
      return may.some((risk) => c.risks.includes(risk)) ? undefined : false;
    }
    case "level_has": {
      if (!kind.levels.some((level) => c.levels.includes(level))) return false;
      const always = kind.varies?.always ?? kind.levels;
      const all = kind.levels.every((level) => c.levels.includes(level));
      return all || always.some((level) => c.levels.includes(level)) || undefined;
    }
    case "level_is": {
      const always = kind.varies?.always ?? kind.levels;
      if (always.some((level) => !c.levels.includes(level))) return false;
      if (!kind.levels.some((level) => c.levels.includes(level))) return false;
      if (c.exact && c.levels.some((level) => !kind.levels.includes(level))) return false;
      const within = kind.levels.every((level) => c.levels.includes(level));
      return within && (!c.exact || always.length === kind.levels.length) ? true : undefined;
    }
    default:
      return undefined;
  }
}

/** With what is the same for every call of the kind put in; a constant where nothing else is asked. */
export function forKind(c: IrCondition, kind: Kind): IrCondition {
  if (c.op === "not") {
    const part = forKind(c.part, kind);
    return part.op === "constant" ? { op: "constant", value: !part.value } : { op: "not", part };
  }
  if (c.op === "and" || c.op === "or") {
    const decides = c.op === "or";
    const parts = c.parts.map((part) => forKind(part, kind));
    if (parts.some((part) => part.op === "constant" && part.value === decides))
      return { op: "constant", value: decides };
    const open = parts.filter((part) => part.op !== "constant");
    if (open.length === 0) return { op: "constant", value: !decides };
    return open.length === 1 ? (open[0] as IrCondition) : { op: c.op, parts: open };
  }
  const known = kindHolds(c, kind);
  return known === undefined ? c : { op: "constant", value: known };
}

/** The kinds that a rule is for; those for which a condition is left stand alone, with it. */
export function targetKinds(
  rule: Pick<Rule, "targets">,
  narrowed: ReadonlyMap<number, IrCondition>,
  when: IrCondition | undefined,
  { all, byClass, isPlain }: Kinds,
): readonly { readonly kinds: readonly number[]; readonly also: IrCondition | undefined }[] {
  if (isPlain && narrowed.size === 0 && (when === undefined || !isAsked(when)))
    return [{ kinds: rule.targets, also: undefined }];
  const whole: number[] = [];
  const alone: { readonly kinds: readonly number[]; readonly also: IrCondition | undefined }[] = [];
  for (const tool of rule.targets) {
    const variants = byClass[tool]?.filter((v) => v !== undefined) ?? [tool];
    const asked = narrowed.get(tool);
    for (const number of variants) {
      const kind = all[number] as Kind;
      const left = asked === undefined ? undefined : forKind(asked, kind);
      if (left?.op === "constant" && !left.value) continue;
      const also = left?.op === "constant" ? undefined : left;
      if (also === undefined && (when === undefined || isSettled(when, kind))) whole.push(number);
      else alone.push({ kinds: [number], also });
    }
  }
  return whole.length === 0 ? alone : [{ kinds: whole, also: undefined }, ...alone];
}

/** Every question about the class that a table could decide has one answer for this kind. */
function isSettled(c: IrCondition, kind: Kind): boolean {
  if (c.op === "not") return isSettled(c.part, kind);
  if (c.op === "and" || c.op === "or") return c.parts.every((part) => isSettled(part, kind));
  return !isAsked(c) || kindHolds(c, kind) !== undefined;
}

/** Whether a question about the class is among those that a table could decide. */
function isAsked(c: IrCondition): boolean {
  if (c.op === "not") return isAsked(c.part);
  if (c.op === "and" || c.op === "or") return c.parts.some(isAsked);
  return c.op === "external" || c.op === "risk_is" || c.op === "level_has" || c.op === "level_is";
}
