// What statements come to in the typed contract.
import { expect, test } from "vitest";
import { checked, codes, contractOf, ruleOf } from "./contract-of.ts";

const TWO = "  tool a.x(v: Text, w: Int) read\n  tool a.y(v: Text) write\n  tool b.x(v: Text) delete irreversible\n";

test("targets are names, globs, braces and levels, less what is excepted", () => {
  const targets = (text: string) => {
    const contract = contractOf(`${TWO}  r: deny ${text}`);
    return contract.rules[0]!.targets.map((i) => contract.tools[i]!.name);
  };
  expect(targets("*")).toEqual(["a.x", "a.y", "b.x"]);
  expect(targets("a.*")).toEqual(["a.x", "a.y"]);
  expect(targets("*.x")).toEqual(["a.x", "b.x"]);
  expect(targets("{a, b}.x")).toEqual(["a.x", "b.x"]);
  expect(targets("a.{x, y}, b.x")).toEqual(["a.x", "a.y", "b.x"]);
  expect(targets("level(write, delete)")).toEqual(["a.y", "b.x"]);
  expect(targets("* except level(read), b.*")).toEqual(["a.y"]);
});

test("a target that means no tool is an error", () => {
  for (const target of ["c", "c.*", "level(execute)", "a.x except a.*"])
    expect(codes(`${TWO}  r: deny ${target}`)).toEqual(["THC2001"]);
});

test("the risk follows from levels and `irreversible`, unless it is said", () => {
  const risk = (flags: string) => contractOf(`  tool t() ${flags}`).tools[0]!.risk;
  expect(["read", "write", "delete", "execute"].map(risk)).toEqual(["read", "write", "destructive", "destructive"]);
  expect(["read", "write", "delete", "execute"].map((level) => risk(`${level} irreversible`))).toEqual([
    "write",
    "destructive",
    "critical",
    "critical",
  ]);
  expect(risk("read, write")).toBe("write");
  expect(risk("delete irreversible risk read")).toBe("read");
});

test("an argument that some of the tools lack is optional", () => {
  expect(codes(`${TWO}  r: deny a.* when w > 1`)).toEqual(["THC3004", "THC4003", "THC4003", "THC4003"].slice(0, 1));
  expect(contractOf(`${TWO}  r: deny a.* when has w and w > 1`).rules).toHaveLength(1);
});

test("rules, tools, agents and facts are sorted by the bytes of their names", () => {
  const contract = contractOf(
    '  agent Zed { id "z" }\n  tool `ü`() read\n  tool Z() read\n  tool a() read\n  b: allow *\n  B: deny a',
  );
  expect(contract.tools.map((t) => t.name)).toEqual(["Z", "a", "ü"]);
  expect(contract.rules.map((r) => r.name)).toEqual(["B", "b"]);
  expect(contract.agents.map((a) => a.name)).toEqual(["Zed", "bot"]);
});

const PAY = `  fact resource.env: "prod" | "dev"
  fact context.owner: Email
  tool find(id: Id) read returns { id: Id, owner: Email, total: Money<EUR>, people: List<{ mail: Email }> }
  tool pay(id: Id, to: Email dest, amount: Money<EUR>) write irreversible
  tool post(url: Url dest, body: Text) write
`;

test("an approval binds every request field that the rule reads, once, whole, in order", () => {
  const rule = ruleOf(
    `${PAY}  r: require approval for pay from role b, a when resource.env == "prod" and context.owner.domain == "x.example"
       and (principal.id == "bot-1" or resource.env != "dev") and amount > 1 EUR`,
    "require_approval",
  );
  expect(rule.approval.binds.map((b) => `${b.root}.${b.path.join(".")} ${b.type.kind}`)).toEqual([
    "context.owner email",
    "principal.id id",
    "resource.env literals",
  ]);
  expect(rule.approval).toMatchObject({
    roles: ["b", "a"],
    quorum: 1,
    expires: undefined,
    once: false,
    orRequester: false,
  });
});

test("an outcome is a list: all of it happens, and its order means nothing", () => {
  const outcomeOf = (written: string) =>
    ruleOf(`${PAY}  r: budget 5 calls per session then ${written}`, "budget").otherwise;
  const kinds = (written: string) => outcomeOf(written).map((part) => part.kind);
  expect(kinds("warn, deny")).toEqual(["deny", "warn"]);
  expect(kinds("with log_full, row_limit(5), approval from role a, b, warn")).toEqual(["approval", "warn", "with"]);
  expect(outcomeOf("approval from role a, `warn`, warn")).toMatchObject([{ approval: { roles: ["a", "warn"] } }, {}]);
  expect(outcomeOf("with redact(result, pii), cancel")).toMatchObject([
    { kind: "with", obligations: [{ kind: "redact", field: "result" }] },
    { kind: "cancel" },
  ]);
  expect(codes(`${PAY}  r: budget 5 calls per session then warn, warn`)).toEqual(["THC1013"]);
  expect(codes(`${PAY}  r: budget 5 calls per session then warn, wran`)).toEqual(["THC2011"]);
  expect(codes(`${PAY}  r: budget 5 calls per session then suspend rnu`)).toEqual(["THC2011"]);
});

