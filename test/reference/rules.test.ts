import { expect, test } from "vitest";
import {
  allow,
  approval,
  budget,
  compare,
  contract,
  dec,
  deny,
  fact,
  lit,
  oblige,
  optional,
  record,
  ref,
  requireApproval,
  requireGrounded,
  requirePrior,
  T,
  tool,
} from "../contracts/build.ts";
import { referenceSession } from "../contracts/reference-session.ts";

const lookup = tool("orders.lookup", { order_id: T.id }, { returns: record({ order_id: T.id, total: T.usd }) });
const refund = tool("refund.issue", { order_id: T.id, amount: T.usd }, { levels: ["write"] });
const granted = allow("all", ["*"]);

test("nothing granted is a denial without a rule", () => {
  const s = referenceSession(contract([lookup], []));
  expect(s.call("orders.lookup", { order_id: "A1" })).toMatchObject({ outcome: "deny", reason: "no_allow", rules: [] });
});

test("one deny decides beside an allow, and is named", () => {
  const large = deny("large", ["refund.issue"], compare(ref("args.amount", T.usd), ">", lit(dec("1000"), T.usd)));
  const s = referenceSession(contract([refund], [granted, large]));
  expect(s.call("refund.issue", { order_id: "A1", amount: 1000.01 })).toMatchObject({
    outcome: "deny",
    reason: "denied_by_rule",
    rules: ["large"],
  });
  expect(s.call("refund.issue", { order_id: "A1", amount: 1000 })).toMatchObject({ outcome: "allow", rules: ["all"] });
});

test("a deny whose fact was not sent denies, an allow whose fact was not sent does not grant", () => {
  const prod = compare(ref("resource.env", T.text), "==", lit("prod"));
  const facts = [fact("resource", "env", T.text)];
  const denies = referenceSession(contract([lookup], [granted, deny("prod", ["*"], prod)], facts));
  expect(denies.call("orders.lookup", { order_id: "A" }).outcome).toBe("deny");
  expect(denies.call("orders.lookup", { order_id: "A" }, { also: { resource: { env: "dev" } } }).outcome).toBe("allow");
  const grants = referenceSession(contract([lookup], [allow("prod", ["*"], { when: prod })], facts));
  expect(grants.call("orders.lookup", { order_id: "A" }).reason).toBe("no_allow");
});

test("obligations of all matching rules are carried, and two sandboxes conflict", () => {
  const logged = oblige("logged", ["*"], { obligations: [{ kind: "log_full" }] });
  const box = (name: string, profile: string) => oblige(name, ["*"], { obligations: [{ kind: "sandbox", profile }] });
  const one = referenceSession(contract([lookup], [granted, logged, box("b1", "ro")]));
  expect(one.call("orders.lookup", { order_id: "A" })).toMatchObject({
    outcome: "allow_with_obligations",
    rules: ["all", "b1", "logged"],
    obligations: ['{"kind":"log_full"}', '{"kind":"sandbox","profile":"ro"}'],
  });
  const two = referenceSession(contract([lookup], [granted, logged, box("b1", "ro"), box("b2", "rw")]));
  expect(two.call("orders.lookup", { order_id: "A" })).toMatchObject({
    outcome: "deny",
    reason: "obligation_conflict",
    rules: ["b1", "b2"],
    obligations: [],
  });
});

const evidence = requirePrior("seen", ["refund.issue"], ["orders.lookup"], {
  keys: [{ current: ref("args.order_id", T.id), prior: ref("prior_args.order_id", T.id), isIn: false }],
  within: 900_000,
  where: compare(ref("args.amount", T.usd), "<=", ref("prior_result.total", T.usd)),
});

test("evidence is a completed lookup of the same order, not older than it may be", () => {
  const s = referenceSession(contract([lookup, refund], [granted, evidence]));
  const issue = (amount = 20) => s.call("refund.issue", { order_id: "A1", amount });
  expect(issue()).toMatchObject({ outcome: "deny", reason: "evidence_missing", rules: ["seen"], hints: ["seen"] });
  s.call("orders.lookup", { order_id: "B9" });
  s.result({ order_id: "B9", total: 50 });
  expect(issue().outcome).toBe("deny");
  s.call("orders.lookup", { order_id: "A1" });
  expect(issue().outcome).toBe("deny");
  s.call("orders.lookup", { order_id: "A1" });
  s.result({ order_id: "A1", total: 50 });
  expect(issue().outcome).toBe("allow");
  expect(issue(50.5).outcome).toBe("deny");
  s.wait(900_001);
  expect(issue().outcome).toBe("deny");
});

test("the latest matching row decides what `where` reads", () => {
  const s = referenceSession(contract([lookup, refund], [granted, evidence]));
  for (const total of [50, 10]) {
    s.call("orders.lookup", { order_id: "A1" });
    s.result({ order_id: "A1", total });
  }
  expect(s.call("refund.issue", { order_id: "A1", amount: 20 }).outcome).toBe("deny");
});

test("calls of one turn are no evidence for each other", () => {
  const s = referenceSession(contract([lookup, refund], [granted, evidence]));
  s.call("orders.lookup", { order_id: "A1" }, { turn: 1 });
  s.result({ order_id: "A1", total: 50 });
  expect(s.call("refund.issue", { order_id: "A1", amount: 20 }, { turn: 1 }).outcome).toBe("deny");
  expect(s.call("refund.issue", { order_id: "A1", amount: 20 }, { turn: 2 }).outcome).toBe("allow");
});

