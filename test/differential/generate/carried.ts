/** Short stories about labels: results of several labels that show the same values, and calls of the turn that gave them. */
import { allow, contract, flow, listOf, record, T, tool } from "../../contracts/build.ts";
import type { Contract } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, obj, type Written } from "../written.ts";
import { narrate, type Step } from "./history.ts";

const ORDERS = ["hostile", "low < high"];
const VALUES = ["code-4711", "ann@acme.example", "88213", "the quick brown fox", "incomprehensibilities"];
const LEFT = 0;
const RIGHT = 1;
const SEND = 2;

export function tellLabels(random: Random, stepper: (contract: Contract) => Step): Case {
  const first = random.pick(["hostile", "low"]);
  const stands = (name: string, label: string, byValue: boolean) => {
    const otherwise = [random.pick([{ kind: "warn" }, { kind: "deny" }] as const)];
    return flow(name, random.chance(0.7) ? ["send"] : ["*"], [label], { byValue, otherwise }, ORDERS);
  };
  const returns = record({ said: T.text, more: listOf(T.text) });
  const bare = contract(
    [
      tool("left", { about: T.text }, { returns }),
      tool("right", { about: T.text }, { returns }),
      tool("send", { body: T.json }, { levels: ["write"], risk: "write" }),
    ],
    [
      allow("all", ["*"]),
      stands("seen", first, true),
      stands("told", random.pick(["high", "above low"]), true),
      ...(random.chance(0.5) ? [stands("also", random.pick(["low", "untrusted", first]), random.chance(0.4))] : []),
    ],
    [],
    ["support-bot-*"],
    undefined,
    ORDERS,
  );
  const labelOf = (name: string) => bare.labels.findIndex((label) => label.name === name);
  const gives = (name: string, from?: readonly string[]) => ({ label: labelOf(name), from, when: undefined });
  const given: Contract = {
    ...bare,
    ...(random.chance(0.3) ? { state: { values: 1 + random.below(6) } } : {}),
    tools: bare.tools.map((each, rank) => {
      if (rank === LEFT) return { ...each, gives: [gives(first)] };
      const from = random.chance(0.4) ? ["said"] : undefined;
      return rank === RIGHT ? { ...each, gives: [gives("high", from)] } : each;
    }),
  };
  const author = narrate(given, random, stepper(given));
  const value = () => random.pick(VALUES);
  const text = (): Written => random.several(1, 3, value).join(random.pick([" ", ", ", " and then "]));
  for (let i = 0; i < 4 + random.below(8); i += 1)
    random.weighted<void>([
      [
        5,
        () => {
          author.call({ tool: random.pick([LEFT, RIGHT]), args: obj({ about: text() }) });
          author.result(obj({ said: text(), more: arr([text()]) }));
        },
      ],
      [4, () => void author.call({ tool: SEND, args: obj({ body: random.chance(0.5) ? text() : arr([text()]) }) })],
      [1, author.any],
    ]);
  return { contract: given, events: author.events() };
}
