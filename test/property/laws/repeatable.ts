/** Law 10: same module, same request, same state, same answer. */
import { isDeepStrictEqual } from "node:util";
import { encode } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import { holds, type Law, play } from "../law.ts";

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
        if (i % 3 === 0) first.decide(encode(other.events[i % other.events.length]!, new Map()), new Uint8Array(0));
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