test("evidence keys: `a` is the earlier call's own `a`, and both sides have one type", () => {
  const rule = ruleOf(
    `${PAY}  r: require prior ok find for pay matching id, to = prior.result.owner within 15m`,
    "require_prior",
  );
  expect(rule.keys.map(({ current, prior }) => [current.path, prior.root, prior.path])).toEqual([
    [["id"], "prior_args", ["id"]],
    [["to"], "prior_result", ["owner"]],
  ]);
  expect(rule).toMatchObject({ within: 900_000, completion: "ok", negated: false, otherwise: [{ kind: "deny" }] });
  expect(codes(`${PAY}  r: require prior ok find for pay matching id = prior.result.owner`)).toEqual(["THC3009"]);
  expect(codes(`${PAY}  r: require prior ok (find or post) for pay matching id`)).toEqual(["THC2004"]);
  expect(codes(`${PAY}  r: require prior ok (find or post) for pay matching id = prior.result.id`)).toEqual([
    "THC3014",
  ]);
  expect(
    ruleOf(`${PAY}  r: require no prior find for pay where prior.args.id == "x"`, "require_prior").where?.kind,
  ).toBe("compare");
  expect(codes(`${PAY}  r: require prior find for pay where resource.env == "dev"`)).toEqual(["THC3017"]);
  const tagged = `${PAY}  tool tag(names: List<Id>) read\n  t: allow tag\n`;
  const mixed = "require prior tag for pay where any n in prior.args.names (n == id)";
  expect(codes(`${tagged}  r: ${mixed}`)).toEqual(["THC3017"]);
  expect(
    ruleOf(`${tagged}  r: require prior tag for pay where any n in prior.args.names (n == "a")`, "require_prior").where,
  ).toBeDefined();
});

test("`destinations` are the dest arguments of every target, and sources enter lists", () => {
  const rule = ruleOf(
    `${PAY}  r: require grounded destinations in user, find.people.mail for pay, post`,
    "require_grounded",
  );
  expect(rule.values.map((v) => [v.reference.path, v.reference.type.kind])).toEqual([
    [["to"], "email"],
    [["url"], "url"],
  ]);
  expect(rule.sources).toEqual([
    { kind: "user" },
    { kind: "result", tool: 0, path: ["people", "mail"], type: { kind: "email" }, contains: false, namedBy: undefined },
  ]);
  expect(codes(`${PAY}  r: require grounded destinations in find.owner for pay, post`)).toEqual(["THC3012"]);
  expect(codes(`${PAY}  r: require grounded url in user, find.owner for post`)).toEqual(["THC3012"]);
  expect(codes(`${PAY}  r: require grounded to in find for pay`)).toEqual(["THC3011"]);
  expect(codes(`${PAY}  r: require grounded to in find.people for pay`)).toEqual(["THC3011"]);
  expect(codes(`${PAY}  r: require grounded to in fynd.owner for pay`)).toEqual(["THC2001"]);
});

test("budgets count calls or an argument that every tool has, in its currency, exactly", () => {
  expect(ruleOf(`${PAY}  r: budget 10 calls per session`, "budget")).toMatchObject({
    measure: { kind: "calls" },
    targets: [0, 1, 2],
  });
  expect(ruleOf(`${PAY}  r: budget 10.5 EUR of amount on pay per session`, "budget")).toMatchObject({
    limit: { digits: 105n, exponent: -1 },
    measure: { kind: "argument", value: { path: ["amount"] } },
  });
  expect(codes(`${PAY}  r: budget 10 USD of amount on pay per session`)).toEqual(["THC3002"]);
  expect(codes(`${PAY}  r: budget 10 of amount on pay per session`)).toEqual(["THC3002"]);
  expect(codes(`${PAY}  r: budget 10 EUR of amount per session`)).toEqual(["THC3020"]);
  expect(codes(`${PAY}  r: budget 10 EUR per session`)).toEqual(["THC3020"]);
  expect(codes(`${PAY}  r: budget 0.0000000001 EUR of amount on pay per session`)).toEqual(["THC3020"]);
  expect(codes(`${PAY}  r: budget -1 calls per session`)).toEqual(["THC3020"]);
});

