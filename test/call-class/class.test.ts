/** The class of a call: levels with conditions, risk, what is external; and `destinations`. Asked of the module and of the reference. */
import { type Checked, type Contract, check, renderDiagnostic } from "@thc/language";
import { describe, expect, test } from "vitest";
import { kernelSubject } from "../differential/kernel-subject.ts";
import type { RefDecision } from "../reference/decision.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState } from "../reference/state.ts";

const read = (lines: readonly string[]): Checked =>
  check({ path: "x", text: ['contract "x" version "1" {', 'agent bot { id "bot" }', ...lines, "}"].join("\n") });
const codes = (...lines: readonly string[]) => read(lines).diagnostics.map((d) => d.code);

function contractOf(lines: readonly string[]): Contract {
  const { contract, diagnostics } = read(lines);
  const source = {
    path: "x",
    text: ['contract "x" version "1" {', 'agent bot { id "bot" }', ...lines, "}"].join("\n"),
  };
  if (contract === undefined)
    throw new Error(diagnostics.map((d) => renderDiagnostic(d, source, { color: false })).join());
  return contract;
}

const subject = kernelSubject();
/** The decision on one call, which both must give. */
function asker(...lines: readonly string[]): (tool: string, args: object, also?: object) => RefDecision {
  const contract = contractOf(lines);
  const instance = subject.compile(contract);
  return (tool, args, also = {}) => {
    const context = { time: 1_767_225_600_000, call_id: "c1" };
    const event = { event: "call", principal: { id: "bot" }, action: { tool, args }, context, ...also };
    const bytes = new TextEncoder().encode(JSON.stringify(event));
    const { decision } = instance.decide(bytes, new Uint8Array(0));
    expect(decision).toEqual(interpret(contract, instance.contractDigest, bytes, emptyState()).decision);
    return decision;
  };
}

