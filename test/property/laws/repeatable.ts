/** Law 10: same module, same request, same state, same answer. */
import { isDeepStrictEqual } from "node:util";
import { encode } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import { NEW_SESSION } from "../../differential/subject.ts";
import { num } from "../../differential/written.ts";
import { holds, type Law, play, withMember } from "../law.ts";

export const REPEATABLE: readonly Law[] = [
  {
    number: 10,
    sentence: "the same request in the same state gets the same answer and leaves the same state, byte for byte",
    trials: 60,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const first = subject.compile(contract);
      const second = subject.compile(contract);
      const other = makeCase(random.below(1e9));
      const there = play(second, events);
      const here = play(first, events);
      for (const [i, { event, decision, before, after, asked }] of here.entries()) {
        const twin = there[i]!;
        holds(isDeepStrictEqual(decision, twin.decision), () => "two instances decide differently");
        holds(Buffer.from(after).equals(twin.after), () => "two instances write different states");
        const request = encode(event, asked);
        const copy = Uint8Array.from(request);
        const kept = Uint8Array.from(before);
        // Another session, an hour later, in between: what it leaves in the instance must not show.
        const foreign = { ...other.events[i % other.events.length]!, damage: [] };
        const time = num(1_767_225_600_000 + 3_600_000 * (1 + random.below(20)));
        const elsewhere = withMember(i % 2 === 0 ? foreign.request : event.request, ["context", "time"], time);
        first.decide(encode({ ...foreign, request: elsewhere }, asked), NEW_SESSION);
        const again = first.decide(request, before);
        holds(isDeepStrictEqual(again.decision, decision), () => "asked again, it decides differently");
        holds(Buffer.from(again.state).equals(after), () => "asked again, it writes another state");
        holds(
          Buffer.from(copy).equals(request) && Buffer.from(kept).equals(before),
          () => "it wrote into what it was given",
        );
      }
    },
  },
];
