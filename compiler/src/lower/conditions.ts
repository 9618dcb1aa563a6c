/** Typed conditions to IR conditions: references become slots, element paths or values of an evidence row. */
import type { Condition, Literal, Reference, Term, Type } from "@thc/language";
import { type Computed, type IrCondition, type Operand, RESULT_ELEMENT, RESULT_ROOT } from "../ir/ir.ts";
import { baseType, type SlotTable, withoutOptional } from "./slots.ts";

/** Where references lead. */
export interface Scope {
  readonly slots: SlotTable;
  /** Element types of the quantifiers around, outermost first. */
  readonly elements: readonly Type[];
  /** When a call is put on record: what its tool returns. `prior` then means that call itself. */
  readonly prior: Type | undefined;
  /** What conditions of the request alone were lowered to: one that many rules have is lowered once. */
  readonly lowered?: Map<Condition, IrCondition>;
}

/** Names below a record type as child indexes; optional parts are looked through. */
export function childPath(
  type: Type,
  path: readonly string[],
  enterLists: boolean,
): { readonly indexes: number[]; readonly type: Type } {
  const indexes: number[] = [];
  let at = withoutOptional(type);
  for (const name of path) {
    while (enterLists && at.kind === "list") at = withoutOptional(at.element);
    if (at.kind !== "record") throw new Error(`no member \`${name}\` below a ${at.kind}`);
    const i = at.fields.findIndex((f) => f.name === name);
    const field = at.fields[i];
    if (field === undefined) throw new Error(`no member \`${name}\``);
    indexes.push(i);
    at = withoutOptional(field.type);
  }
  while (enterLists && at.kind === "list") at = withoutOptional(at.element);
  return { indexes, type: at };
}

export function literalOperand(l: Literal): Operand {
  if (typeof l.value === "string") return { kind: "text", text: l.value };
  if (typeof l.value === "boolean") return { kind: "number", value: { digits: l.value ? 1n : 0n, exponent: 0 } };
  return { kind: "number", value: l.value };
}

/** From the first map of a reference on: a list of it, or the value of a key and what lies below. */
function throughMaps(r: Reference, map: (at: number, type: Type, member: string | undefined) => Operand): Operand {
  const [first, ...more] = r.maps ?? [];
  if (first === undefined) throw new Error("a reference through no map");
  if (first.at === r.path.length) return map(first.at, first.type, r.member);
  let from = first.at;
  let at = withoutOptional(first.type);
  let operand = map(from, at, undefined);
  for (;;) {
    if (at.kind !== "map") throw new Error(`a key of a ${at.kind}`);
    const next = more.shift();
    const { indexes, type } = childPath(at.value, r.path.slice(from + 1, next?.at), false);
    const member = next === undefined || next.at === r.path.length ? r.member : undefined;
    operand = { kind: "lookup", map: operand, key: r.path[from]!, path: indexes, member };
    if (next === undefined || next.at === r.path.length) return operand;
    from = next.at;
    at = type;
  }
}

/** An argument or other request value at its slot. */
export function slotOperand(slots: SlotTable, r: Reference, root: string = r.root): Operand {
  if (r.maps !== undefined)
    return throughMaps(r, (at, type, member) => ({
      kind: "slot",
      slot: slots.of(root, r.path.slice(0, at), type),
      member,
    }));
  return { kind: "slot", slot: slots.of(root, r.path, baseType(r)), member: r.member };
}

/** What an approval binds: records have no slot of their content, only their members do. */
export function boundOperand(slots: SlotTable, r: Reference): Operand {
  const type = withoutOptional(baseType(r));
  if (type.kind !== "record") return slotOperand(slots, r);
  const members = type.fields.map((f) =>
    boundOperand(slots, {
      ...r,
      path: [...r.path, f.name],
      type: withoutOptional(f.type),
      optional: f.type.kind === "optional",
    }),
  );
  return { kind: "record", whole: slotOperand(slots, r), members };
}

/** What lies below an element, or below a tool's result. */
function elementOperand(depth: number, of: Type, r: Reference): Operand {
  const element = (length: number, member: string | undefined): Operand => ({
    kind: "element",
    depth,
    path: childPath(of, r.path.slice(0, length), false).indexes,
    member,
  });
  if (r.maps !== undefined) return throughMaps(r, (at, _, member) => element(at, member));
  return element(r.path.length, r.member);
}

/** What a result must be a value of. */
export function computedAs({ kind }: Type): Computed {
  return kind === "date" || kind === "time" || kind === "duration" ? kind : "number";
}

