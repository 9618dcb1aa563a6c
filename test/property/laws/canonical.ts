/** Law 12: canonical compare only. One value, however it is spelled, in JSON or in its own notation. */
import { isDeepStrictEqual } from "node:util";
import { allow, compare, contract, deny, listOf, lit, ref, tool } from "../../contracts/build.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Condition } from "../../reference/contract.ts";
import { holds, type Law, plainEvents, play } from "../law.ts";
import { openSession } from "../session-of.ts";
import { SPELLINGS } from "../spellings.ts";

export const CANONICAL: readonly Law[] = [
  {
    number: 12,
    sentence:
      "every spelling of a value meets the same rule, no other value does, and what has no form is not let past it",
    trials: 120,
    check: (subject, random) => {
      const { type, groups, formless } = random.pick(SPELLINGS);
      const wanted = random.pick(groups);
      const item = ref("args.it", type);
      const element = ref("element", type);
      const equal = (of: typeof item): Condition =>
        random.chance(0.5)
          ? compare(of, "==", lit(wanted[0], type))
          : { kind: "member", item: of, values: [lit(wanted[0], type)] };
      const forbidden: Condition = random.chance(0.5)
        ? equal(item)
        : {
            kind: "quantifier",
            quantifier: "any",
            depth: 0,
            lists: [ref("args.them", listOf(type))],
            body: equal(element),
          };
      const send = tool("send", { it: type, them: listOf(type) });
      const session = openSession(subject, contract([send], [allow("all", ["*"]), deny("no", ["*"], forbidden)]));
      const outcome = (it: string) => session.call("send", { it, them: [it] }).outcome;
      for (const group of groups)
        for (const spelling of group)
          holds((outcome(spelling) === "deny") === (group === wanted), () => `${spelling} against ${wanted[0]}`);
      for (const text of formless) holds(outcome(text) === "deny", () => `\`${text}\` was let past ${wanted[0]}`);
    },
  },
  {
    number: 12,
    sentence: "prefixes, parents and globs see the canonical path and host",
    trials: 60,
    check: (subject, random) => {
      const path = ref("args.file", { kind: "path" });
      const host = ref("args.link", { kind: "url" }, { member: "url.host", type: { kind: "host" } });
      const inSecrets: Condition = random.chance(0.5)
        ? { kind: "under", item: path, prefix: lit("/srv/secrets", { kind: "path" }) }
        : { kind: "matches", item: path, style: "path", globs: ["/srv/secrets/**"] };
      const evil: Condition = { kind: "host_in", item: host, patterns: ["*.evil.example", "evil.example"] };
      const get = tool("get", { file: { kind: "path" }, link: { kind: "url" } });
      const rules = [allow("all", ["*"]), deny("secrets", ["*"], inSecrets), deny("evil", ["*"], evil)];
      const session = openSession(subject, contract([get], rules));
      const ask = (file: string, link: string) => session.call("get", { file, link }).rules.join();
      for (const file of ["/srv/secrets/a", "/srv/x/../secrets/a", "/srv//./secrets/b/c", "/srv/secrets2/../secrets/a"])
        holds(ask(file, "https://ok.example/") === "secrets", () => file);
      for (const file of ["/srv/secrets/../a", "/srv/secretsx/a", "/srv/secrets.bak", "/x/srv/secrets/a"])
        holds(ask(file, "https://ok.example/") === "all", () => file);
      for (const link of [
        "http://EVIL.example",
        "https://a.evil.example.:443/x",
        "http://evil.example?ok.example",
        "x.EVIL.example/",
      ])
        holds(ask("/a", link) === "evil", () => link);
      for (const link of [
        "http://notevil.example/",
        "https://ok.example/evil.example",
        "http://evil.example.ok.example/",
      ])
        holds(ask("/a", link) === "all", () => link);
      holds(ask("/a", "https://ok.example@evil.example/") === "evil", () => "a user part hid the host");
    },
  },
  {
    number: 12,
    sentence: "white space, escapes and the order of members mean nothing",
    trials: 100,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      const clear = plainEvents(events);
      const dressed = clear.map((event) => ({ ...event, style: random.below(1e6) }));
      const instance = subject.compile(given);
      const there = play(instance, dressed);
      for (const [i, { decision }] of play(instance, clear).entries()) {
        const other = there[i]!.decision;
        // Which of several faults comes first in the text is told as the reason, and that does follow the order.
        if (
          other.outcome === "deny" &&
          other.rules.length === 0 &&
          decision.rules.length === 0 &&
          decision.outcome === "deny"
        )
          continue;
        holds(isDeepStrictEqual(other, decision), () => `${JSON.stringify(decision)} became ${JSON.stringify(other)}`);
      }
    },
  },
];