test("a test's values stand in wire form, and its agent has a concrete id", () => {
  const { tests } = contractOf(`  fact context.level: Decimal
  tool pay(a: Money<EUR>, c: Money<EUR, minor>, d: Decimal, k: "x" | "y", r: { l: List<Int>, o: Bool? }?, j: Json?) write returns { n: Int, t: Text }
  all: allow pay
  test "t" {
    as bot scopes "s"
    at "1970-01-02T00:00:00.25+01:00"
    fact context.level = 0.5
    prior pay(a: 1 EUR, c: 1 EUR, d: 1, k: "x") ok returns { n: 3 }
    call pay(a: 800.50 EUR, c: 1_234.56 EUR, d: -1.25, k: "y", r: { l: [1, 2] }, j: { a: [true, "x"], b: 1 })
    expect allow by only all
  }`);
  expect(tests[0]!.steps.map(({ span: _, ...step }) => step)).toEqual([
    { kind: "as", agent: 0, principal: "bot-test", scopes: ["s"] },
    { kind: "at", time: 82_800_250 },
    { kind: "fact", fact: 0, value: 0.5 },
    { kind: "prior", ok: true, returns: { n: 3 }, call: { tool: 0, args: { a: 1, c: 100, d: 1, k: "x" } } },
    {
      kind: "call",
      call: { tool: 0, args: { a: 800.5, c: 123456, d: -1.25, k: "y", r: { l: [1, 2] }, j: { a: [true, "x"], b: 1 } } },
    },
    { kind: "expect", outcome: "allow", by: [0], only: true, obligations: [], observed: [] },
  ]);
});

test("several errors come out of one run, in the order of the text", () => {
  const { diagnostics } = checked(
    '  tool a(x: Txt) read\n  r: alow a\n  s: deny a when x ==\n  t: deny b\n  u: deny a when y == 1\n  agent q { id "robot" }',
  );
  expect(diagnostics.map((d) => d.code)).toEqual(["THC2006", "THC1003", "THC1002", "THC2001", "THC4001"]);
});

test("what is wrong about a declaration is not wrong again where it is used", () => {
  expect(codes("  tool a(x: Txt) read\n  r: allow a when x == 1\n  s: deny a, a")).toEqual(["THC2006"]);
  expect(codes("  tool a(x: Text raed\n  r: allow a\n")).toEqual(["THC1008"]);
  expect(codes('  use tools "o.json" as orders pin "sha256:00"\n  r: allow orders.get_*, orders.set\n')).toEqual([
    "THC2020",
  ]);
});

test.each([
  "channel user(text: Text) trusted",
  "remember x = id of a first",
  "ladder drift on context.drift per agent { above 0.3 warn }",
  "let office = hours Mon..Fri 08:00..18:00",
  "r: halt agent by role oncall",
  "r: require confirmed by user for a",
  "r: budget 5 calls per key",
  "r: budget 5 calls per session then suspend agent",
  "r: budget 5 calls per session then warn, suspend agent for 15m",
  "r: deny channel user",
  'agent c { id "c" providers "anthropic" }',
])("known, reserved and refused in one sentence: %s", (statement) => {
  expect(codes(`  tool a(x: Text) read\n  all: allow a\n  ${statement}\n`)).toEqual(["THC1004"]);
});

test("slips out of the habit of other languages are helped by what is meant, not by the nearest word", () => {
  const tools = "  tool pay(n: Int) write\n  tool look(n: Int) read returns { n: Int }\n";
  const help = (rule: string) => checked(`${tools}  r: ${rule}`).diagnostics[0]?.help;
  expect(help("deny pay if n > 1")).toBe("a condition begins with `when`");
  expect(help("deny pay unless n > 1")).toBe("write `when not (…)`");
  expect(help("deny pay when n > 1,000")).toBe("digits are grouped by `_`: `1_000`");
  for (const terms of ["quorum 2", ", quorum 2", "once", ", expires 30m"])
    expect(help(`require approval for pay from role finance${terms.replace(/^(?=\w)/, " ")}`)).toContain("(quorum 2,");
  expect(help("require grounded n in user for pay else approval")).toContain("`approval from user`");
  expect(help("require grounded n in usr, look.n for pay")).toBe("did you mean `user`?");
});

test("a contract says once for how long its decisions count", () => {
  const body = "  tool a(x: Text) read\n  all: allow a\n  decision valid 60s";
  expect(codes(body)).toEqual([]);
  expect(codes(`${body}\n  decision valid 30s`)).toEqual(["THC2010"]);
});
