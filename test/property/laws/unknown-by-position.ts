/** Law 4, the table: what unknown means in each position, for every kind of condition and every way of not knowing. */
import {
  allow,
  approval,
  compare,
  contract,
  dec,
  deny,
  fact,
  listOf,
  lit,
  oblige,
  optional,
  ref,
  requireApproval,
  requireGrounded,
  requirePrior,
  requireScope,
  requireThat,
  T,
  tool,
} from "../../contracts/build.ts";
import type { Condition } from "../../reference/contract.ts";
import { holds, type Law } from "../law.ts";
import { openSession } from "../session-of.ts";

const facts = [
  fact("resource", "text", T.text),
  fact("resource", "number", T.int),
  fact("resource", "flag", T.bool),
  fact("resource", "list", listOf(T.text)),
  fact("resource", "maybe", optional(T.text)),
  fact("resource", "host", T.host),
];
const text = ref("resource.text", T.text);
const number = ref("resource.number", T.int);
const list = ref("resource.list", listOf(T.text));
const file = ref("args.file", T.path);
const mail = ref("args.mail", T.email);
const link = ref("args.link", T.url);
const element = ref("element", T.text);
const quantified = (quantifier: "every" | "any" | "no", body: Condition): Condition => ({
  kind: "quantifier",
  quantifier,
  depth: 0,
  lists: [list],
  body,
});

/** Over a list that is known. */
const each = (quantifier: "every" | "any" | "no", body: Condition): Condition => ({
  kind: "quantifier",
  quantifier,
  depth: 0,
  lists: [ref("args.ids", listOf(T.id))],
  body,
});

/** None of them can be known: no fact is sent, and no argument has a form. */
const UNKNOWABLE: readonly Condition[] = [
  compare(text, "==", lit("x")),
  compare(text, "!=", lit("x")),
  compare(number, "<", lit(dec("5"), T.int)),
  compare(number, ">=", lit(dec("5"), T.int)),
  compare(ref("resource.maybe", optional(T.text)), "==", lit("x")),
  compare(mail, "!=", lit("ann@acme.example", T.email)),
  compare(ref("args.mail", T.email, { member: "email.domain", type: T.host }), "==", lit("acme.example", T.host)),
  compare(ref("args.link", T.url, { member: "url.port", type: T.int }), "!=", lit(dec("80"), T.int)),
  compare(ref("resource.text", T.text, { member: "text.length", type: T.int }), ">=", lit(dec("0"), T.int)),
  { kind: "compare", op: "==", left: { kind: "count", list }, right: lit(dec("0"), T.int) },
  { kind: "holds", value: ref("resource.flag", T.bool) },
  { kind: "member", item: text, values: [lit("x"), lit("")] },
  { kind: "host_in", item: ref("resource.host", T.host), patterns: ["*.example"] },
  { kind: "matches", item: text, style: "text", globs: ["*"] },
  { kind: "matches", item: file, style: "path", globs: ["**"] },
  { kind: "regex", item: text, source: "", ignoreCase: false },
  { kind: "under", item: file, prefix: lit("/", T.path) },
  { kind: "contains", item: text, text: "" },
  { kind: "starts_with", item: ref("args.link", T.url, { member: "url.path", type: T.text }), text: "/" },
  { kind: "and", parts: [{ kind: "has", value: link }, compare(text, "==", lit("x"))] },
  { kind: "or", parts: [{ kind: "constant", value: false }, compare(link, "==", lit("https://a.example/", T.url))] },
  each("every", { kind: "holds", value: ref("resource.flag", T.bool) }),
  each("any", { kind: "holds", value: ref("resource.flag", T.bool) }),
  each("no", compare(text, "==", lit("x"))),
  quantified("every", compare(element, "==", lit("x"))),
  quantified("any", compare(element, "==", lit("x"))),
  quantified("no", compare(element, "==", lit("x"))),
];

const PARAMS = { file: T.path, mail: T.email, link: T.url, id: T.id, ids: listOf(T.id) };
const use = tool("use", PARAMS, { levels: ["write"] });
const ARGUMENTS = { file: "relative", mail: "no mail", link: "no link", id: "A1", ids: ["A1", "B9"] };

