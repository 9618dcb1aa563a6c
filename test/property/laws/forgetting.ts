/** Law 14: forgetting denies, in every table, also where absence permits. Each trial fills one table and looks. */
import {
  allow,
  approval,
  budget,
  contract,
  listOf,
  record,
  ref,
  requireApproval,
  requireGrounded,
  requirePrior,
  T,
  tool,
} from "../../contracts/build.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const key = ref("args.key", T.id);
const prior = ref("prior_args.key", T.id);
const go = tool("go", { key: T.id }, { levels: ["write"] });

export const FORGETTING: readonly Law[] = [
  {
    number: 14,
    sentence: "`no prior` does not hold for anyone once a row was evicted, and evidence that was evicted is none",
    trials: 4,
    check: (subject, random) => {
      const rows = 128;
      const once = requirePrior("once", ["go"], ["go"], {
        negated: true,
        completion: "allowed",
        keys: [{ current: key, prior, isIn: false }],
      });
      const first = openSession(subject, contract([go], [allow("all", ["*"]), once]));
      for (let i = 0; i < rows; i += 1)
        holds(first.call("go", { key: `k${i}` }).outcome === "allow", () => `call ${i}`);
      holds(first.call("go", { key: `k${random.below(rows)}` }).outcome === "deny", () => "done twice");
      holds(first.call("go", { key: "one more" }).outcome === "allow", () => "the row that evicts");
      holds(first.call("go", { key: "k0" }).outcome === "deny", () => "done twice, once it was forgotten");
      holds(first.call("go", { key: "new" }).outcome === "deny", () => "`no prior` held although rows were forgotten");

      const use = tool("use", { key: T.id }, { levels: ["write"] });
      const seen = requirePrior("seen", ["use"], ["go"], { keys: [{ current: key, prior, isIn: false }] });
      const second = openSession(subject, contract([go, use], [allow("all", ["*"]), seen]));
      const age = rows + random.below(2);
      for (let i = 0; i <= age; i += 1) {
        second.call("go", { key: `k${i}` });
        second.result("done");
      }
      holds(second.call("use", { key: "k0" }).outcome === "deny", () => "evidence that was evicted");
      holds(second.call("use", { key: `k${age}` }).outcome === "allow", () => "the newest evidence was lost");
    },
  },
  {
    number: 14,
    sentence: "an element of a list that was evicted is no evidence, and `no prior` holds no more for its rule",
    trials: 4,
    check: (subject, random) => {
      const items = 512;
      const list = tool("list", {}, { returns: record({ keys: listOf(T.id) }) });
      const of = ref("prior_result.keys", listOf(T.id));
      const [seen, fresh] = [false, true].map((negated) =>
        requirePrior(negated ? "fresh" : "seen", ["go"], ["list"], {
          negated,
          keys: [{ current: key, prior: of, isIn: true }],
          otherwise: [{ kind: negated ? "warn" : "deny" }],
        }),
      );
      const session = openSession(subject, contract([go, list], [allow("all", ["*"]), seen!, fresh!]));
      const uses = (k: string) => session.call("go", { key: k });
      const page = (prefix: string, count: number) => {
        session.call("list", {});
        session.result({ keys: Array.from({ length: count }, (_, i) => `${prefix}${i}`) });
      };
      // each list fills the rows of both rules
      page("a", 10);
      page("b", items / 2 - 10);
      const known = `a${random.below(10)}`;
      holds(uses(known).outcome === "allow" && uses(known).warnings.includes("fresh"), () => "all of it fits");
      page("c", items / 2);
      holds(uses(known).outcome === "deny", () => "an element that was evicted");
      holds(uses("never").outcome === "deny", () => "an element of no list");
      session.call("list", {});
      session.result({ keys: ["last"] });
      const last = uses("last");
      holds(last.outcome === "allow", () => "the newest was lost");
      const large = random.pick([items + 1, 1_024]);
      const single = openSession(subject, contract([go, list], [allow("all", ["*"]), fresh!]));
      single.call("list", {});
      single.result({ keys: Array.from({ length: large }, (_, i) => `x${i}`) });
      holds(single.call("go", { key: "x0" }).warnings.includes("fresh"), () => "`no prior` held of what was forgotten");
      holds(single.call("go", { key: "new" }).warnings.includes("fresh"), () => "`no prior` held although it forgot");
      // neither list is too long for itself
      const two = openSession(subject, contract([go, list], [allow("all", ["*"]), fresh!]));
      for (const prefix of ["x", "y"]) {
        holds(!two.call("go", { key: "new" }).warnings.includes("fresh"), () => "it forgot before it had to");
        two.call("list", {});
        two.result({ keys: Array.from({ length: items - 200 }, (_, i) => `${prefix}${i}`) });
      }
      holds(
        two.call("go", { key: "new" }).warnings.includes("fresh"),
        () => "`no prior` held although a list gave way",
      );
    },
  },
  {
    number: 14,
    sentence: "a used approval is never forgotten while it could be used again",
    trials: 4,
    check: (subject, random) => {
      const rows = 32;
      const expires = random.chance(0.5) ? 60_000 : undefined;
      const ask = requireApproval("ask", ["go"], approval({ once: true, expires }));
      const session = openSession(subject, contract([go], [allow("all", ["*"]), ask]));
      const digest = session.call("go", { key: "k" }).approvals[0]!.digest;
      let at = 1_767_225_600_000;
      const use = (id: string) =>
        session.call(
          "go",
          { key: "k" },
          { also: { context: { approvals: [{ id, rule: "ask", digest, by: "zoe", roles: ["lead"], at }] } } },
        );
      for (let i = 0; i < rows; i += 1) holds(use(`p${i}`).outcome === "allow", () => `approval ${i}`);
      holds(use("one more").reason === "state_full", () => "more approvals than are remembered");
      holds(use(`p${random.below(rows)}`).outcome === "require_approval", () => "an approval was used twice");
      session.wait(60_000);
      holds(use("edge").reason === "state_full", () => "an approval that still counts was forgotten");
      holds(use("p0").outcome === "require_approval", () => "an approval was used twice");
      session.wait(1);
      const late = use("p0");
      holds(late.outcome === "require_approval", () => "an expired approval was used");
      at += 60_001;
      holds(use("anew").reason === (expires === undefined ? "state_full" : "none"), () => "room for what expired");
    },
  },
  {
    number: 14,
    sentence: "a planted value stays planted, and when the marks do not fit nothing is grounded by a result",
    trials: 3,
    check: (subject, random) => {
      const find = tool("find", {}, { returns: record({ ids: listOf(T.id) }) });
      const write = tool("write", { what: listOf(T.id) }, { levels: ["write"] });
      const use = tool("use", { key: T.id });
      const known = requireGrounded("known", ["use"], [key], [{ of: "find", path: ["ids"], type: T.id }]);
      const session = openSession(subject, contract([find, write, use], [allow("all", ["*"]), known]));
      const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
      const find1 = (ids: readonly string[]) => {
        session.call("find", {});
        session.result({ ids });
      };
      const uses = (id: string) => session.call("use", { key: id }).outcome === "allow";
      session.call("write", { what: ["planted"] });
      find1(["planted", "found"]);
      holds(uses("found") && !uses("planted"), () => "a planted value came back as found");
      for (let i = 0; i < 3; i += 1) find1(names(`r${i}-`, 600));
      session.call("write", { what: ["late"] });
      find1(["late"]);
      holds(!uses("late"), () => "a mark did not fit beside tokens");
      find1(["planted", "again"]);
      holds(uses("again") && !uses("planted"), () => "the mark was evicted by tokens");
      holds(!uses("found"), () => "a token that was evicted still grounds");
      for (let i = 0; i < 2; i += 1) session.call("write", { what: names(`w${i}-`, 500 + random.below(20)) });
      find1(["later"]);
      const room = session.call("use", { key: "later" }).outcome;
      session.call("write", { what: names("z", 200) });
      find1(["last"]);
      holds(!uses("last") && !uses("later"), () => `marks were forgotten (${room} before), and yet a result grounds`);
    },
  },
  {
    number: 14,
    sentence: "a message too long for the table grounds nothing, and takes nothing away from those before",
    trials: 4,
    check: (subject, random) => {
      const use = tool("use", { note: T.text });
      const known = requireGrounded("known", ["use"], [ref("args.note", T.text)], ["user"]);
      const session = openSession(subject, contract([use], [allow("all", ["*"]), known]));
      const uses = (note: string) => session.call("use", { note }).outcome === "allow";
      const long = (prefix: string, count: number) =>
        Array.from({ length: count }, (_, i) => `${prefix}${i}`).join(" ");
      session.say("the blue door");
      session.say(long("w", 1_020 - random.below(3)));
      session.say(long("x", 10 + random.below(2_000)));
      holds(uses("blue door"), () => "what was said first was forgotten");
      holds(uses("w3 w4 w5") !== uses("x3 x4 x5") || !uses("x3 x4 x5"), () => "a message that does not fit grounds");
    },
  },
  {
    number: 14,
    sentence: "a call whose row was evicted keeps its reservation, and its result is unknown",
    trials: 4,
    check: (subject, random) => {
      const calls = 33 + random.below(10);
      const session = openSession(subject, contract([go], [allow("all", ["*"]), budget("cap", ["*"], `${calls}`)]));
      for (let i = 0; i < calls; i += 1) holds(session.call("go", { key: "k" }).outcome === "allow", () => `call ${i}`);
      const { reason } = session.result(null, { status: "failed", no_effect: true }, "c1");
      holds(reason === "unknown_call", () => `the result of an evicted call: ${reason}`);
      holds(session.call("go", { key: "k" }).outcome === "deny", () => "an evicted call gave its budget back");
    },
  },
];
