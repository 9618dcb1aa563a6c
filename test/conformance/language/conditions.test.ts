// Which conditions are well typed, what the others are refused for, and what a few of them come to.
import { describe, expect, test } from "vitest";
import { codesOf, conditionOf } from "./contract-of.ts";

describe("accepted", () => {
  test.each([
    ...[
      "session has untrusted",
      "untrusted and not session has untrusted",
      "b",
      "not b",
      "b == false",
      "true",
      "n == 1",
      "1 < n",
      "n <= 1.5",
      "d > -2",
      "m >= 1_000.50 USD",
      "m != cap",
    ],
    ...[
      's == "x"',
      's contains "x"',
      's starts with "x"',
      's matches "a*"',
      's matches ["a", "b*"]',
      "s matches /a+/",
      "not (i matches /^[A-Z]{2}\\/\\d{1,}$/i) or k matches /o./",
      "s.length > 3",
      "s in names",
    ],
    ...['i == "A1"', 'i in ["A", "B"]', 'k == "on"', 'k in ["on", "off"]', 'k matches "o*"', "k in few"],
    ...[
      'e == "Ann@ACME.example"',
      "e.domain in ours",
      'e.local starts with "a"',
      "h in ours",
      'h in ["*.b.example"]',
      'h == "a.example"',
    ],
    ...[
      'u == "HTTPS://a.example:443/x/../y"',
      "u.host in ours",
      "u.port == 443",
      'u.path starts with "/v1"',
      'u.scheme == "https"',
    ],
    ...[
      'p under "/srv"',
      'p matches "**/*.log"',
      "p matches logs",
      'p.ext == "log"',
      'p.dir under "/srv"',
      'p == "/srv/../etc"',
      "p under p",
    ],
    ...[
      'has os and os == "x"',
      "has on and on > 1 and on < 5",
      "not has on or on > 1",
      "not (has on and on > 1)",
      "not (not has on) and on > 1",
    ],
    ...[
      "(has on and has os) and on > 1",
      'has r.o and r.o.x == "y"',
      'has r.o.x and r.o.x == "y"',
      "has ol and count(ol) > 1",
    ],
    ...[
      "every x in l (x.domain in ours) and count(l) > 0",
      "any x in l (x == e)",
      "no x in ns (x > 5)",
      "any x in ns (any y in ns (x < y))",
    ],
    ...[
      'has ol and any x in ol (x == "a")',
      "level == read",
      "level in [read, write, delete]",
      "level != write",
      "r.a == 1",
      "args.r.a == args.n",
    ],
    ...[
      'resource.env == "prod"',
      "has context.level and context.level > 3",
      'principal.id == "bot-1"',
      'has principal.roles and any r in principal.roles (r == "x")',
    ],
    ...['any p in action.paths (p matches ["**/.env*", "secrets/**"])', 'no p in action.writes (p under "/etc")'],
    ...["count(action.emails) <= 3", "any e in action.emails (e.domain in ours)", "any h in action.hosts (h in ours)"],
    ...["has context.cwd and p under context.cwd", "n < 9007199254740991", "d == 0.0000001"],
  ])("%s", (condition) => {
    const found = codesOf(condition).filter((code) => !code.startsWith("THC4"));
    expect(found).toEqual([]);
  });
});