export const UNKNOWN_BY_POSITION: readonly Law[] = [
  {
    number: 4,
    sentence: "unknown is not granted, is denied, is carried, is asked for and is not met, each in its position",
    trials: 200,
    check: (subject, random) => {
      const bare = random.pick(UNKNOWABLE);
      const condition: Condition = random.chance(0.5) ? bare : { kind: "not", part: bare };
      const decide = (...rules: Parameters<typeof contract>[1]) =>
        openSession(subject, contract([use], rules, facts)).call("use", ARGUMENTS);
      const all = allow("all", ["*"]);
      const shown = () => JSON.stringify(condition, (_, v) => (typeof v === "bigint" ? `${v}` : v));
      const outcome = (expected: string, given: string, where: string) =>
        holds(given === expected, () => `${where} ${shown()}: ${given}`);

      outcome("no_allow", decide(allow("if", ["*"], { when: condition })).reason, "allow when");
      outcome("denied_by_rule", decide(all, deny("if", ["*"], condition)).reason, "deny when");
      const carried = { when: condition, obligations: [{ kind: "log_full" }] } as const;
      outcome("allow_with_obligations", decide(all, oblige("if", ["*"], carried)).outcome, "oblige when");
      outcome("allow_with_obligations", decide(all, allow("if", ["*"], carried)).outcome, "allow with, when");
      outcome("approval_required", decide(all, requireApproval("if", ["*"], approval(), condition)).reason, "ask when");
      const prior = requirePrior("if", ["*"], ["use"], { when: condition });
      outcome("evidence_missing", decide(all, prior).reason, "require prior when");
      const id = ref("args.id", T.id);
      const grounded = requireGrounded("if", ["*"], [id], ["user"], { when: condition });
      outcome("not_grounded", decide(all, grounded).reason, "require grounded when");
      outcome("scope_missing", decide(all, requireScope("if", ["*"], "s", { when: condition })).reason, "scope when");
      const never: Condition = { kind: "constant", value: false };
      outcome(
        "requirement_unmet",
        decide(all, requireThat("if", ["*"], never, { when: condition })).reason,
        "that when",
      );
      outcome("requirement_unmet", decide(all, requireThat("if", ["*"], condition)).reason, "require that");
    },
  },
  {
    number: 4,
    sentence: "what is not known is not met: no key, no value, no binding",
    trials: 40,
    check: (subject, random) => {
      const decide = (...rules: Parameters<typeof contract>[1]) =>
        openSession(subject, contract([use], [allow("all", ["*"]), ...rules], facts)).call("use", ARGUMENTS).reason;
      const [name, type] = random.pick([
        ["mail", T.email] as const,
        ["link", T.url] as const,
        ["file", T.path] as const,
      ]);
      const value = ref(`args.${name}`, type);
      const first = requirePrior("first", ["*"], ["use"], {
        negated: true,
        keys: [{ current: value, prior: ref(`prior_args.${name}`, type), isIn: false }],
      });
      holds(decide(first) === "evidence_missing", () => `no prior, by an unknown ${name}`);
      const grounded = requireGrounded("grounded", ["*"], [value], ["user"]);
      holds(decide(grounded) === "not_grounded", () => `an unknown ${name} is grounded`);
      const scoped = requireScope("scoped", ["*"], "refunds:write");
      const having = (scopes: readonly string[] | null) =>
        openSession(subject, contract([use], [allow("all", ["*"]), scoped])).call("use", ARGUMENTS, {
          also: { principal: { scopes } },
        }).reason;
      const others = random.pick([
        null,
        [],
        ["refunds:Write"],
        ["refunds"],
        ["refunds:write "],
        ["*"],
        Array(1_025).fill("refunds:write"),
      ]);
      holds(having(others) === "scope_missing", () => `the scopes ${others} will do`);
      holds(having(["a", "refunds:write"]) === "none", () => "the scope itself will not do");
      const bound = random.pick([text, list, number]);
      const asking = requireApproval("ask", ["*"], approval({ binds: [bound] }));
      holds(decide(asking) === "denied_by_rule", () => "somebody is asked to approve what nobody knows");
      const present = deny("has", ["*"], { kind: "has", value: random.pick([text, list, value]) });
      holds(decide(present) === "denied_by_rule", () => "what is unknown is taken for absent");
    },
  },
];
