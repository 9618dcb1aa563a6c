/** What is computed (laws 4 and 9) and what is in which list (law 12). The expected numbers are computed here with integers. */
import { isDeepStrictEqual } from "node:util";
import { allow, compare, contract, deny, listOf, lit, ref, T, tool } from "../../contracts/build.ts";
import type { Random } from "../../differential/random.ts";
import type { Condition, Reference, Term, Type } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

interface Number {
  readonly digits: bigint;
  readonly exponent: number;
}
const size = (n: bigint): bigint => (n < 0n ? -n : n);
function normal({ digits, exponent }: Number): Number {
  if (digits === 0n) return { digits, exponent: 0 };
  return digits % 10n === 0n ? normal({ digits: digits / 10n, exponent: exponent + 1 }) : { digits, exponent };
}
const isCarried = ({ digits, exponent }: Number): boolean =>
  exponent >= -22 && exponent <= 22 && (size(digits) < 10n ** 15n || (exponent === 0 && size(digits) < 2n ** 53n));
const written = ({ digits, exponent }: Number): number => globalThis.Number(`${digits}e${exponent}`);
function add(a: Number, b: Number): Number {
  const exponent = Math.min(a.exponent, b.exponent);
  const units = (n: Number) => n.digits * 10n ** BigInt(n.exponent - exponent);
  return normal({ digits: units(a) + units(b), exponent });
}

/** Numbers at the edges of what a request may carry, and some whose products end in many zeros. */
function makeNumber(random: Random): Number {
  const digits = random.weighted<bigint>([
    [2, () => BigInt(random.below(20))],
    [2, () => BigInt(random.below(1_000_000))],
    [2, () => 10n ** 15n - 1n - BigInt(random.below(3))],
    [2, () => 2n ** BigInt(random.below(50))],
    [2, () => 5n ** BigInt(random.below(22))],
    [1, () => 2n ** 53n - 1n - BigInt(random.below(3))],
    [1, () => 10n ** BigInt(random.below(15)) + BigInt(random.below(2))],
  ]);
  const exponent = random.pick([0, 0, -1, -2, -9, -15, -16, -17, -21, -22, 1, 7, 16, 21, 22]);
  const number = normal({ digits: random.chance(0.4) ? -digits : digits, exponent });
  return isCarried(number) ? number : makeNumber(random);
}

const a = ref("args.a", T.decimal);
const b = ref("args.b", T.decimal);
const c = ref("args.c", T.decimal);
const list = ref("args.list", listOf(T.decimal));
const is = (left: Term): Condition => ({ kind: "compare", op: "==", left, right: c });
const act = tool("act", { a: T.decimal, b: T.decimal, c: T.decimal, list: listOf(T.decimal) });

