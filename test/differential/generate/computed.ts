/** What is computed, and what is in which list: terms over values of one kind, and the list operators. */
import type { Condition, ElementSet, Literal, Reference, Term, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { HOST_PATTERNS, makeLiteral, RANGES } from "./literals.ts";
import { decimalFor } from "./pools.ts";
import type { Readable } from "./references.ts";

/** Values of one family are compared: plain numbers, amounts of a currency, dates, times, durations. */
function familyOf(type: Type): string | undefined {
  if (type.kind === "int" || type.kind === "decimal") return "number";
  if (type.kind === "date" || type.kind === "time" || type.kind === "duration") return type.kind;
  return type.kind === "money" ? type.currency : undefined;
}

interface Source {
  readonly family: string;
  readonly term: Exclude<Term, Literal>;
}

/** A comparison with something computed on its left; undefined when nothing can be computed with. */
export function makeComputed(readable: Readable, random: Random): Condition | undefined {
  const sources = [...readable.scalars.flatMap(scalar), ...readable.lists.flatMap((list) => ofList(list, random))];
  if (sources.length === 0) return undefined;
  const { family } = random.pick(sources);
  const left = makeTerm(family, sources, random, 2);
  const type = typeOf(left);
  const right = random.chance(0.3) ? makeTerm(family, sources, random, 1) : makeLiteral(type, random);
  return { kind: "compare", op: random.pick(["<", "<=", ">", ">=", "==", "!="]), left, right };
}

function scalar(reference: Reference): readonly Source[] {
  const family = familyOf(reference.type);
  return family === undefined ? [] : [{ family, term: reference }];
}

function ofList(list: Reference, random: Random): readonly Source[] {
  if (list.type.kind !== "list") return [];
  const { element } = list.type;
  const fields =
    element.kind === "record"
      ? element.fields.map(({ name, type }) => ({ field: [name], type }))
      : [{ field: [], type: element }];
  const folds = fields.flatMap(({ field, type }): readonly Source[] => {
    const family = familyOf(type);
    const isSummed = family !== "date" && family !== "time" && random.chance(0.6);
    const op = isSummed ? "sum" : random.pick(["min", "max"] as const);
    return family === undefined ? [] : [{ family, term: { kind: "fold", op, list, field, type: whole(type) } }];
  });
  return [{ family: "number", term: { kind: "count", list } }, ...folds];
}

function makeTerm(family: string, sources: readonly Source[], random: Random, depth: number): Exclude<Term, Literal> {
  const all = sources.filter((source) => source.family === family).map(({ term }) => term);
  const isMoment = family === "date" || family === "time";
  const leaf = () => random.pick(all);
  const part = () => (depth > 1 && random.chance(0.5) ? makeTerm(family, sources, random, depth - 1) : leaf());
  const numbers = sources.filter((source) => source.family === "number").map(({ term }) => term);
  const durations = sources.filter((source) => source.family === "duration").map(({ term }) => term);
  const factor = (): Term => (numbers.length > 0 && random.chance(0.5) ? random.pick(numbers) : numberLiteral(random));
  const length = (): Term =>
    durations.length > 0 && random.chance(0.5) ? random.pick(durations) : makeLiteral({ kind: "duration" }, random);
  const other = (): Term => (random.chance(0.5) ? part() : literalBeside(typeOf(leaf()), random));
  return random.weighted<Exclude<Term, Literal>>([
    [1, leaf],
    [4, () => arithmetic(random.pick(["+", "-"]), part(), isMoment ? length() : other())],
    [isMoment ? 0 : 3, () => arithmetic("*", part(), factor())],
    [
      family === "duration" ? 4 : 0,
      () => {
        const [kind] = random.some(["date", "time"], 1);
        const moments = sources.filter((source) => source.family === kind).map(({ term }) => term);
        if (moments.length === 0) return leaf();
        const first = random.pick(moments);
        const second = random.chance(0.5) ? random.pick(moments) : makeLiteral(typeOf(first), random);
        return arithmetic("-", first, second);
      },
    ],
    [
      2,
      () => {
        const of = [part(), other(), ...(random.chance(0.3) ? [part()] : [])];
        const known = of.map(typeOf);
        const type = known.slice(1).reduce((type, next) => (type.kind === "int" ? next : type), known[0]!);
        return { kind: "pick", op: random.pick(["min", "max"]), of, type: whole(type) };
      },
    ],
  ]);
}

function arithmetic(op: "+" | "-" | "*", left: Term, right: Term): Exclude<Term, Literal> {
  const [a, b] = [typeOf(left), typeOf(right)];
  const isBetween = op === "-" && a.kind === b.kind && (a.kind === "date" || a.kind === "time");
  const isNumber = familyOf(a) === "number";
  const type: Type = isBetween
    ? { kind: "duration" }
    : isNumber
      ? { kind: a.kind === "int" && b.kind === "int" ? "int" : "decimal" }
      : whole(a);
  return { kind: "arithmetic", op, left, right, type };
}

const whole = (type: Type): Type => (type.kind === "money" ? { ...type, minor: false } : type);

export function typeOf(term: Term): Type {
  return term.kind === "count" ? { kind: "int" } : term.kind === "blast" ? { kind: "decimal" } : term.type;
}

/** As it is read beside a value of the type: amounts have their currency, a plain number is what it looks like. */
function literalBeside(type: Type, random: Random): Literal {
  if (familyOf(type) !== "number") return makeLiteral(type, random);
  return { kind: "literal", type: { kind: "int" }, value: decimalFor({ kind: "int" }, random) };
}
function numberLiteral(random: Random): Literal {
  const value = decimalFor({ kind: "decimal" }, random);
  return { kind: "literal", type: { kind: value.exponent < 0 ? "decimal" : "int" }, value };
}

// ── what is in which list

export function makeListRelation(readable: Readable, random: Random): Condition | undefined {
  const lists = readable.lists.filter((list) => isOfScalars(list));
  if (lists.length === 0) return undefined;
  const list = random.pick(lists);
  const element = elementOf(list);
  const alike = lists.filter((other) => other !== list && sameType(elementOf(other), element));
  const items = readable.scalars.filter((each) => sameType(each.type, element));
  const literal = () => makeLiteral(element, random);
  const item = (): Term => (items.length > 0 && random.chance(0.6) ? random.pick(items) : literal());
  const written = (): ElementSet =>
    element.kind === "host"
      ? { kind: "hosts", patterns: random.some(HOST_PATTERNS, 3) }
      : element.kind === "ip"
        ? { kind: "ranges", ranges: random.some(RANGES, 3) }
        : { kind: "values", values: random.several(1, 4, literal) };
  const set = (): ElementSet =>
    alike.length > 0 && random.chance(0.5) ? { kind: "list", list: random.pick(alike) } : written();
  return random.weighted<Condition>([
    [3, () => ({ kind: "includes", list, item: item() })],
    [4, () => ({ kind: random.pick(["subset", "overlaps"]), list, set: set() })],
  ]);
}

function isOfScalars({ type }: Reference): boolean {
  return (
    type.kind === "list" &&
    !["list", "map", "record", "union", "optional", "json", "cloud_action", "command", "sql"].includes(
      type.element.kind,
    )
  );
}
function elementOf({ type }: Reference): Type {
  if (type.kind !== "list") throw new Error("no list");
  return type.element;
}
const sameType = (a: Type, b: Type): boolean => JSON.stringify(a) === JSON.stringify(b);