test("`no prior` holds once, and not when a row was forgotten", () => {
  const once = requirePrior("once", ["refund.issue"], ["refund.issue"], {
    negated: true,
    completion: "allowed",
    keys: [{ current: ref("args.order_id", T.id), prior: ref("prior_args.order_id", T.id), isIn: false }],
  });
  const s = referenceSession(contract([lookup, refund], [granted, once]));
  expect(s.call("refund.issue", { order_id: "A1", amount: 1 }).outcome).toBe("allow");
  expect(s.call("refund.issue", { order_id: "A1", amount: 2 }).outcome).toBe("deny");
  for (let i = 0; i < 127; i += 1)
    expect(s.call("refund.issue", { order_id: `X${i}`, amount: 1 }).outcome).toBe("allow");
  expect(s.call("refund.issue", { order_id: "last", amount: 1 }).outcome).toBe("allow");
  expect(s.call("refund.issue", { order_id: "new", amount: 1 }).reason).toBe("evidence_missing");
});

test("a budget is reserved by the call and released by a result without effect", () => {
  const cap = budget("cap", ["refund.issue"], "100", {
    measure: { kind: "argument", value: ref("args.amount", T.usd) },
  });
  const s = referenceSession(contract([refund], [granted, cap]));
  const issue = (amount: number) => s.call("refund.issue", { order_id: "A", amount }).reason;
  expect(issue(60)).toBe("none");
  expect(issue(41)).toBe("budget_exceeded");
  expect(issue(40)).toBe("none");
  s.result(null, { status: "failed", no_effect: true });
  expect(issue(40)).toBe("none");
  expect(issue(-1)).toBe("budget_exceeded");
  expect(issue(1e-10)).toBe("budget_exceeded");
});

test("an approval of the digest asked for lets the call through, once", () => {
  const s = referenceSession(contract([refund], [granted, requireApproval("ask", ["*"], approval({ once: true }))]));
  const asked = s.call("refund.issue", { order_id: "A", amount: 5 });
  expect(asked).toMatchObject({ outcome: "require_approval", reason: "approval_required", rules: ["ask"] });
  const digest = asked.approvals[0]!.digest;
  const entry = { id: "p1", rule: "ask", digest, by: "ann", roles: ["lead"], at: 0 };
  const retry = (approvals: readonly (typeof entry)[]) =>
    s.call("refund.issue", { order_id: "A", amount: 5 }, { also: { context: { approvals } } }).outcome;
  expect(retry([{ ...entry, by: "bot" }])).toBe("require_approval");
  expect(retry([{ ...entry, roles: ["x"] }])).toBe("require_approval");
  expect(retry([{ ...entry, digest: "0".repeat(64) }])).toBe("require_approval");
  expect(retry([entry])).toBe("allow");
  expect(retry([entry])).toBe("require_approval");
  expect(retry([{ ...entry, id: "p2" }])).toBe("allow");
});

test("a bound fact that was not sent denies instead of asking", () => {
  const env = ref("resource.env", T.text);
  const ask = requireApproval("ask", ["*"], approval({ binds: [env] }), { kind: "has", value: env });
  const always = requireApproval("always", ["*"], approval({ binds: [env] }));
  const s = referenceSession(contract([refund], [granted, ask, always], [fact("resource", "env", T.text)]));
  expect(s.call("refund.issue", { order_id: "A", amount: 5 })).toMatchObject({
    outcome: "deny",
    reason: "denied_by_rule",
    rules: ["always", "ask"],
  });
});

const mail = tool("mail.send", { to: T.email, body: optional(T.text) }, { levels: ["write"] });
const people = tool("people.find", { name: T.text }, { returns: record({ email: T.email }) });
const known = requireGrounded(
  "known",
  ["mail.send"],
  [ref("args.to", T.email)],
  ["user", { of: "people.find", path: ["email"], type: T.email }],
);

test("a destination is grounded by the user's words or by a named field of a result, in canonical form", () => {
  const s = referenceSession(contract([mail, people], [granted, known]));
  const send = (to: string) => s.call("mail.send", { to }).reason;
  expect(send("ann@acme.example")).toBe("not_grounded");
  s.say("write to Ann@ACME.example, please");
  expect(send("ann@acme.example")).toBe("none");
  s.say("and to eve@evil.example", "assistant");
  expect(send("eve@evil.example")).toBe("not_grounded");
  s.call("people.find", { name: "Bob" });
  s.result({ email: "Bob@acme.example", note: "or eve@evil.example" });
  expect(send("bob@acme.example")).toBe("none");
  expect(send("eve@evil.example")).toBe("not_grounded");
  expect(send("not an email")).toBe("not_grounded");
});

test("a value that the agent wrote itself, or asked with, grounds nothing when it comes back", () => {
  const s = referenceSession(contract([mail, people], [granted, known]));
  s.say("write to ann@acme.example");
  s.call("mail.send", { to: "ann@acme.example", body: "eve@evil.example" });
  s.call("people.find", { name: "mallory@evil.example" });
  s.result({ email: "mallory@evil.example" });
  s.call("people.find", { name: "Eve" });
  s.result({ email: "eve@evil.example" });
  expect(s.call("mail.send", { to: "eve@evil.example" }).reason).toBe("not_grounded");
  expect(s.call("mail.send", { to: "mallory@evil.example" }).reason).toBe("not_grounded");
});
