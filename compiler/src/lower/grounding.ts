/** What `require grounded` asks: the class of each value, the places of results that may ground it, and what is marked for it. */
import type { Contract, GroundedValue, RequireGrounded, Type } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import type { GroundingClass, IrDetail, IrSource, TraceClass } from "../ir/ir.ts";
import { childPath, lowerCondition } from "./conditions.ts";
import { type SlotTable, withoutOptional } from "./slots.ts";

export const CLASS_BITS: Readonly<Record<TraceClass, number>> = {
  id: 1,
  number: 2,
  email: 4,
  url: 8,
  host: 16,
  text: 32,
  amount: 64,
  word: 128,
  site: 256,
};
/** Rules from the 24th on share one mark (docs/semantics/grounding.md, "The table"). */
const OWN_MARKS = 23;
const MOST_NAMES = 32;

export function groundingClass(type: Type): GroundingClass {
  const t = withoutOptional(type);
  switch (t.kind) {
    case "list":
      return groundingClass(t.element);
    case "id":
    case "email":
    case "url":
    case "host":
      return t.kind;
    case "int":
    case "decimal":
    case "money":
      return "number";
    case "text":
    case "path":
    case "literals":
      return "text";
    default:
      throw new Error(`a ${t.kind} cannot be grounded`);
  }
}
const classOf = ({ reference, tokens }: GroundedValue): GroundingClass =>
  tokens === undefined ? groundingClass(reference.type) : tokens === "urls" ? "url" : "email";

function isMoney(type: Type): boolean {
  const t = withoutOptional(type);
  return t.kind === "list" ? isMoney(t.element) : t.kind === "money";
}
function isMinor(type: Type): boolean {
  const t = withoutOptional(type);
  if (t.kind === "record") return t.fields.some((f) => isMinor(f.type));
  if (t.kind === "map") return isMinor(t.value);
  return t.kind === "list" ? isMinor(t.element) : t.kind === "money" && t.minor;
}

/** Sources of a contract, each once, numbered as rules name them first. */
export interface GroundingTables {
  readonly sources: readonly IrSource[];
  /** Classes of the arguments that name results. */
  readonly naming: readonly GroundingClass[];
  readonly minor: boolean;
  readonly lower: (rule: RequireGrounded) => IrDetail;
}

export function createGrounding(contract: Contract, slots: SlotTable): GroundingTables {
  const sources: IrSource[] = [];
  const numbers = new Map<string, number>();
  const names = new Map<string, number>();
  const naming: GroundingClass[] = [];
  const params = new Set(contract.tools.map((t) => t.params));
  const minor =
    [...params].some((all) => all.some((p) => isMinor(p.type))) ||
    contract.tools.some((t) => t.returns !== undefined && isMinor(t.returns));
  const searchesText = contract.rules.some(
    (r) =>
      r.kind === "require_grounded" &&
      r.values.some((v) => classOf(v) === "text") &&
      r.sources.some((s) => s.kind === "result" && s.contains),
  );
  let marks = 0;

  function nameOf(tool: number, name: string): NonNullable<IrSource["named"]> {
    const type = contract.tools[tool]?.params.find((p) => p.name === name)?.type;
    if (type === undefined) throw new Error("a result is named by no argument");
    const key = `${tool} ${name}`;
    const bit = names.get(key) ?? names.size;
    names.set(key, bit);
    if (bit >= MOST_NAMES) throw contractTooLarge(`results are named by more than ${MOST_NAMES} arguments`);
    const named = groundingClass(type);
    naming.push(named);
    return { slot: slots.of("args", [name], type), class: named, bit };
  }

  function place(
    source: Extract<RequireGrounded["sources"][number], { kind: "result" }>,
    values: readonly GroundedValue[],
  ) {
    const { tool, contains, namedBy } = source;
    const returns = contract.tools[tool]?.returns;
    if (returns === undefined) throw new Error("a source without `returns`");
    const child = childPath(returns, source.path, true);
    const classes = contains ? [...new Set(values.map(classOf))] : [groundingClass(child.type)];
    const money = contains ? values.some((v) => isMoney(v.reference.type)) : isMoney(child.type);
    return classes.map((of): number => {
      const key = `${tool} ${child.indexes.join()} ${contains} ${of} ${namedBy === undefined ? "" : `by ${namedBy}`}`;
      const known = numbers.get(key);
      if (known === undefined) {
        numbers.set(key, sources.length);
        const named = namedBy === undefined ? undefined : nameOf(tool, namedBy);
        return sources.push({ tool, argument: undefined, path: child.indexes, class: of, contains, money, named }) - 1;
      }
      const before = sources[known] as IrSource;
      sources[known] = { ...before, money: before.money || money };
      return known;
    });
  }

  function argumentOf({ tool, name }: Extract<RequireGrounded["sources"][number], { kind: "argument" }>): number {
    const key = `${tool} @${name}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const of = contract.tools[tool];
    const type = of?.params.find((p) => p.name === name)?.type;
    if (of?.trusted === undefined || type === undefined) throw new Error("a source is no argument of a trusted tool");
    const isAlways = of.trusted.kind === "constant" && of.trusted.value;
    const trusted = isAlways ? undefined : lowerCondition(of.trusted, { slots, elements: [], prior: undefined });
    const argument = { slot: slots.of("args", [name], type), trusted };
    numbers.set(key, sources.length);
    const rest = { path: [], contains: false, money: isMoney(type), named: undefined };
    return sources.push({ tool, argument, class: groundingClass(type), ...rest }) - 1;
  }

  return {
    sources,
    naming,
    minor,
    lower(rule) {
      const found = rule.sources.flatMap((s) =>
        s.kind === "result" ? place(s, rule.values) : s.kind === "argument" ? [argumentOf(s)] : [],
      );
      const classes = new Set<TraceClass>(rule.values.map(classOf));
      if (minor && rule.values.some((v) => isMoney(v.reference.type))) classes.add("amount");
      if (classes.has("text") && searchesText) classes.add("word");
      if (classes.has("url")) classes.add("site");
      return {
        kind: "grounded",
        values: rule.values.map((v) => ({
          slot: slots.of("args", v.reference.path, v.reference.type),
          class: classOf(v),
          tokens: v.tokens !== undefined,
        })),
        user: rule.sources.some((s) => s.kind === "user"),
        self: rule.sources.flatMap((s) =>
          s.kind === "self"
            ? s.identifiers.map((r) => ({ slot: slots.of(r.root, r.path, r.type), class: groundingClass(r.type) }))
            : [],
        ),
        sources: found,
        mark: found.length === 0 ? undefined : Math.min(marks++, OWN_MARKS),
        planted: found.length === 0 ? [] : [...classes],
      };
    },
  };
}
