/**
 * Short stories about where a value comes from: said by the user, found in a result, echoed, planted, or nowhere. Left
 * to chance these chains are rare; here each has every link, in an order of its own.
 */
import { allow, contract, listOf, record, ref, requireGrounded, T, tool } from "../../contracts/build.ts";
import type { Contract, Type } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, num, obj, type Written } from "../written.ts";
import { SEVERITY } from "./cloud.ts";
import { narrate, type Step } from "./history.ts";
import { numberFor, poolOf } from "./pools.ts";

const TYPES: readonly Type[] = [T.email, T.url, T.host, T.id, T.text, T.path, T.int, T.decimal, T.usd, T.cents];

export function tell(random: Random, stepper: (contract: Contract) => Step): Case {
  const type = random.pick(TYPES);
  const sourceType = type.kind === "money" ? random.pick([T.usd, T.cents]) : type;
  const asList = random.chance(0.3);
  const row = record({ it: sourceType, other: sourceType });
  const [find, peek, use, write] = [0, 1, 2, 3];
  const given = contract(
    [
      tool("find", { about: T.json }, { returns: record({ rows: listOf(row) }) }),
      tool("peek", {}, { returns: record({ rows: listOf(row) }) }),
      tool("use", { it: asList ? listOf(type) : type }, { levels: ["read"] }),
      tool("write", { what: T.json }, { levels: [random.pick(["read", "write", "delete", "execute"])] }),
    ].map((t) => ({ ...t, risk: riskOf(t.levels[0]!), severity: SEVERITY[riskOf(t.levels[0]!)] })),
    [
      allow("all", ["*"]),
      requireGrounded(
        "known",
        ["use"],
        [ref("args.it", asList ? listOf(type) : type)],
        [
          ...(random.chance(0.5) ? (["user"] as const) : []),
          { of: "find", path: ["rows", "it"], type: sourceType },
          ...(random.chance(0.3) ? [{ of: "peek", path: ["rows", "other"], type: sourceType }] : []),
        ],
      ),
    ],
    [],
    ["support-bot-*"],
  );
  const author = narrate(given, random, stepper(given));
  const numeric = ["int", "decimal", "money"].includes(type.kind);
  const values = random.several(2, 3, () => (numeric ? numberFor(T.int, random) : spelling(type, random)));
  const value = (): Written => (numeric ? num(random.pick(values)) : random.pick(values));
  // more than a call's row holds
  const many = () =>
    arr(Array.from({ length: 33 }, (_, i) => (numeric ? num(`${i}`) : `${spelling(type, random)}${i}`)));
  const rows = () => obj({ rows: arr(random.several(1, 3, () => obj({ it: value(), other: value() }))) });
  const steps = 3 + random.below(10);
  for (let i = 0; i < steps; i += 1)
    random.weighted<void>([
      [3, () => lookUp(find, random.chance(0.5) ? value() : arr(random.several(0, 20, value)))],
      [random.chance(0.1) ? 2 : 0, () => lookUp(find, many())],
      [1, () => lookUp(peek, undefined)],
      [
        2,
        () =>
          void author.call({
            tool: write,
            args: obj({ what: random.chance(0.5) ? value() : obj({ deep: arr([value()]) }) }),
          }),
      ],
      [1, () => author.message(random.several(1, 3, () => random.pick(values)).join(" "))],
      [
        5,
        () => void author.call({ tool: use, args: obj({ it: asList ? arr(random.several(0, 3, value)) : value() }) }),
      ],
      [1, author.any],
    ]);
  function lookUp(of: number, about: Written | undefined): void {
    author.call({ tool: of, args: obj({ about: about === null ? undefined : about }) });
    author.result(rows());
  }
  return { contract: given, events: author.events() };
}

function riskOf(level: string) {
  return level === "read" ? "read" : level === "write" ? "write" : "destructive";
}

function spelling(type: Type, random: Random): string {
  const pool = poolOf(type);
  return random.pick([...pool.canonical.map((t) => t.replace(/^\/\/(?=[a-z])/, "")), ...pool.spelled]);
}
