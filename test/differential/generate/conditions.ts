/** Well-typed conditions. Optional values are guarded by `has`, as the checker asks, where the place asks for it. */
import { T } from "../../contracts/build.ts";
import type { Condition, Label, Literal, Reference, Term, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { makeComputed, makeListRelation } from "./computed.ts";
import { HOST_PATTERNS, makeLiteral, RANGES } from "./literals.ts";
import { decimalFor } from "./pools.ts";
import { below, join, type Readable } from "./references.ts";
import { makeRegex } from "./regexes.ts";
import { referencesOf } from "./terms.ts";

export interface Scope {
  readonly readable: Readable;
  /** Optional values need `has` here. */
  readonly guarded: boolean;
  /** Quantifiers around. */
  readonly depth: number;
  readonly labels: readonly Label[];
}

export function makeCondition(scope: Scope, random: Random, budget = 2): Condition {
  if (budget === 0 || random.chance(0.5)) return makeAtom(scope, random);
  const part = () => makeCondition(scope, random, budget - 1);
  return random.weighted<Condition>([
    [3, () => flat("and", random.several(2, 3, part))],
    [3, () => flat("or", random.several(2, 3, part))],
    [2, () => negated(part())],
  ]);
}

/** `a and (b and c)` is one `and` of three, as when it is read from text. */
export function flat(kind: "and" | "or", parts: readonly Condition[]): Condition {
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}

/** As it is read from text: two negations are none. */
function negated(part: Condition): Condition {
  return part.kind === "not" ? part.part : { kind: "not", part };
}

function makeAtom(scope: Scope, random: Random): Condition {
  const { scalars, lists } = scope.readable;
  const makers: (readonly [number, () => Condition])[] = [
    [1, () => ({ kind: "constant", value: random.chance(0.5) })],
    [2, () => makeLevels(random)],
    [2, () => ({ kind: "risk_is", risks: random.pick(RISK_SETS) })],
    [1, () => ({ kind: "external" })],
  ];
  if (scope.labels.length > 0) makers.push([2, () => makeLabelTest(scope.labels, random)]);
  if (scope.guarded) makers.push([2, () => makeBlast(scalars, random)]);
  if (scalars.length > 0) {
    makers.push([14, () => guard(makeTest(random.pick(scalars), scalars, random), scope, random)]);
    makers.push([2, () => ({ kind: "has", value: unmembered(random.pick([...scalars, ...lists])) })]);
  }
  const { cases = [] } = scope.readable;
  if (cases.length > 0) makers.push([4, () => ({ kind: "is", value: random.pick(cases) })]);
  const more = [makeComputed(scope.readable, random), makeListRelation(scope.readable, random)];
  for (const test of more) if (test !== undefined) makers.push([2, () => guard(test, scope, random)]);
  if (lists.length > 0) {
    makers.push([2, () => guard(makeCount(random.pick(lists), random), scope, random)]);
    if (scope.depth < 2) makers.push([5, () => guard(makeQuantifier(scope, random), scope, random)]);
  }
  return random.weighted(makers);
}

/** With the usual names: a fact that is declared is read. */
function makeBlast(scalars: readonly Reference[], random: Random): Condition {
  const fact = (name: string) => scalars.find((r) => r.root === "resource" && r.path.join() === name);
  const left: Term = {
    kind: "blast",
    environment: fact("env"),
    count: fact("affected"),
    rollback: fact("rollback"),
  };
  const right: Literal = { kind: "literal", type: T.decimal, value: random.pick(SCORES) };
  return { kind: "compare", op: random.pick(["<", "<=", ">", ">=", "==", "!="]), left, right };
}
const SCORES = [
  [5n, -3],
  [62n, -3],
  [15n, -2],
  [25n, -2],
  [6n, -1],
  [88n, -2],
  [92n, -2],
  [1n, 0],
].map(([digits, exponent]) => ({ digits: digits as bigint, exponent: exponent as number }));

function makeLabelTest(labels: readonly Label[], random: Random): Condition {
  const at = random.below(labels.length);
  const { name, above } = labels[at]!;
  return { kind: "session_has", label: name, anyOf: [at, ...above].sort((a, b) => a - b) };
}

/** As comparisons give them: `risk >= destructive`, `risk == read`. */
const RISK_SETS = [["read"], ["write"], ["destructive", "critical"], ["read", "write"], ["critical"]] as const;

function makeLevels(random: Random): Condition {
  const exact = random.chance(0.5);
  const levels = random.some(["read", "write", "delete", "execute"] as const, exact ? 1 : 3);
  return { kind: "level_is", levels, exact };
}

function makeCount(list: Reference, random: Random): Condition {
  const right: Literal = { kind: "literal", type: T.int, value: decimalFor(T.int, random) };
  return { kind: "compare", op: random.pick(["==", "<", ">=", "<=", ">", "!="]), left: { kind: "count", list }, right };
}

function makeQuantifier(scope: Scope, random: Random): Condition {
  const first = random.pick(scope.readable.lists);
  const element = elementOf(first);
  const alike = scope.readable.lists.filter((l) => JSON.stringify(elementOf(l)) === JSON.stringify(element));
  const lists = random.chance(0.3) ? random.some(alike, 2) : [first];
  const inside = join(below("element", [], element, false, scope.depth), scope.readable);
  const body: Scope = { ...scope, readable: favour(inside, scope.readable), depth: scope.depth + 1 };
  return {
    kind: "quantifier",
    quantifier: random.pick(["every", "any", "no"]),
    depth: scope.depth,
    lists,
    body: makeCondition(body, random, 1),
  };
}

/** The element is what a body is about: it stands four times among what may be picked. */
function favour(inside: Readable, outside: Readable): Readable {
  const own: Readable = {
    scalars: inside.scalars.filter((r) => !outside.scalars.includes(r)),
    lists: inside.lists.filter((r) => !outside.lists.includes(r)),
    cases: (inside.cases ?? []).filter((r) => outside.cases?.includes(r) !== true),
  };
  return join(own, own, own, own, outside);
}

function elementOf(list: Reference): Type {
  if (list.type.kind !== "list") throw new Error("no list");
  return list.type.element;
}

/** A test of one value, by its type. */
function makeTest(item: Reference, scalars: readonly Reference[], random: Random): Condition {
  const type = item.type;
  const literal = () => makeLiteral(type, random);
  const other = (): Term => {
    const alike = scalars.filter((r) => JSON.stringify(r.type) === JSON.stringify(type) && r !== item);
    return alike.length > 0 && random.chance(0.3) ? random.pick(alike) : literal();
  };
  const equality = (): Condition => ({
    kind: "compare",
    op: random.chance(0.7) ? "==" : "!=",
    left: item,
    right: other(),
  });
  const member = (): Condition => ({ kind: "member", item, values: distinct(random.several(1, 4, literal)) });
  switch (type.kind) {
    case "bool":
      return random.chance(0.7) ? { kind: "holds", value: item } : equality();
    case "int":
    case "decimal":
    case "money":
    case "date":
    case "time":
    case "duration":
      return random.weighted<Condition>([
        [
          8,
          () => ({ kind: "compare", op: random.pick(["<", "<=", ">", ">=", "==", "!="]), left: item, right: other() }),
        ],
        [2, member],
      ]);
    case "text":
      return random.weighted<Condition>([
        [2, equality],
        [2, member],
        [2, () => ({ kind: "matches", item, style: "text", globs: random.some(TEXT_GLOBS, 2) })],
        [2, () => ({ kind: "regex", item, ...makeRegex(random) })],
        [2, () => ({ kind: random.pick(["contains", "starts_with"]), item, text: random.pick(PARTS) })],
      ]);
    case "host":
      return random.weighted<Condition>([
        [2, equality],
        [4, () => ({ kind: "host_in", item, patterns: random.some(HOST_PATTERNS, 3) })],
      ]);
    case "ip":
      return random.weighted<Condition>([
        [2, equality],
        [4, () => ({ kind: "ip_in", item, ranges: random.some(RANGES, 3) })],
      ]);
    case "cloud_action": {
      const right = other();
      const op = random.chance(0.7) ? "==" : "!=";
      return right.kind === "literal" ? member() : { kind: "compare", op, left: item, right };
    }
    case "path":
      return random.weighted<Condition>([
        [2, equality],
        [1, member],
        [4, () => ({ kind: "matches", item, style: "path", globs: random.some(PATH_GLOBS, 2) })],
        [3, () => ({ kind: "under", item, prefix: other() })],
      ]);
    default:
      return random.chance(0.6) ? equality() : member();
  }
}

function distinct(literals: readonly Literal[]): readonly Literal[] {
  const text = ({ value }: Literal) =>
    typeof value === "object" ? `${value.digits}e${value.exponent}` : String(value);
  return [...new Map(literals.map((literal) => [text(literal), literal])).values()];
}

const TEXT_GLOBS = ["*report*", "hello*", "*", "A1", "*42", "h*o", "*ü*e *", "a*a*a*b"];
const PARTS = ["report", "hel", "4", "evil.example", "ü", " ", "https", "😀"];
const PATH_GLOBS = [
  "**/.env*",
  "/srv/**",
  "*.ts",
  "/srv/*/main.ts",
  "/srv/**/app/**",
  "/etc/passwd",
  "**",
  "app/**/*",
  "/*",
  "no*s.*.gz",
];

/** `has x and …`, or `not has x or …`, for every optional value that the test reads. */
function guard(test: Condition, scope: Scope, random: Random): Condition {
  const read = test.kind === "quantifier" ? test.lists : referencesIn(test);
  const needed = scope.guarded ? read.filter((r) => r.optional) : [];
  if (needed.length === 0) return test;
  const bare = needed.map((r): Condition => ({ kind: "has", value: unmembered(r) }));
  return random.chance(0.6)
    ? flat("and", [...bare, test])
    : flat("or", [...bare.map((part): Condition => ({ kind: "not", part })), test]);
}

/** The value that a member is of. */
export function unmembered(reference: Reference): Reference {
  switch (reference.member?.split(".")[0]) {
    case undefined:
      return reference;
    case "email":
      return { ...reference, member: undefined, type: T.email };
    case "url":
      return { ...reference, member: undefined, type: T.url };
    case "path":
      return { ...reference, member: undefined, type: T.path };
    case "sql":
      return { ...reference, member: undefined, type: T.sql };
    case "command":
      return { ...reference, member: undefined, type: T.command };
    case "map": {
      const { maps, ...rest } = reference;
      const way = maps!.slice(0, -1);
      return { ...rest, member: undefined, type: maps!.at(-1)!.type, ...(way.length > 0 ? { maps: way } : {}) };
    }
    default:
      return { ...reference, member: undefined, type: T.text };
  }
}

/** Every reference that a condition reads. */
export function referencesIn(condition: Condition): readonly Reference[] {
  switch (condition.kind) {
    case "constant":
    case "level_is":
    case "level_has":
    case "risk_is":
    case "external":
    case "session_has":
      return [];
    case "and":
    case "or":
      return condition.parts.flatMap(referencesIn);
    case "not":
      return referencesIn(condition.part);
    case "has":
    case "is":
    case "holds":
      return [condition.value];
    case "compare":
      return [condition.left, condition.right].flatMap(referencesOf);
    case "under":
      return [condition.item, condition.prefix].flatMap(referencesOf);
    case "quantifier":
      return [...condition.lists, ...referencesIn(condition.body)];
    case "includes":
      return [condition.list, ...referencesOf(condition.item)];
    case "subset":
    case "overlaps":
      return [condition.list, ...(condition.set.kind === "list" ? [condition.set.list] : [])];
    default:
      return referencesOf(condition.item);
  }
}
