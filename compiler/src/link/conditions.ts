/** Condition trees and operands as 32-byte nodes (runtime/kernel/assembly/condition.ts has the layout). Equal nodes stand once. */

import { automatonOf, LEVELS, type Level, RISKS, type Risk } from "@thc/language";
import { patternTooComplex } from "../failure.ts";
import type { IrCondition, Operand } from "../ir/ir.ts";
import { type Automaton, globAutomaton } from "../lower/glob.ts";
import type { DataBuffer } from "./buffer.ts";
import { rangeBytes } from "./ranges.ts";

const MEMBERS = [
  "",
  "email.local",
  "email.domain",
  "url.scheme",
  "url.host",
  "url.port",
  "url.path",
  "path.name",
  "path.ext",
  "path.dir",
  "text.length",
  "map.keys",
  "map.values",
  "command.segments",
  "command.programs",
  "command.paths",
  "command.hosts",
  "command.writes",
];
const SQL_MEMBERS = ["sql.reads", "sql.writes", "sql.deletes", "sql.has_where", "sql.tables"];
/** Bytes of an automaton, its tables aside. */
const AUTOMATON = 304;
const FOLDS = ["sum", "min", "max"];
const AS = { number: 0, date: 1, time: 2, duration: 3 } as const;
const SIGNS = ["", "==", "!=", "<", "<=", ">", ">="];

export interface ConditionWriter {
  readonly condition: (c: IrCondition) => number;
  /** It was written, and is not written again. */
  readonly stands: (c: IrCondition) => boolean;
  readonly operand: (o: Operand) => number;
  readonly automaton: (
    globs: readonly { readonly glob: string; readonly style: "text" | "path"; readonly accept: number }[],
  ) => number;
  /** Tables of exact names and of what must follow a dot; address 0 for an empty one. */
  readonly hosts: (patterns: readonly string[]) => {
    readonly exact: number;
    readonly exactMask: number;
    readonly below: number;
    readonly belowMask: number;
  };
  readonly symbols: (texts: readonly string[]) => readonly number[];
}

export const memberCode = (m = ""): number => (m.startsWith("sql.") ? 20 + SQL_MEMBERS.indexOf(m) : MEMBERS.indexOf(m));
export const levelMask = (levels: readonly Level[]): number =>
  levels.reduce((mask, l) => mask | (1 << LEVELS.indexOf(l)), 0);
export const riskMask = (risks: readonly Risk[]): number =>
  risks.reduce((mask, r) => mask | (1 << RISKS.indexOf(r)), 0);

function holdsRanges(c: IrCondition): boolean {
  switch (c.op) {
    case "and":
    case "or":
      return c.parts.some(holdsRanges);
    case "not":
      return holdsRanges(c.part);
    case "quantifier":
      return holdsRanges(c.body);
    default:
      return c.op === "ip_in";
  }
}

