/**
 * Descriptors: what the kernel's typed reading follows (runtime/kernel/assembly/descriptor.ts has the layout).
 */
import type { Decimal, Type } from "@thc/language";
import { contractTooLarge } from "../failure.ts";
import { ENVELOPE_SLOTS, exactKey, withoutOptional } from "../lower/slots.ts";
import type { DataBuffer } from "./buffer.ts";
import { chainMembers } from "./chain.ts";
import {
  BITS,
  ENTRY,
  ERROR_CLASS,
  type ErrorClass,
  HOW,
  K_ARGS,
  K_TOOL,
  KINDS,
  LEARNED,
  MINOR,
  NO_TARGET,
  OPEN,
  OPTIONAL,
  RANGE,
  RELATIVE,
  SYMBOL,
  TREE,
  WIDE,
} from "./descriptor-words.ts";
import { writeGuess, writeNoGuess, writeStrangers } from "./guesses.ts";
import type { Member, Target } from "./member.ts";
import { createPool } from "./pool.ts";
import type { SlotFinder } from "./slot-finder.ts";

interface RecordOptions {
  readonly optional: boolean;
  readonly open: boolean;
  readonly tree: boolean;
  readonly errors: ErrorClass;
}

interface Shape {
  readonly kind: number;
  readonly flags: number;
  readonly a: number;
}

type Params = readonly { readonly name: string; readonly type: Type }[];

export interface Descriptors {
  /** Of a value whose parts live in a tree (elements of lists, results). */
  readonly tree: (type: Type, errors: ErrorClass, open: boolean) => number;
  readonly args: (params: Params, open: boolean) => number;
  readonly envelope: (
    facts: readonly {
      readonly root: string;
      readonly name: string;
      readonly type: Type;
      readonly range: { readonly low: Decimal; readonly high: Decimal } | undefined;
    }[],
  ) => number;
}