describe("levels with conditions", () => {
  const REVIEW = [
    "fact resource.frozen: Bool?",
    'tool review(method: "submit" | "delete_pending", force: Bool?) write, delete when method == "delete_pending"',
  ];

  test("each case that holds applies, and the risk is the highest", () => {
    const ask = asker(...REVIEW, "all: allow *");
    expect(ask("review", { method: "submit" })).toMatchObject({ levels: ["write"], risk: "write" });
    expect(ask("review", { method: "delete_pending" })).toMatchObject({
      levels: ["write", "delete"],
      risk: "destructive",
    });
  });

  test("a requirement may ask where a call goes", () => {
    const ask = asker(
      'inside hosts ["acme.example"]',
      "tool send(to: Email dest) write",
      "all: allow *",
      "home: require that not external for send",
    );
    expect(ask("send", { to: "ann@acme.example" })).toMatchObject({ outcome: "allow" });
    expect(ask("send", { to: "eve@evil.example" })).toMatchObject({ outcome: "deny", rules: ["home"] });
  });

  test("no level depends on what a call touches, however it is asked", () => {
    const tool = (when: string) => `tool copy(from: Path, to: Path, n: Int) read, write when ${when}`;
    expect(codes(tool("count(action.paths) + 1 > n"), "all: allow *")).toContain("THC3032");
    expect(codes(tool('action.paths overlaps ["/a"]'), "all: allow *")).toContain("THC3032");
    expect(codes(tool("n + 1 > 3"), "all: allow *")).not.toContain("THC3032");
  });

  test("`level(x)` asks for membership, `level == x` for the only one, `in` for no other", () => {
    const ask = asker(
      ...REVIEW,
      "all: allow *",
      "w: deny level(delete)",
      "x: deny review when level == write",
      "y: deny review when level in [delete, execute]",
    );
    expect(ask("review", { method: "submit" }).rules).toEqual(["x"]);
    expect(ask("review", { method: "delete_pending" }).rules).toEqual(["w"]);
  });

  test("risk targets and `except` follow the call", () => {
    const ask = asker(...REVIEW, "all: allow * except level(delete)", "big: deny risk >= destructive");
    expect(ask("review", { method: "submit" }).outcome).toBe("allow");
    expect(ask("review", { method: "delete_pending" })).toMatchObject({ outcome: "deny", rules: ["big"] });
  });

  test("a case that nobody knows about may apply: it denies, and grants nothing", () => {
    const tool = [
      "fact resource.frozen: Bool?",
      'tool put(path: Path, n: Int) read, write when n > 1 or path under "/srv"',
    ];
    const ask = asker(...tool, "r: allow put when level == read", "w: allow level(write)");
    // a relative path without a working directory has no form
    expect(ask("put", { path: "a", n: 0 }).outcome).toBe("deny");
    expect(ask("put", { path: "a", n: 2 }).rules).toEqual(["w"]);
    expect(ask("put", { path: "/etc", n: 0 }).rules).toEqual(["r"]);
    const deny = asker(...tool, "all: allow *", "not_w: deny level(write)");
    expect(deny("put", { path: "a", n: 0 })).toMatchObject({
      outcome: "deny",
      rules: ["not_w"],
      levels: ["read", "write"],
    });
  });

  test("when no case is left all levels count; when it may be that none is left, each may", () => {
    const ask = asker(
      'tool q(a: Int, p: Path) read when a == 1, delete when p under "/x"',
      "all: allow *",
      "d: deny level(delete)",
    );
    expect(ask("q", { a: 1, p: "/y" })).toMatchObject({ levels: ["read"], rules: ["all"] });
    expect(ask("q", { a: 2, p: "/y" })).toMatchObject({ levels: ["read", "delete"], rules: ["d"] });
    expect(ask("q", { a: 2, p: "rel" })).toMatchObject({ levels: ["read", "delete"], rules: ["d"] });
    expect(ask("q", { a: 1, p: "rel" })).toMatchObject({ levels: ["read", "delete"], rules: ["d"] });
  });

  test("`irreversible` lifts what applies, a stated risk stays", () => {
    const lifted = asker("tool d(a: Bool) read, delete when a irreversible", "all: allow *");
    expect([lifted("d", { a: false }).risk, lifted("d", { a: true }).risk]).toEqual(["write", "critical"]);
    const stated = asker("tool d(a: Bool) read, delete when a risk destructive", "all: allow *");
    expect([stated("d", { a: false }).risk, stated("d", { a: true }).risk]).toEqual(["destructive", "destructive"]);
  });

  test("flags stand anywhere behind the levels, and the list may go on behind one", () => {
    const [tool] = contractOf([
      'tool t(m: Text) write external, delete when m == "x" irreversible',
      'r: allow t when m == "y"',
    ]).tools;
    expect(tool).toMatchObject({ levels: ["write", "delete"], external: true, irreversible: true, risk: "critical" });
    expect(tool!.cases.map((c) => c.level)).toEqual(["delete"]);
  });

  test("an approval binds the facts that a level rests on", () => {
    const { rules } = contractOf([
      "fact resource.frozen: Bool",
      "tool t(m: Text) read, delete when resource.frozen",
      "all: allow t",
      "ask: require approval for level(delete) from role lead",
      'other: require approval for t from role lead when m == "x"',
    ]);
    const binds = rules.flatMap((rule) =>
      rule.kind === "require_approval" ? [rule.approval.binds.map((b) => b.path[0])] : [],
    );
    expect(binds).toEqual([["frozen"], []]);
  });

  test.each([
    ["twice the same level", "tool t(a: Bool) read, read when a", "THC1013"],
    ["two lists", "tool t() read write", "THC1013"],
    ["a flag among levels", "tool t() read, external", "THC1021"],
    ["a flag with a condition", "tool t(a: Bool) read external when a", "THC1021"],
    ["a level that rests on the level", "tool t(a: Bool) read, write when level == read", "THC3032"],
    ["a level that rests on a destination", "tool t(a: Host dest) read, write when external", "THC3032"],
    ["an argument that is not there", "tool t(a: Bool) read, write when b", "THC2004"],
    ["an optional value without `has`", "tool t(a: Bool?) read, write when a", "THC3004"],
    ["a tool named like the target", "tool external(a: Bool) read", "THC1015"],
  ])("%s is an error", (_what, line, code) => {
    expect(codes(line)).toEqual([code]);
  });
});