describe("refused", () => {
  test.each([
    ["n", "THC3008"],
    ["s", "THC3008"],
    ["5", "THC3008"],
    ['n == "1"', "THC3001"],
    ["s == 5", "THC3001"],
    ["s == i", "THC3001"],
    ['s < "x"', "THC3001"],
    ["b < true", "THC3001"],
    ["j == 1", "THC3001"],
    ["m > 500", "THC3002"],
    ["m > 500 EUR", "THC3002"],
    ["n > 5 USD", "THC3001"],
    ["m > n", "THC3001"],
    ['p starts with "/srv"', "THC3003"],
    ['p contains ".."', "THC3003"],
    ['u contains "acme"', "THC3003"],
    ['u starts with "https"', "THC3003"],
    ['u matches "https*"', "THC3003"],
    ['h matches "*.acme"', "THC3003"],
    ['e matches "*@acme"', "THC3003"],
    ["p == s", "THC3003"],
    ["h == e", "THC3003"],
    ['os == "x"', "THC3004"],
    ["has on and n == 1 or on > 1", "THC3004"],
    ["on > 1 and has on", "THC3004"],
    ["has on or on > 1", "THC3004"],
    ['r.o.x == "y"', "THC3004"],
    ["has r and has r.z and r.o.x == r.z", "THC3004"],
    ["context.level > 3", "THC3004"],
    ["count(ol) > 1", "THC3004"],
    ['any x in ol (x == "a")', "THC3004"],
    ["any x in ns (has on) and on > 1", "THC3004"],
    ['e == "ann"', "THC3005"],
    ['h == "a..b"', "THC3005"],
    ['h in ["*.*.example"]', "THC3005"],
    ['h == "1.2.3"', "THC3005"],
    ['u == "https://a@b.example/"', "THC3005"],
    ['p under "srv"', "THC3005"],
    ['p == "~/x"', "THC3005"],
    ['k == "of"', "THC3006"],
    ['k in ["on", "x"]', "THC3006"],
    ["l == e", "THC3010"],
    ["every x in n (x == 1)", "THC3010"],
    ["count(s) > 1", "THC3010"],
    ["any x in l, ns (true)", "THC3010"],
    ["r == 1", "THC3010"],
    ["u in ours", "THC3001"],
    ["s in logs", "THC3001"],
    ["s in nobody", "THC2012"],
    ["s in ol", "THC3004"],
    ["x == 1", "THC2004"],
    ["args.x == 1", "THC2004"],
    ["r.y == 1", "THC2009"],
    ["n.length == 1", "THC2009"],
    ["e.domain.x == 1", "THC2009"],
    ["has e.domain", "THC3017"],
    ["prior.args.n == 1", "THC3017"],
    ["resource.other == 1", "THC2005"],
    ["level == reed", "THC2007"],
    ["n == 1_000_000_000_000_000_000_1", "THC3023"],
    ["d == 0.00000000000000000000000001", "THC3023"],
    ["s matches /a+", "THC1006"],
    ["s matches /a+/gi", "THC3110"],
    ["s matches /a{0,1001}/", "THC3110"],
    ["s matches /a.{40}b/", "THC3111"],
    ["p matches /a/", "THC3003"],
    ["u matches /a/", "THC3003"],
    ["n matches /a/", "THC3001"],
    ["os matches /a/", "THC3004"],
    ["risk >= dangerous", "THC2011"],
    ["session has unknown_one", "THC2050"],
  ])("%s: %s", (condition, code) => {
    expect(codesOf(condition)).toEqual([code]);
  });
});

describe("typed", () => {
  test("hosts, addresses, URLs and paths are canonical", () => {
    expect(conditionOf("h in ours")).toMatchObject({ kind: "host_in", patterns: ["acme.example", "*.acme.example"] });
    expect(conditionOf('e == "Ann.Lee@ACME.Example."')).toMatchObject({ right: { value: "ann.lee@acme.example" } });
    const url = conditionOf('u == "HTTPS://Acme.example:0443/%7Ea/./b/../c%2f?q=%7e#top"');
    expect(url).toMatchObject({ right: { value: "https://acme.example/~a/c%2F?q=~" } });
    expect(conditionOf('p under "/srv//a/./b/../c/"')).toMatchObject({ prefix: { value: "/srv/a/c" } });
  });

  test("numbers are exact and normalised", () => {
    expect(conditionOf("d == 1_200.50")).toMatchObject({ right: { value: { digits: 12005n, exponent: -1 } } });
    expect(conditionOf("n == -0")).toMatchObject({ right: { value: { digits: 0n, exponent: 0 } } });
    expect(conditionOf("5 < n")).toMatchObject({ op: ">", right: { value: { digits: 5n, exponent: 0 } } });
  });

  test("a bare name is an argument, an element of the innermost quantifier first", () => {
    const nested = conditionOf("any n in ns (any x in ns (x > n))");
    expect(nested).toMatchObject({
      depth: 0,
      body: { depth: 1, body: { left: { root: "element", depth: 1 }, right: { root: "element", depth: 0 } } },
    });
    expect(conditionOf("any n in ns (args.n > n)")).toMatchObject({ body: { left: { root: "args", path: ["n"] } } });
  });

  test("`level ==` is exact, `level in` is not", () => {
    expect(conditionOf("level in [write, read]")).toEqual({
      kind: "level_is",
      levels: ["read", "write"],
      exact: false,
    });
    const not = { kind: "not", part: { kind: "level_is", levels: ["read"], exact: true } };
    expect(conditionOf("level != read")).toEqual(not);
  });
});
