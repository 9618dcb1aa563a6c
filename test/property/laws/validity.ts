/** Law 10 of `decision valid D`: until when an answer counts follows from requests alone. */
import { allow, budget, contract, T, tool } from "../../contracts/build.ts";
import { START } from "../../contracts/session.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

export const VALIDITY: readonly Law[] = [
  {
    number: 10,
    sentence:
      "an answer counts from its own request for as long as the contract says, and asking again does not renew it",
    trials: 30,
    check: (subject, random) => {
      const valid = random.pick([1, 1_000, 60_000, 86_400_000]);
      const rules = [allow("all", ["*"]), budget("few", ["go"], "3")];
      const bare = contract([tool("go", { what: T.text })], rules);
      const s = openSession(subject, { ...bare, valid });
      const forGood = openSession(subject, bare);
      let time = START;
      const later = () => {
        const ms = random.below(10_000);
        time += ms;
        s.wait(ms);
      };
      for (let i = 0; i < 6; i += 1) {
        const id = `c${i}`;
        later();
        const asked = time;
        const first = s.call("go", { what: "a" }, { id });
        holds(first.validUntil === asked + valid, () => `${first.outcome} at ${asked}: until ${first.validUntil}`);
        later();
        const again = s.call("go", { what: "a" }, { id });
        const since = again.duplicate ? asked : time;
        holds(again.duplicate === i < 3, () => `${again.outcome} of the same call`);
        holds(again.validUntil === since + valid, () => `again at ${time}: until ${again.validUntil}`);
        if (again.duplicate) s.result(null);
        holds(s.call("none", {}).validUntil === undefined, () => "a refusal before any rule runs out");
        holds(forGood.call("go", { what: "a" }).validUntil === undefined, () => "it runs out though nothing says so");
      }
    },
  },
];
