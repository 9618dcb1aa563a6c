/** Law 10: same module, same request, same state, same answer. */
import { isDeepStrictEqual } from "node:util";
import { encode } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Random } from "../../differential/random.ts";
import { NEW_SESSION } from "../../differential/subject.ts";
import { isWrittenObject, num, obj, type Written } from "../../differential/written.ts";
import { holds, type Law, play, withMember } from "../law.ts";

/** What no generated contract declares; some are longer than a name that is remembered may be, or need an escape. */
const UNDECLARED = [
  "z",
  "z1",
  "z2",
  "z3",
  "z4",
  "z5",
  "zone",
  "z_of_thirteen",
  "z_of_fourteen_",
  'z"',
  "zä",
  "z\u0007",
];
const GROUPS = ["principal", "action", "resource", "context"];
/** Reasons that come before duplicate names. */
const UNREADABLE = ["bad_json", "bad_utf8", "too_large", "too_deep", "number_range", "duplicate_key"];

/** The request with undeclared members in its groups; `again`: one of them stands twice in its group. */
function withStrangers(request: Written, random: Random, again: boolean): Written {
  if (!isWrittenObject(request)) return request;
  const groups = request.members.flatMap(([name, value]) =>
    GROUPS.includes(name) && isWrittenObject(value) ? [name] : [],
  );
  const twice = random.pick(groups);
  return obj(
    Object.fromEntries(
      request.members.map(([name, value]) => {
        if (!groups.includes(name) || !isWrittenObject(value)) return [name, value];
        const strangers = UNDECLARED.filter(() => random.chance(0.4)).map((of) => [of, anything(random)] as const);
        if (again && name === twice) {
          const of = strangers[0]?.[0] ?? "z";
          strangers.push([of, anything(random)], ...(strangers.length === 0 ? [[of, anything(random)] as const] : []));
        }
        const members = [...value.members];
        for (const one of strangers) members.splice(random.below(members.length + 1), 0, one);
        return [name, { members }];
      }),
    ),
  );
}
function anything(random: Random): Written {
  return random.pick<Written>([
    null,
    true,
    "text",
    "a longer text, which takes two steps",
    num(12),
    obj({ z: "in it" }),
    { items: ["a", num(1)] },
  ]);
}

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
  {
    number: 10,
    sentence:
      "what nothing declares changes no answer, whatever was met before; what stands twice or lacks an escape is refused",
    trials: 40,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const clean = play(subject.compile(contract), events);
      const instance = subject.compile(contract);
      for (const { event, decision, before, asked } of clean) {
        if (event.damage.length > 0 || UNREADABLE.includes(decision.reason)) continue;
        // findings stand in the order of the members, which a style may turn round
        const isOrdered = decision.inspected !== undefined;
        if (isOrdered && event.style !== undefined) continue;
        if (
          !isWrittenObject(event.request) ||
          !event.request.members.some(([name, v]) => GROUPS.includes(name) && isWrittenObject(v))
        )
          continue;
        const decide = (bytes: Uint8Array) => instance.decide(bytes, before).decision;
        const ask = (request: Written) =>
          decide(
            encode(
              { request, style: isOrdered || random.chance(0.5) ? undefined : random.below(1e9), damage: [] },
              asked,
            ),
          );
        for (let i = 0; i < 3; i++) {
          const one = ask(withStrangers(event.request, random, false));
          holds(
            isDeepStrictEqual(one, decision),
            () => `undeclared members: ${one.reason} instead of ${decision.reason}`,
          );
          const { reason } = ask(withStrangers(event.request, random, true));
          holds(reason === "duplicate_key", () => `a member that stands twice: ${reason}`);
          // a name that needs an escape, without it
          const strange = encode(
            { request: withStrangers(event.request, random, false), style: undefined, damage: [] },
            asked,
          );
          const text = new TextDecoder().decode(strange);
          const bare = text.replaceAll('"z\\""', '"z""').replaceAll('"z\\u0007"', '"z\u0007"');
          if (bare === text) continue;
          const naked = decide(new TextEncoder().encode(bare)).reason;
          holds(UNREADABLE.includes(naked), () => `a name without its escape: ${naked}`);
        }
      }
    },
  },
];
