/** Short stories about what becomes of an answer: obligations that meet, approvals that are used and expire, calls that come again. */
import { allow, approval, contract, deny, oblige, requireApproval, T, tool } from "../../contracts/build.ts";
import type { Contract } from "../../reference/contract.ts";
import type { Case } from "../event.ts";
import type { Random } from "../random.ts";
import { num, obj } from "../written.ts";
import { type Call, narrate, type Step } from "./history.ts";
import { makeObligation } from "./rules.ts";

const MINUTE = 60_000;

export function tellSettled(random: Random, stepper: (contract: Contract) => Step): Case {
  const carried = () => random.several(1, 3, () => makeObligation(random));
  const asks = random.chance(0.4);
  const expires = random.pick([MINUTE, 5 * MINUTE]);
  const bare = contract(
    [
      tool("look", { what: T.text }, { returns: T.json }),
      tool("pay", { amount: T.int }, { levels: ["write"], risk: "write" }),
    ],
    [
      allow("all", ["*"], { obligations: random.chance(0.5) ? carried() : [] }),
      oblige("both", ["*"], { obligations: carried() }),
      oblige("paid", ["pay"], { obligations: carried() }),
      ...(asks ? [requireApproval("seen", ["pay"], approval({ once: random.chance(0.7), expires }))] : []),
      ...(random.chance(0.3) ? [deny("never", ["pay"])] : []),
    ],
    [],
    ["support-bot-*"],
  );
  const given: Contract = {
    ...bare,
    ...(random.chance(0.4) ? { observe: {} } : {}),
    ...(random.chance(0.3) ? { valid: MINUTE } : {}),
  };
  const author = narrate(given, random, stepper(given));
  let last: Omit<Call, "whom"> | undefined;
  let made = 0;
  const call = (): void => {
    made += 1;
    const toPay = random.chance(0.6);
    const args = toPay ? obj({ amount: num(random.pick(["1", "2"])) }) : obj({ what: "x" });
    last = { id: `t${made}`, tool: toPay ? 1 : 0, args };
    author.call(last);
  };
  for (let i = 0; i < 3 + random.below(9); i += 1)
    random.weighted<void>([
      [5, call],
      [3, () => void (last === undefined ? call() : author.call(last))],
      [3, () => author.result(obj({}))],
      [asks ? 4 : 0, () => author.approve(random.chance(0.8))],
      [1, () => author.wait(random.pick([1_000, expires, expires + 1]))],
      [1, author.any],
    ]);
  return { contract: given, events: author.events() };
}