export const COMPUTED: readonly Law[] = [
  {
    number: 9,
    sentence: "a sum, a difference and a product are exact, or unknown where no request could carry them",
    trials: 40,
    check: (subject, random) => {
      const op = random.pick(["+", "-", "*"] as const);
      const condition = is({ kind: "arithmetic", op, left: a, right: b, type: T.decimal });
      const session = openSession(subject, contract([act], [allow("it", ["*"], { when: condition })]));
      const differs = openSession(
        subject,
        contract([act], [allow("it", ["*"], { when: { kind: "not", part: condition } })]),
      );
      for (let i = 0; i < 60; i += 1) {
        const [x, y] = [makeNumber(random), makeNumber(random)];
        const result =
          op === "*"
            ? normal({ digits: x.digits * y.digits, exponent: x.exponent + y.exponent })
            : add(x, op === "+" ? y : { ...y, digits: -y.digits });
        const args = { a: written(x), b: written(y), c: isCarried(result) ? written(result) : 0, list: [] };
        const shown = () => `${args.a} ${op} ${args.b}`;
        holds((session.call("act", args).outcome === "allow") === isCarried(result), shown);
        holds(differs.call("act", args).outcome === "deny", shown);
      }
    },
  },
  {
    number: 9,
    sentence: "the sum of a list is exact, whatever the order of its elements and whatever they come to on the way",
    trials: 40,
    check: (subject, random) => {
      const [sum, least, most] = (["sum", "min", "max"] as const).map((op) =>
        is({ kind: "fold", op, list, field: [], type: T.decimal }),
      );
      const open = (when: Condition) => openSession(subject, contract([act], [allow("it", ["*"], { when })]));
      const sessions = [open(sum!), open(least!), open(most!)];
      for (let i = 0; i < 20; i += 1) {
        const some = random.several(1, 6, () => makeNumber(random));
        // what is there twice with both signs goes away again
        const gone = some.slice(0, random.below(some.length)).map((n) => ({ ...n, digits: -n.digits }));
        const numbers = random.chance(0.5) ? [...some, ...gone] : [...gone, ...some].reverse();
        const total = numbers.reduce(add, { digits: 0n, exponent: 0 });
        const ordered = [...numbers].sort((x, y) => globalThis.Number(add(x, { ...y, digits: -y.digits }).digits));
        const ask = (at: number, wanted: Number) =>
          sessions[at]!.call("act", { a: 0, b: 0, c: written(wanted), list: numbers.map(written) }).outcome;
        const shown = () => numbers.map(written).join(" ");
        if (isCarried(total)) holds(ask(0, total) === "allow", shown);
        else holds(ask(0, { digits: 0n, exponent: 0 }) === "deny", shown);
        holds(ask(1, ordered[0]!) === "allow", shown);
        holds(ask(2, ordered.at(-1)!) === "allow", shown);
      }
      const empty = (at: number) => sessions[at]!.call("act", { a: 0, b: 0, c: 0, list: [] }).outcome;
      holds(empty(0) === "allow" && empty(1) === "deny" && empty(2) === "deny", () => "nothing");
    },
  },
  {
    number: 9,
    sentence: "dates, times and durations are ordered and computed with as calendars and clocks have them",
    trials: 60,
    check: (subject, random) => {
      const book = tool("book", { day: T.date, at: T.time, until: T.time, stay: T.duration, paid: T.date });
      const [day, at, until] = [ref("args.day", T.date), ref("args.at", T.time), ref("args.until", T.time)];
      const [stay, paid] = [ref("args.stay", T.duration), ref("args.paid", T.date)];
      const sum = (op: "+" | "-", left: Term, right: Term, type: Type): Term => ({
        kind: "arithmetic",
        op,
        left,
        right,
        type,
      });
      const equal = (left: Term, right: Term): Condition => ({ kind: "compare", op: "==", left, right });
      const rules: readonly Condition[] = [
        equal(sum("+", at, stay, T.time), until),
        equal(sum("-", until, at, T.duration), stay),
        equal(sum("-", until, stay, T.time), at),
        { kind: "compare", op: ">=", left: sum("+", day, stay, T.date), right: paid },
        { kind: "compare", op: "<", left: at, right: until },
        { kind: "compare", op: "<", left: day, right: paid },
      ];
      const sessions = rules.map((when) => openSession(subject, contract([book], [allow("it", ["*"], { when })])));
      const start = random.below(4_000_000_000) * 1_000 - 2 ** 40;
      const days = random.below(400);
      const more = random.chance(0.5) ? 0 : 1 + random.below(86_399);
      const end = start + (days * 86_400 + more) * 1_000;
      const iso = (time: number) => new Date(time).toISOString();
      const date = (time: number) => iso(time).slice(0, 10);
      const args = {
        day: date(start),
        at: iso(start),
        until: iso(end).replace("T", " "),
        stay: `P${days}DT${more}S`,
        paid: date(start + days * 86_400_000),
      };
      const later = days > 0 || more > 0;
      const wanted = [true, true, true, more === 0, later, days > 0];
      const got = sessions.map((session) => session.call("book", args).outcome === "allow");
      holds(isDeepStrictEqual(got, wanted), () => `${JSON.stringify(args)}: ${got.join()}`);
    },
  },
  {
    number: 4,
    sentence: "what cannot be computed neither grants nor spares a denial",
    trials: 30,
    check: (subject, random) => {
      const part = (term: Term): Term =>
        random.pick([
          term,
          { kind: "arithmetic", op: "-", left: term, right: term, type: T.decimal },
          { kind: "arithmetic", op: "*", left: lit({ digits: 0n, exponent: 0 }, T.int), right: term, type: T.decimal },
          { kind: "pick", op: random.pick(["min", "max"]), of: [b, term], type: T.decimal },
        ]);
      const tooMuch: Term = { kind: "arithmetic", op: "*", left: a, right: a, type: T.decimal };
      const tooLong: Term = { kind: "fold", op: random.pick(["sum", "min", "max"]), list, field: [], type: T.decimal };
      const overflows = random.chance(0.5);
      const test: Condition = {
        kind: "compare",
        op: random.pick(["<", "<=", ">", ">=", "==", "!="]),
        left: part(overflows ? tooMuch : tooLong),
        right: b,
      };
      const args = { a: 1e22, b: random.below(3), c: 0, list: Array.from({ length: 1_025 }, () => 1) };
      const granted = openSession(subject, contract([act], [allow("it", ["*"], { when: test })]));
      const denied = openSession(subject, contract([act], [allow("all", ["*"]), deny("no", ["*"], test)]));
      holds(granted.call("act", args).outcome === "deny", () => "granted");
      holds(denied.call("act", args).outcome === "deny", () => "spared");
    },
  },
  {
    number: 12,
    sentence: "what is in which list is asked of values, not of spellings, as quantifiers ask it",
    trials: 60,
    check: (subject, random) => {
      const { type, groups, formless } = random.pick(SPELLINGS);
      const many = listOf(type);
      const send = tool("send", { it: type, ours: many, theirs: many });
      const [it, ours, theirs] = [ref("args.it", type), ref("args.ours", many), ref("args.theirs", many)];
      const some = groups.slice(0, 2).map((group) => lit(group[0], type));
      const element = (depth: number): Reference => ref("element", type, { depth });
      const over = (quantifier: "every" | "any", depth: number, of: Reference, body: Condition): Condition => ({
        kind: "quantifier",
        quantifier,
        depth,
        lists: [of],
        body,
      });
      const inTheirs = over("any", 1, theirs, compare(element(1), "==", element(0)));
      const [one, other] = random.pick<readonly [Condition, Condition]>([
        [{ kind: "includes", list: ours, item: it }, over("any", 0, ours, compare(element(0), "==", it))],
        [{ kind: "includes", list: ours, item: some[0]! }, over("any", 0, ours, compare(element(0), "==", some[0]!))],
        [{ kind: "subset", list: ours, set: { kind: "list", list: theirs } }, over("every", 0, ours, inTheirs)],
        [{ kind: "overlaps", list: ours, set: { kind: "list", list: theirs } }, over("any", 0, ours, inTheirs)],
        [
          { kind: "subset", list: ours, set: { kind: "values", values: some } },
          over("every", 0, ours, { kind: "member", item: element(0), values: some }),
        ],
        [
          { kind: "overlaps", list: ours, set: { kind: "values", values: some } },
          over("any", 0, ours, { kind: "member", item: element(0), values: some }),
        ],
      ]);
      const open = (forbidden: Condition) =>
        openSession(subject, contract([send], [allow("all", ["*"]), deny("no", ["*"], forbidden)]));
      const sessions = [one, other, { kind: "not", part: one } as const, { kind: "not", part: other } as const].map(
        open,
      );
      const spelling = () => random.pick(random.pick(groups));
      for (let i = 0; i < 12; i += 1) {
        const odd = random.chance(0.15) ? [random.pick(formless)] : [];
        const args = {
          it: spelling(),
          ours: [...random.several(0, 3, spelling), ...odd],
          theirs: random.several(1, 3, spelling),
        };
        const [x, y, notX, notY] = sessions.map((session) => session.call("send", args).outcome);
        holds(x === y && notX === notY, () => JSON.stringify(args));
      }
    },
  },
];