describe("external", () => {
  const MAIL = [
    'inside hosts ["acme.example", "*.acme.example"]',
    "tool mail.send(to: List<Email> dest, cc: Email? dest) write",
    "tool web.get(url: Url dest) read",
    "tool net.open(host: Host dest) execute",
    "tool pay(to: Id dest) write",
    "tool post(text: Text) write external",
    "tool look() read",
  ];
  const is = (() => {
    const ask = asker(...MAIL, "all: allow *", "out: deny external");
    return (tool: string, args: object): boolean => ask(tool, args).rules.includes("out");
  })();

  test("a call is external when a destination lies outside", () => {
    expect(is("mail.send", { to: ["ann@acme.example", "bob@x.ACME.example."] })).toBe(false);
    expect(is("mail.send", { to: [] })).toBe(false);
    expect(is("mail.send", { to: ["ann@acme.example", "eve@evil.example"] })).toBe(true);
    expect(is("mail.send", { to: ["ann@acme.example"], cc: "eve@notacme.example" })).toBe(true);
    expect(is("web.get", { url: "https://a.acme.example/x" })).toBe(false);
    expect(is("web.get", { url: "https://acme.example.evil.example/" })).toBe(true);
    expect(is("net.open", { host: "acme.example" })).toBe(false);
    expect(is("net.open", { host: "evil.example" })).toBe(true);
  });
  test("or when its tool says so; what lies at no host is always outside", () => {
    expect(is("post", { text: "x" })).toBe(true);
    expect(is("pay", { to: "A1" })).toBe(true);
    expect(is("look", {})).toBe(false);
  });
  test("a destination without a form may be outside: it is denied, and not granted to what is external alone", () => {
    expect(is("net.open", { host: "a..b" })).toBe(true);
    const grant = asker(...MAIL, "out: allow external", "ours: allow * except external");
    expect(grant("net.open", { host: "a..b" })).toMatchObject({ outcome: "deny", reason: "no_allow" });
    expect(grant("net.open", { host: "evil.example" }).rules).toEqual(["out"]);
    expect(grant("net.open", { host: "acme.example" }).rules).toEqual(["ours"]);
  });
  test("nothing is inside until something is", () => {
    const ask = asker("tool mail.send(to: Email dest) write", "all: allow *", "out: deny mail.send when external");
    expect(ask("mail.send", { to: "ann@acme.example" }).rules).toEqual(["out"]);
  });
  test("as a condition it is one like any other, and an argument of the name comes first", () => {
    const ask = asker(...MAIL, "all: allow *", "x: deny mail.send when not external and count(to) > 1");
    expect(ask("mail.send", { to: ["a@acme.example", "b@acme.example"] }).rules).toEqual(["x"]);
    expect(ask("mail.send", { to: ["a@acme.example", "b@evil.example"] }).rules).toEqual(["all"]);
    const own = asker("tool t(external: Bool) read", "all: allow t when external");
    expect(own("t", { external: false }).outcome).toBe("deny");
  });
  test("rules of every kind have such targets", () => {
    const ask = asker(
      ...MAIL,
      "all: allow * except external",
      "logged: oblige external with log_full",
      "some: budget 1 calls on external per session",
      "people: require approval for external from role lead",
    );
    expect(ask("web.get", { url: "https://evil.example/" })).toMatchObject({ outcome: "deny", reason: "no_allow" });
    expect(ask("web.get", { url: "https://acme.example/" })).toMatchObject({ outcome: "allow", rules: ["all"] });
  });
  test("what is no host cannot be inside", () => {
    expect(codes('inside hosts ["a b"]', "tool look() read", "all: allow look")).toEqual(["THC3005"]);
  });
});

describe("destinations", () => {
  const SEND =
    "tool send(to: List<Email> dest, cc: List<Email>? dest, hook: Url? dest, via: Host dest, body: Text) write";

  test("are all arguments marked so, of whatever type, and `.host` and `.domain` are the host of each", () => {
    const ask = asker(SEND, 'ok: allow send when every d in destinations (d.domain in ["acme.example"])');
    const base = { to: ["a@acme.example"], via: "acme.example", body: "x" };
    expect(ask("send", base).outcome).toBe("allow");
    expect(ask("send", { ...base, hook: "https://acme.example/x" }).outcome).toBe("allow");
    for (const other of [
      { to: ["a@evil.example"] },
      { cc: ["e@evil.example"] },
      { hook: "https://evil.example/" },
      { via: "evil.example" },
      { via: "a..b" },
    ])
      expect(ask("send", { ...base, ...other }).outcome).toBe("deny");
  });

  test("`any` and `no` ask the same values", () => {
    const base = { to: ["a@acme.example"], via: "acme.example", body: "x" };
    const any = asker(SEND, "all: allow send", 'one: deny send when any d in destinations (d.host == "evil.example")');
    expect(any("send", base).outcome).toBe("allow");
    expect(any("send", { ...base, hook: "https://evil.example/" }).rules).toEqual(["one"]);
    const no = asker(SEND, 'all: allow send when no d in destinations (d.host == "evil.example")');
    expect(no("send", base).outcome).toBe("allow");
    expect(no("send", { ...base, cc: ["x@evil.example"] }).outcome).toBe("deny");
  });

  test("of several tools: those of the tool that is called", () => {
    const ask = asker(
      SEND,
      "tool look() read",
      'all: allow * when every d in destinations (d.host in ["acme.example"])',
    );
    expect(ask("look", {}).outcome).toBe("allow");
    expect(ask("send", { to: [], via: "evil.example", body: "" }).outcome).toBe("deny");
  });

  test("inside another quantifier each stands on its own element", () => {
    const ask = asker(
      "tool send(to: List<Email> dest, copies: List<Email>) write",
      "all: allow send when every c in copies (any d in destinations (d == c))",
    );
    expect(ask("send", { to: ["a@x.example", "b@x.example"], copies: ["b@x.example"] }).outcome).toBe("allow");
    expect(ask("send", { to: ["a@x.example"], copies: ["b@x.example"] }).outcome).toBe("deny");
  });

  test.each([
    [
      "without any",
      "tool t(a: Email) write",
      'r: allow t when any d in destinations (d.host == "x.example")',
      "THC3015",
    ],
    [
      "at no host",
      "tool t(a: Id dest) write",
      'r: allow t when any d in destinations (d.host == "x.example")',
      "THC3033",
    ],
    [
      "with a member that it has not",
      "tool t(a: Email dest) write",
      'r: allow t when any d in destinations (d.hots == "x")',
      "THC2009",
    ],
  ])("a destination %s is an error", (_what, tool, rule, code) => {
    expect(codes(tool, rule)).toEqual([code]);
  });
});