export function operand(t: Term, scope: Scope): Operand {
  switch (t.kind) {
    case "literal":
      return literalOperand(t);
    case "count":
      return { kind: "count", list: operand(t.list, scope) };
    case "blast": {
      const fact = (r: Reference | undefined) => (r === undefined ? undefined : operand(r, scope));
      return { kind: "blast", environment: fact(t.environment), count: fact(t.count), rollback: fact(t.rollback) };
    }
    case "arithmetic":
      return {
        kind: "arithmetic",
        op: t.op,
        as: computedAs(t.type),
        of: [operand(t.left, scope), operand(t.right, scope)],
      };
    case "pick":
      return { kind: "pick", op: t.op, as: computedAs(t.type), of: t.of.map((each) => operand(each, scope)) };
    case "fold": {
      const list = withoutOptional(t.list.type);
      if (list.kind !== "list") throw new Error("a fold over no list");
      const path = childPath(list.element, t.field, false).indexes;
      return { kind: "fold", op: t.op, as: computedAs(t.type), list: operand(t.list, scope), path };
    }
    case "reference":
      if (t.root === "element") {
        const type = scope.elements[t.depth];
        if (type === undefined) throw new Error("element outside its quantifier");
        return elementOperand(t.depth, type, t);
      }
      if (t.root === "prior_args") return slotOperand(scope.slots, t, "args");
      if (t.root === "prior_row") {
        if (scope.prior === undefined) throw new Error("reads a row of a tool without `returns`");
        const list = withoutOptional(scope.prior);
        if (list.kind !== "list") throw new Error("reads a row of what is no list");
        return elementOperand(RESULT_ELEMENT, list.element, t);
      }
      if (t.root === "prior_result") {
        if (scope.prior === undefined) throw new Error("reads the result of a tool without `returns`");
        return elementOperand(RESULT_ROOT, scope.prior, t);
      }
      return slotOperand(scope.slots, t);
  }
}

/** A set of labels as bits. */
export const labelSet = (labels: readonly number[]): bigint => labels.reduce((set, l) => set | (1n << BigInt(l)), 0n);

export function lowerCondition(c: Condition, scope: Scope): IrCondition {
  const known = scope.elements.length === 0 && scope.prior === undefined ? scope.lowered : undefined;
  const before = known?.get(c);
  if (before !== undefined) return before;
  const made = lowerAnew(c, scope);
  known?.set(c, made);
  return made;
}

function lowerAnew(c: Condition, scope: Scope): IrCondition {
  const go = (x: Condition) => lowerCondition(x, scope);
  const term = (t: Term) => operand(t, scope);
  switch (c.kind) {
    case "constant":
      return { op: "constant", value: c.value };
    case "and":
    case "or":
      return { op: c.kind, parts: c.parts.map(go) };
    case "not":
      return { op: "not", part: go(c.part) };
    case "session_has":
      scope.slots.noteLabels();
      return { op: "labelled", labels: labelSet(c.anyOf) };
    case "is": {
      const value = term(c.value);
      // an argument of its own is never unknown
      return { op: value.kind === "slot" ? "has" : "is", value };
    }
    case "has":
    case "holds":
      return { op: c.kind, value: term(c.value) };
    case "compare":
      return { op: "compare", sign: c.op, left: term(c.left), right: term(c.right) };
    case "member":
      return { op: "member", item: term(c.item), values: c.values.map(literalOperand) };
    case "host_in":
      return { op: "host_in", item: term(c.item), patterns: [...c.patterns].sort() };
    case "ip_in":
      return { op: "ip_in", item: term(c.item), ranges: [...c.ranges].sort() };
    case "matches":
      return { op: "matches", item: term(c.item), style: c.style, globs: c.globs };
    case "regex":
      return { op: "regex", item: term(c.item), source: c.source, ignoreCase: c.ignoreCase };
    case "under":
      return { op: "under", item: term(c.item), prefix: term(c.prefix) };
    case "contains":
    case "starts_with":
      return { op: c.kind, item: term(c.item), text: c.text };
    case "level_is":
      return { op: "level_is", levels: c.levels, exact: c.exact };
    case "level_has":
      return { op: "level_has", levels: c.levels };
    case "external":
      return { op: "external" };
    case "risk_is":
      return { op: "risk_is", risks: c.risks };
    case "includes":
      return { op: "includes", list: term(c.list), item: term(c.item) };
    case "subset":
    case "overlaps": {
      if (c.set.kind === "list") return { op: c.kind, list: term(c.list), set: term(c.set.list) };
      // in what is written: a quantifier whose body is a table
      const depth = scope.elements.length;
      const item: Operand = { kind: "element", depth, path: [], member: undefined };
      const body: IrCondition =
        c.set.kind === "hosts"
          ? { op: "host_in", item, patterns: [...c.set.patterns].sort() }
          : c.set.kind === "ranges"
            ? { op: "ip_in", item, ranges: [...c.set.ranges].sort() }
            : { op: "member", item, values: c.set.values.map(literalOperand) };
      const quantifier = c.kind === "subset" ? "every" : "any";
      return { op: "quantifier", quantifier, strict: true, depth, lists: [term(c.list)], body };
    }
    case "quantifier": {
      const first = c.lists[0];
      const list = first === undefined ? undefined : withoutOptional(first.type);
      const element = list?.kind === "list" ? withoutOptional(list.element) : undefined;
      if (element === undefined) throw new Error("quantifier over no list");
      return {
        op: "quantifier",
        quantifier: c.quantifier,
        strict: false,
        depth: c.depth,
        lists: c.lists.map(term),
        body: lowerCondition(c.body, { ...scope, elements: [...scope.elements.slice(0, c.depth), element] }),
      };
    }
  }
}