export function createDescriptors(data: DataBuffer, slots: SlotFinder): Descriptors {
  const known = createPool();
  const records = new Map<string, number>();
  const argRecords = new Map<string, number>();
  // those of tools that have them in common, found again without a key
  const [openArgs, closedArgs] = [new Map<Params, number>(), new Map<Params, number>()];
  const shapes = new Map<number, Shape>();

  // what a hint points to before the first guess: an empty name, told apart by its length
  const noEntry = data.alloc(ENTRY);
  data.u32(noEntry + 4, noEntry);
  writeNoGuess(data, noEntry);

  function put(kind: number, flags: number, errors: number, a = 0, b = 0, c = 0, children = 0, needed = 0n): number {
    return known.find([errors, a, b, c, children], kind, flags, () =>
      make(kind, flags, errors, a, b, c, children, needed),
    );
  }
  function make(
    kind: number,
    flags: number,
    errors: number,
    a: number,
    b: number,
    c: number,
    children: number,
    needed: bigint,
  ): number {
    const at = data.alloc(32);
    data.u8(at, kind);
    data.u8(at + 1, flags);
    data.u8(at + 2, errors);
    data.u32(at + 4, a);
    data.u32(at + 8, b);
    data.u32(at + 12, c);
    data.u32(at + 16, children);
    data.i64(at + 20, BigInt.asIntN(64, needed));
    data.u32(at + 28, noEntry);
    shapes.set(at, { kind, flags, a });
    return at;
  }
  /** The fast way that fits a value of this descriptor, when there is one. */
  function how(descriptor: number, target: Target): number {
    const { kind, flags, a } = shapes.get(descriptor) as Shape;
    const unread = target.kind === "none";
    if (kind === KINDS.text || kind === KINDS.id)
      return unread ? HOW.textUnread : (flags & SYMBOL) !== 0 ? HOW.textSymbol : HOW.text;
    if (kind === KINDS.int || kind === KINDS.decimal || kind === KINDS.money) return HOW.number;
    if (kind >= KINDS.email && kind <= KINDS.literals) return HOW.form;
    if (kind === KINDS.record && (flags & TREE) === 0 && unread) return HOW.record;
    if (kind !== KINDS.list || !unread) return HOW.general;
    const element = shapes.get(a)?.kind;
    return element === KINDS.text || element === KINDS.id ? HOW.textsUnread : HOW.general;
  }

  /** Equal records share a table, and with it what the kernel learns about the order of their members. */
  function record(members: readonly Member[], o: RecordOptions): number {
    const key = `${o.optional} ${o.open} ${o.tree} ${o.errors} ${members.map(memberKey).join("\0")}`;
    let at = records.get(key);
    if (at === undefined) {
      at = newRecord(members, o);
      records.set(key, at);
    }
    return at;
  }
  function newRecord(members: readonly Member[], o: RecordOptions): number {
    let capacity = 4;
    while (capacity < members.length * 2) capacity *= 2;
    const table = data.alloc(capacity * ENTRY);
    const taken = new Set<number>();
    let needed = 0n;
    for (const [ordinal, m] of members.entries()) {
      const text = data.text(m.name);
      const hash = data.hashOf(m.name);
      let i = hash & (capacity - 1);
      while (taken.has(i)) i = (i + 1) & (capacity - 1);
      taken.add(i);
      const e = table + i * ENTRY;
      data.u32(e, hash);
      data.u32(e + 4, text.address);
      data.u32(e + 8, text.length + 1);
      data.u32(e + 12, m.descriptor);
      if (m.target.kind === "slot") data.slot(e + 16, m.target.slot);
      else data.u32(e + 16, m.target.kind === "none" ? NO_TARGET : RELATIVE + m.target.index);
      data.u8(e + 20, how(m.descriptor, m.target));
      data.u8(e + 21, (shapes.get(m.descriptor) as Shape).kind);
      data.u8(e + 23, m.required ? 1 : 0);
      data.u32(e + 28, noEntry);
      const bit = ordinal < BITS ? 1n << BigInt(ordinal) : 0n;
      data.i64(e + 48, BigInt.asIntN(64, bit));
      if (m.required) needed |= bit;
      writeGuess(data, e, m.name, text.length, bit !== 0n);
    }
    const flags =
      (o.optional ? OPTIONAL : 0) | (o.open ? OPEN : 0) | (o.tree ? TREE : 0) | (members.length > BITS ? WIDE : 0);
    return put(
      KINDS.record,
      flags,
      o.errors,
      table,
      capacity - 1,
      members.filter((m) => m.required).length,
      o.tree ? members.length : o.open && members.length <= BITS - LEARNED ? strangers() : 0,
      needed,
    );
  }

  function strangers(): number {
    return writeStrangers(data, put(KINDS.json, 0, ERROR_CLASS.request), noEntry);
  }

  function literals(values: readonly string[], flags: number, errors: number): number {
    if (values.length > 0xffff) throw contractTooLarge(`a type of ${values.length} literals; ${0xffff} are the most`);
    // index and symbol in one look-up
    const t = data.table(values.map((v, i) => [v, (i + 1) | ((flags & SYMBOL ? small(slots.symbol(v)) : 0) << 16)]));
    return put(KINDS.literals, flags, errors, t.address, t.mask);
  }

  function scalar(
    type: Type,
    flags: number,
    errors: ErrorClass,
    range?: { readonly low: Decimal; readonly high: Decimal },
  ): number {
    if (type.kind === "literals") return literals(type.values, flags, errors);
    const kind = KINDS[type.kind as keyof typeof KINDS];
    const minor = type.kind === "money" && type.minor ? MINOR : 0;
    if (range === undefined) return put(kind, flags | minor, errors);
    const at = data.alloc(32);
    data.i64(at, range.low.digits);
    data.u32(at + 8, range.low.exponent >>> 0);
    data.i64(at + 16, range.high.digits);
    data.u32(at + 24, range.high.exponent >>> 0);
    return put(kind, flags | minor | RANGE, errors, at);
  }

  /** The object's record by the text of its tag; each case is read into a place of its own. */
  function union(
    { tag, cases }: Extract<Type, { kind: "union" }>,
    flags: number,
    errors: ErrorClass,
    inTree: boolean,
    read: (name: string, of: Type) => { readonly descriptor: number; readonly slot: number | undefined },
  ): number {
    const tags = data.table(cases.map(({ name }, i) => [name, i + 1]));
    const each = cases.map(({ name, type }) => read(name, type));
    const at = data.alloc(cases.length * 8);
    for (const [i, { descriptor, slot }] of each.entries()) {
      data.u32(at + 8 * i, descriptor);
      if (slot === undefined) data.u32(at + 8 * i + 4, NO_TARGET);
      else data.slot(at + 8 * i + 4, slot);
    }
    const name = data.text(tag);
    const spelling = BigInt(name.address) | (BigInt(name.length) << 32n);
    return make(KINDS.union, flags, errors, tags.address, tags.mask, at, inTree ? cases.length : 0, spelling);
  }
  function unionIn(type: Type): Extract<Type, { kind: "union" }> | undefined {
    return type.kind === "optional" ? unionIn(type.of) : type.kind === "union" ? type : undefined;
  }

  function tree(type: Type, errors: ErrorClass, open: boolean, symbol = false): number {
    const optional = type.kind === "optional" ? OPTIONAL : 0;
    const one = unionIn(type);
    if (one !== undefined)
      return union(one, optional, errors, true, (_, of) => ({ descriptor: tree(of, errors, open), slot: undefined }));
    const t = withoutOptional(type);
    if (t.kind === "list") return put(KINDS.list, optional, errors, tree(t.element, errors, open, symbol));
    if (t.kind === "map") return put(KINDS.map, optional, errors, tree(t.value, errors, open));
    if (t.kind === "record") {
      const members = t.fields.map(
        (f, index): Member => ({
          name: f.name,
          descriptor: tree(f.type, errors, open),
          target: { kind: "child", index },
          required: f.type.kind !== "optional",
        }),
      );
      return record(members, { optional: optional !== 0, open, tree: true, errors });
    }
    return scalar(t, optional | (symbol ? SYMBOL : 0), errors);
  }

  /** A value whose leaves have slots of their own. */
  function slotted(
    root: string,
    path: readonly string[],
    type: Type,
    errors: ErrorClass,
    range?: { readonly low: Decimal; readonly high: Decimal },
  ): number {
    const optional = type.kind === "optional" ? OPTIONAL : 0;
    const one = unionIn(type);
    if (one !== undefined)
      return union(one, optional, errors, false, (name, of) => ({
        descriptor: slotted(root, [...path, name], of, errors),
        slot: slots.find(root, [...path, name], of),
      }));
    const t = withoutOptional(type);
    if (t.kind === "record")
      return slottedRecord(root, path, t.fields, { optional: optional !== 0, open: false }, errors);
    if (t.kind === "list") return put(KINDS.list, optional, errors, tree(t.element, errors, false));
    if (t.kind === "map") return put(KINDS.map, optional, errors, tree(t.value, errors, false));
    const slot = slots.find(root, path, t);
    const symbol = slot !== undefined && slots.wantsSymbol(slot) ? SYMBOL : 0;
    return scalar(t, optional | symbol, errors, range);
  }
  function slottedRecord(
    root: string,
    path: readonly string[],
    fields: readonly { readonly name: string; readonly type: Type }[],
    { optional, open }: { readonly optional: boolean; readonly open: boolean },
    errors: ErrorClass,
  ): number {
    const members = fields.map((f): Member => {
      const below = [...path, f.name];
      const slot = slots.find(root, below, withoutOptional(f.type));
      return {
        name: f.name,
        descriptor: slotted(root, below, f.type, errors),
        target: slot === undefined ? { kind: "none" } : { kind: "slot", slot },
        required: f.type.kind !== "optional",
      };
    });
    return record(members, { optional, open, tree: false, errors });
  }

  const REQUEST = ERROR_CLASS.request;
  const place = (slot: number): Target => ({ kind: "slot", slot });
  const nowhere: Target = { kind: "none" };

  return {
    tree: (type, errors, open) => tree(type, errors, open),
    args(params, open) {
      const known = (open ? openArgs : closedArgs).get(params);
      if (known !== undefined) return known;
      const key = `${open} ${params.map((p) => `${p.name}\0${exactKey(p.type)}`).join("\0")}`;
      let at = argRecords.get(key);
      if (at === undefined) {
        at = slottedRecord("args", [], params, { optional: false, open }, ERROR_CLASS.args);
        argRecords.set(key, at);
      }
      (open ? openArgs : closedArgs).set(params, at);
      return at;
    },
    envelope(facts) {
      const positive = { low: { digits: 0n, exponent: 0 }, high: { digits: 9007199254740991n, exponent: 0 } };
      const text = (slot: number, name: string, needed = false): Member => ({
        name,
        descriptor: scalar({ kind: "text" }, (needed ? 0 : OPTIONAL) | (slots.wantsSymbol(slot) ? SYMBOL : 0), REQUEST),
        target: place(slot),
        required: false,
      });
      const integer = (slot: number, name: string): Member => ({
        name,
        descriptor: scalar({ kind: "int" }, OPTIONAL, REQUEST, positive),
        target: place(slot),
        required: false,
      });
      const figure = (slot: number, name: string, kind: "int" | "decimal"): Member => ({
        name,
        descriptor: scalar({ kind }, OPTIONAL, REQUEST),
        target: place(slot),
        required: false,
      });
      const bool = (slot: number, name: string): Member => ({
        name,
        descriptor: scalar({ kind: "bool" }, OPTIONAL, REQUEST),
        target: place(slot),
        required: false,
      });
      const words = (slot: number, name: string, symbol: boolean): Member => ({
        name,
        descriptor: put(KINDS.list, OPTIONAL, REQUEST, scalar({ kind: "text" }, symbol ? SYMBOL : 0, REQUEST)),
        target: slots.isRead(slot) || symbol ? place(slot) : nowhere,
        required: false,
      });
      const choice = (slot: number, name: string, values: readonly string[]): Member => ({
        name,
        descriptor: literals(values, OPTIONAL, REQUEST),
        target: place(slot),
        required: false,
      });
      const own = (root: string): Member[] =>
        facts
          .filter((f) => f.root === root && ENVELOPE_SLOTS[`${root}.${f.name}`] === undefined)
          .map((f) => {
            const slot = slots.find(root, [f.name], withoutOptional(f.type));
            return {
              name: f.name,
              descriptor: slotted(root, [f.name], f.type, ERROR_CLASS.facts, f.range),
              target: slot === undefined ? nowhere : place(slot),
              required: false,
            };
          });
      const open = { optional: true, open: true, tree: false, errors: REQUEST } as const;
      const group = (name: string, members: readonly Member[]): Member => ({
        name,
        descriptor: record(members, open),
        target: nowhere,
        required: false,
      });
      const child = (index: number, name: string, type: Type, required: boolean): Member => ({
        name,
        descriptor:
          name === "at"
            ? scalar(type, 0, REQUEST, positive)
            : name === "roles"
              ? put(KINDS.list, OPTIONAL, REQUEST, scalar({ kind: "text" }, SYMBOL, REQUEST))
              : scalar(type, required ? 0 : OPTIONAL, REQUEST),
        target: { kind: "child", index },
        required,
      });
      const approval = record(
        [
          child(0, "id", { kind: "text" }, true),
          child(1, "rule", { kind: "text" }, true),
          child(2, "digest", { kind: "text" }, true),
          child(3, "by", { kind: "text" }, true),
          child(4, "roles", { kind: "text" }, false),
          child(5, "user", { kind: "bool" }, false),
          child(6, "at", { kind: "int" }, true),
        ],
        { optional: false, open: true, tree: true, errors: REQUEST },
      );
      const strings = put(KINDS.list, OPTIONAL, REQUEST, scalar({ kind: "text" }, 0, REQUEST));
      const link = record(
        chainMembers(
          (slot, needed) => text(slot, "", needed).descriptor,
          strings,
          (name, type, needed) => child(0, name, type, needed).descriptor,
          slots.delegates ? facts : [],
          // of a link nothing has to be sent
          ({ root, name, type, range }) =>
            slotted(root, [name], { kind: "optional", of: withoutOptional(type) }, ERROR_CLASS.facts, range),
        ),
        { optional: false, open: true, tree: true, errors: REQUEST },
      );
      const cwd: Member = {
        name: "cwd",
        descriptor: scalar({ kind: "path" }, OPTIONAL | (slots.wantsSymbol(13) ? SYMBOL : 0), REQUEST),
        target: place(13),
        required: false,
      };
      return record(
        [
          choice(0, "event", ["call", "result", "message", "chunk"]),
          group("principal", [
            text(1, "id"),
            text(2, "team"),
            words(3, "roles", false),
            words(4, "scopes", false),
            { name: "chain", descriptor: put(KINDS.list, OPTIONAL, REQUEST, link), target: place(41), required: false },
            ...own("principal"),
          ]),
          group("action", [
            { name: "tool", descriptor: put(K_TOOL, OPTIONAL, REQUEST), target: nowhere, required: false },
            { name: "args", descriptor: put(K_ARGS, OPTIONAL, ERROR_CLASS.args), target: nowhere, required: false },
            text(28, "digest"),
            ...own("action"),
          ]),
          group("resource", own("resource")),
          group("context", [
            integer(5, "time"),
            text(6, "call_id"),
            text(7, "session"),
            text(8, "key"),
            integer(9, "turn"),
            text(10, "run"),
            text(11, "task"),
            text(12, "origin"),
            cwd,
            figure(22, "cost", "decimal"),
            figure(23, "tokens", "int"),
            figure(24, "elapsed", "int"),
            text(39, "ledger_key"),
            {
              name: "approvals",
              descriptor: put(KINDS.list, OPTIONAL, REQUEST, approval),
              target: place(14),
              required: false,
            },
            ...own("context"),
          ]),
          group("result", [
            choice(15, "status", ["ok", "failed", "withheld"]),
            { name: "value", descriptor: put(KINDS.json, 0, REQUEST), target: place(16), required: false },
            bool(17, "partial"),
            bool(18, "no_effect"),
            words(19, "kept", true),
            figure(25, "cost", "decimal"),
            figure(26, "tokens", "int"),
            figure(27, "elapsed", "int"),
          ]),
          group("message", [text(20, "from"), text(21, "text")]),
          group("chunk", [text(46, "text"), bool(47, "last")]),
        ],
        { optional: false, open: true, tree: false, errors: REQUEST },
      );
    },
  };
}

function memberKey({ name, descriptor, target, required }: Member): string {
  const at = target.kind === "slot" ? `s${target.slot}` : target.kind === "child" ? `c${target.index}` : "";
  return `${name} ${descriptor} ${at} ${required}`;
}

/** A symbol that fits beside an index, or 0: then the kernel looks it up. */
function small(symbol: number): number {
  return symbol < 0x10000 ? symbol : 0;
}
