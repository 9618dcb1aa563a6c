/** Law 12: canonical compare only. One value, however it is spelled, in JSON or in its own notation. */
import { isDeepStrictEqual } from "node:util";
import { allow, compare, contract, deny, listOf, lit, ref, T, tool } from "../../contracts/build.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Condition } from "../../reference/contract.ts";
import { holds, type Law, plainEvents, play } from "../law.ts";
import { REWRITE } from "../rewritings.ts";
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
        // Findings are told in the order of the text, and only so many.
        const told = [other, decision].map(({ inspected, ...rest }) => ({
          ...rest,
          inspected: inspected?.more === false ? inspected.findings.map((f) => JSON.stringify(f)).sort() : undefined,
        }));
        holds(isDeepStrictEqual(told[0], told[1]), () => `${JSON.stringify(decision)} became ${JSON.stringify(other)}`);
      }
    },
  },
  {
    number: 12,
    sentence:
      "rewriting a value in a way that its standard treats as the same changes no verdict; another value changes it",
    trials: 150,
    check: (subject, random) => {
      const { literal, spell, other } = random.pick(REWRITE)(random);
      const { type } = literal;
      const item = ref("args.it", type);
      const forbidden = compare(item, "==", literal);
      const inList: Condition = { kind: "includes", list: ref("args.them", listOf(type)), item: literal };
      const send = tool("send", { it: type, them: listOf(type) });
      const open = (condition: Condition) =>
        openSession(subject, contract([send], [allow("all", ["*"]), deny("no", ["*"], condition)]));
      const [one, many] = [open(forbidden), open(inList)];
      for (let i = 0; i < 12; i += 1) {
        const [same, near] = [spell(), other()];
        holds(one.call("send", { it: same, them: [] }).outcome === "deny", () => `${same} is another`);
        holds(one.call("send", { it: near, them: [] }).outcome === "allow", () => `${near} is the same or none`);
        holds(many.call("send", { it: near, them: [near, same] }).outcome === "deny", () => `${same} in a list`);
        holds(many.call("send", { it: same, them: [near] }).outcome === "allow", () => `${near} in a list`);
      }
    },
  },
  {
    number: 12,
    sentence:
      "an address lies in the ranges that begin with its first bits, in every notation, and IPv4 in none of IPv6",
    trials: 60,
    check: (subject, random) => {
      const peek = tool("peek", { ip: T.ip });
      const open = (ranges: readonly string[]) => {
        const within: Condition = { kind: "ip_in", item: ref("args.ip", T.ip), ranges };
        return openSession(subject, contract([peek], [allow("all", ["*"]), deny("no", ["*"], within)]));
      };
      const bits = Array.from({ length: 32 }, () => random.below(2));
      const four = (of: readonly number[]) =>
        [0, 8, 16, 24].map((at) => Number.parseInt(of.slice(at, at + 8).join(""), 2)).join(".");
      const length = random.below(33);
      const network = four(bits.map((bit, i) => (i < length ? bit : 0)));
      const inside = four(bits.map((bit, i) => (i < length ? bit : random.below(2))));
      const session = open(["2001:db8::/32", `${network}/${length}`]);
      const ask = (ip: string) => session.call("peek", { ip }).outcome;
      const spelled = (ip: string) => random.pick([ip, `::ffff:${ip}`, `0:0::FFFF:${ip}`]);
      holds(ask(spelled(inside)) === "deny", () => `${inside} in ${network}/${length}`);
      if (length > 0) {
        const outside = four(bits.map((bit, i) => (i === length - 1 ? 1 - bit : bit)));
        holds(ask(spelled(outside)) === "allow", () => `${outside} in ${network}/${length}`);
      }
      holds(ask("2001:DB8:ffff::") === "deny" && ask("2001:db9::") === "allow", () => "IPv6");
      holds(open(["::/0"]).call("peek", { ip: spelled(inside) }).outcome === "allow", () => "IPv4 in IPv6");
      holds(open(["0.0.0.0/0"]).call("peek", { ip: "::1" }).outcome === "allow", () => "IPv6 in IPv4");
      holds(open(["0.0.0.0/0"]).call("peek", { ip: "fe80::1%eth0" }).outcome === "deny", () => "a zone");
    },
  },
];