/** @param symbol the contract's number of a constant text */
export function createConditionWriter(data: DataBuffer, symbol: (text: string) => number): ConditionWriter {
  const decimals = new Map<string, number>();
  const automata = new Map<string, number>();
  const hostTables = new Map<string, ReturnType<ConditionWriter["hosts"]>>();
  const knownHosts = new Map<readonly string[], ReturnType<ConditionWriter["hosts"]>>();

  /** `slot`: whose address is the first word. */
  function node(op: number, sub: number, depth: number, words: readonly number[], slot?: number): number {
    return data.node(op | ((sub & 255) << 8) | (depth << 16), words, slot);
  }

  function operand(o: Operand): number {
    switch (o.kind) {
      case "slot":
        return node(1, memberCode(o.member), 0, [0], o.slot);
      case "element":
        return node(2, memberCode(o.member), o.depth, [data.words(o.path), o.path.length]);
      case "lookup": {
        const key = data.text(o.key);
        const below = [data.words(o.path), o.path.length];
        return node(14, memberCode(o.member), 0, [operand(o.map), key.address, key.length, ...below]);
      }
      case "text": {
        const t = data.text(o.text);
        return node(3, 0, 0, [t.address, t.length]);
      }
      case "number": {
        const key = `${o.value.digits} ${o.value.exponent}`;
        const before = decimals.get(key);
        if (before !== undefined) return before;
        const at = data.alloc(32);
        data.u8(at, 4);
        data.i64(at + 16, o.value.digits);
        data.u32(at + 24, o.value.exponent >>> 0);
        decimals.set(key, at);
        return at;
      }
      case "count":
        return node(5, 0, 0, [operand(o.list)]);
      case "blast": {
        const facts = [o.environment, o.count, o.rollback];
        return node(
          8,
          0,
          0,
          facts.map((each) => (each === undefined ? 0 : operand(each))),
        );
      }
      case "arithmetic":
        return node(21, ["+", "-", "*"].indexOf(o.op), AS[o.as], o.of.map(operand));
      case "pick":
        return node(22, FOLDS.indexOf(o.op), AS[o.as], [data.words(o.of.map(operand)), o.of.length]);
      case "fold":
        return node(20, FOLDS.indexOf(o.op), AS[o.as], [operand(o.list), data.words(o.path), o.path.length]);
      case "row":
        return node(6, 0, 0, [o.index]);
      case "item":
        return node(13, 0, 0, [o.index]);
      case "record":
        return node(7, 0, 0, [operand(o.whole), data.words(o.members.map(operand)), o.members.length]);
    }
  }

  function automaton(globs: Parameters<ConditionWriter["automaton"]>[0]): number {
    const key = JSON.stringify(globs);
    const before = automata.get(key);
    if (before !== undefined) return before;
    const a = globAutomaton(globs);
    if (a === undefined) throw patternTooComplex(globs.map((g) => g.glob));
    return written(key, a);
  }
  function expression(source: string, ignoreCase: boolean): number {
    const key = `/${source}/${ignoreCase}`;
    return automata.get(key) ?? written(key, automatonOf(source, ignoreCase));
  }
  function written(key: string, a: Automaton): number {
    const next = data.alloc(a.next.length * 2);
    for (const [i, s] of a.next.entries()) data.u16(next + 2 * i, s);
    const accept = data.alloc(a.accept.length * 2);
    for (const [i, s] of a.accept.entries()) data.u16(accept + 2 * i, s);
    const at = data.alloc(AUTOMATON);
    data.u32(at, a.classes);
    data.u32(at + 4, accept);
    data.u32(at + 8, next);
    data.u32(at + 12, a.sinks);
    data.bytes(at + 16, a.classOf);
    data.u32(at + 272, a.prefix?.length ?? 0);
    data.u32(at + 276, a.behindPrefix ?? 0);
    if (a.prefix !== undefined) data.bytes(at + 288, a.prefix);
    automata.set(key, at);
    return at;
  }

  function hosts(patterns: readonly string[]) {
    let tables = knownHosts.get(patterns);
    if (tables === undefined) {
      tables = hostsByText(patterns);
      knownHosts.set(patterns, tables);
    }
    return tables;
  }
  function hostsByText(patterns: readonly string[]) {
    const key = patterns.join(" ");
    const before = hostTables.get(key);
    if (before !== undefined) return before;
    const exact = patterns.filter((p) => !p.startsWith("*."));
    const below = patterns.filter((p) => p.startsWith("*.")).map((p) => p.slice(2));
    const table = (names: readonly string[]) =>
      names.length === 0 ? { address: 0, mask: 0 } : data.table([...new Set(names)].map((n) => [n, 1]));
    const e = table(exact);
    const b = table(below);
    const tables = { exact: e.address, exactMask: e.mask, below: b.address, belowMask: b.mask };
    hostTables.set(key, tables);
    return tables;
  }
  const symbols = (texts: readonly string[]) => [...new Set(texts.map(symbol))].sort((a, b) => a - b);

  const conditions = new Map<IrCondition, number>();
  /** A condition that many rules have is written once; ranges of addresses stand as often as they are asked. */
  function condition(c: IrCondition): number {
    let at = conditions.get(c);
    if (at === undefined) {
      at = write(c);
      if (!holdsRanges(c)) conditions.set(c, at);
    }
    return at;
  }
  function write(c: IrCondition): number {
    switch (c.op) {
      case "constant":
        return node(1, 0, 0, [c.value ? 2 : 0]);
      case "and":
      case "or":
        return node(c.op === "and" ? 2 : 3, 0, 0, [data.words(c.parts.map(condition)), c.parts.length]);
      case "not":
        return node(4, 0, 0, [condition(c.part)]);
      case "labelled":
        return node(75, 0, 0, [Number(c.labels & 0xffffffffn), Number(c.labels >> 32n)]);
      case "has":
      case "is":
        return node(5, c.op === "is" ? 1 : 0, 0, [operand(c.value)]);
      case "holds":
        return node(6, 0, 0, [operand(c.value)]);
      case "compare":
        return node(7, SIGNS.indexOf(c.sign), 0, [operand(c.left), operand(c.right)]);
      case "member": {
        const texts = symbols(c.values.flatMap((v) => (v.kind === "text" ? [v.text] : [])));
        const values = c.values.map(operand);
        return node(8, 0, 0, [operand(c.item), data.words(texts), texts.length, data.words(values), values.length]);
      }
      case "host_in": {
        const t = hosts(c.patterns);
        return node(9, 0, 0, [operand(c.item), t.exact, t.exactMask, t.below, t.belowMask]);
      }
      case "ip_in": {
        const ranges = data.alloc(c.ranges.length * 32);
        for (const [i, range] of c.ranges.entries()) {
          const { address, bits, isIpv4 } = rangeBytes(range);
          data.bytes(ranges + 32 * i, address);
          data.u32(ranges + 32 * i + 16, bits);
          data.u32(ranges + 32 * i + 20, isIpv4 ? 1 : 0);
        }
        return node(33, 0, 0, [operand(c.item), ranges, c.ranges.length]);
      }
      case "matches": {
        const one = globAutomaton(c.globs.map((glob) => ({ glob, style: c.style, accept: 1 })));
        const groups = one === undefined ? c.globs.map((g) => [g]) : [c.globs];
        const list = groups.map((globs) => automaton(globs.map((glob) => ({ glob, style: c.style, accept: 1 }))));
        return node(10, 0, 0, [operand(c.item), data.words(list), list.length]);
      }
      case "regex":
        return node(10, 0, 0, [operand(c.item), data.words([expression(c.source, c.ignoreCase)]), 1]);
      case "under":
        return node(11, 0, 0, [operand(c.item), operand(c.prefix)]);
      case "contains":
      case "starts_with": {
        const t = data.text(c.text);
        return node(c.op === "contains" ? 12 : 13, 0, 0, [operand(c.item), t.address, t.length]);
      }
      case "quantifier": {
        const sub = c.quantifier === "every" ? 1 : c.quantifier === "any" ? 2 : 3;
        return node(14, sub + (c.strict ? 4 : 0), c.depth, [
          data.words(c.lists.map(operand)),
          c.lists.length,
          condition(c.body),
        ]);
      }
      case "includes":
        return node(30, 0, 0, [operand(c.list), operand(c.item)]);
      case "subset":
      case "overlaps":
        return node(c.op === "subset" ? 31 : 32, 0, 0, [operand(c.list), operand(c.set)]);
      case "level_is":
        return node(15, c.exact ? 1 : 0, 0, [levelMask(c.levels)]);
      case "level_has":
        return node(20, 0, 0, [levelMask(c.levels)]);
      case "external":
        return node(21, 0, 0, []);
      case "risk_is":
        return node(16, 0, 0, [riskMask(c.risks)]);
      case "acts_for":
        return node(86, 0, 0, [c.agent + 1]);
      case "agent_is":
        return node(85, 0, 0, [data.words(c.agents.map((a) => a + 1)), c.agents.length]);
    }
  }
  return { condition, stands: (c) => conditions.has(c), operand, automaton, hosts, symbols };
}
