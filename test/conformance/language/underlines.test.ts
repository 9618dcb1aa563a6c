// What a diagnostic underlines: the text between « and » is underlined, no more and no less, and nothing else is reported.
import { check, DIAGNOSTICS } from "@thc/language";
import { describe, expect, test } from "vitest";

const CASES: readonly (readonly [code: string, marked: string])[] = [
  [
    "THC1001",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send «because_of» "it is safe"
}
`,
  ],
  [
    "THC1002",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when body contain«s»
}
`,
  ],
  [
    "THC1003",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: «alow» mail.send
}
`,
  ],
  [
    "THC1004",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow mail.send
  stuck: «loop» same call 3 in 10 calls then deny
}
`,
  ],
  [
    "THC1005",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send because «"safe»
}
`,
  ],
  [
    "THC1006",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow mail.send
  tool mail.peek(id: Id) read «;»
  more: allow mail.peek
}
`,
  ],
  [
    "THC1007",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when body matches "*«\\.»*"
}
`,
  ],
  [
    "THC1008",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when «(»body contains "a" or body contains "b"
}
`,
  ],
  [
    "THC1012",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: deny mail.send «with» log_full
}
`,
  ],
  [
    "THC1013",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when body contains "a" «when body contains "b"»
}
`,
  ],
  [
    "THC1014",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  ask: «require approval» for pay
}
`,
  ],
  [
    "THC1015",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(«for»: Text, body: Text) write
  all: allow mail.send
}
`,
  ],
  [
    "THC1016",
    `«policy» "example" version "1.0.0" {
}
`,
  ],
  [
    "THC2001",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow «mail.sent»
}
`,
  ],
  [
    "THC2002",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow mail.send
  test "mail is sent" {
    as «bott»
    call mail.send(to: "a@acme.example", body: "hi")
    expect allow
  }
}
`,
  ],
  [
    "THC2003",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow mail.send
  test "mail is sent" {
    as bot
    call mail.send(to: "a@acme.example", body: "hi")
    expect allow by «al»
  }
}
`,
  ],
  [
    "THC2004",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when «amont» < 100 USD
}
`,
  ],
  [
    "THC2005",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when «resource.env» == "dev"
}
`,
  ],
  [
    "THC2006",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: «Mail», body: Text) write
  all: allow mail.send
}
`,
  ],
  [
    "THC2007",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool fs.read(path: Path) «raed»
  all: allow fs.read
}
`,
  ],
  [
    "THC2008",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send with «log_ful»
}
`,
  ],
  [
    "THC2009",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when to.«domian» == "acme.example"
}
`,
  ],
  [
    "THC2010",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send
  «mail»: deny mail.send when body contains "secret"
}
`,
  ],
  [
    "THC2011",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  few: budget 10 calls per session then «refuse»
}
`,
  ],
  [
    "THC2012",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  let ours = hosts ["acme.example"]
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when to.domain in «our»
  more: allow mail.send when to.domain in ours
}
`,
  ],
  [
    "THC2013",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  let amount = 100 USD
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when args.amount < «amount»
}
`,
  ],
  [
    "THC3001",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when body == «5»
}
`,
  ],
  [
    "THC3002",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when amount < «100 EUR»
}
`,
  ],
  [
    "THC3003",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool fs.read(path: Path) read
  reads: allow fs.read when «path starts with "/srv/"»
}
`,
  ],
  [
    "THC3004",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  fact principal.level: Int?
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when «principal.level» > 2
}
`,
  ],
  [
    "THC3005",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when to == «"ann at acme.example"»
}
`,
  ],
  [
    "THC3006",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  fact resource.env: "prod" | "dev"
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when resource.env == «"develop"»
}
`,
  ],
  [
    "THC3007",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool a(size: Int) read
  tool b(size: Text) read
  small: allow a, b when «size» == 5
}
`,
  ],
  [
    "THC3008",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send when «body»
}
`,
  ],
  [
    "THC3009",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool find(name: Text) read
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow *
  seen: require prior ok find for pay matching «to = prior.args.name»
}
`,
  ],
  [
    "THC3010",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: List<Email> dest, body: Text) write
  mail: allow mail.send when «to» == "ann@acme.example"
}
`,
  ],
  [
    "THC3011",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool find(name: Text) read returns { email: Email, note: Text }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow *
  known: require grounded to in «find» for mail.send
}
`,
  ],
  [
    "THC3012",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool find(name: Text) read returns { email: Email, note: Text }
  tool mail.send(to: Email dest, body: Text) write external
  all: allow *
  known: require grounded to in user, «find.note» for mail.send
}
`,
  ],
  [
    "THC3013",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool post(body: Json, note: Text) write
  all: allow post
  said: require grounded «body» in user for post
}
`,
  ],
  [
    "THC3014",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool find(id: Id) read
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow *
  seen: require prior ok find for pay where prior.result.«total» >= args.amount
}
`,
  ],
  [
    "THC3015",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email, body: Text) write
  all: allow mail.send
  known: require grounded «destinations» in user for mail.send
}
`,
  ],
  [
    "THC3016",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id, amount: «Money») write
  all: allow pay
}
`,
  ],
  [
    "THC3017",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when «prior.args.to» == to
}
`,
  ],
  [
    "THC3018",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  mail: allow mail.send with «throttle(20)»
}
`,
  ],
  [
    "THC3019",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  ask: require approval for pay from user («quorum 2»)
}
`,
  ],
  [
    "THC3020",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  tool mail.send(to: Email dest, body: Text) write external
  all: allow *
  sum: budget 100 USD of «amount» per session
}
`,
  ],
  [
    "THC3021",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  test "paid" {
    as bot
    call pay(to: «5», amount: 10 USD)
    expect allow
  }
}
`,
  ],
  [
    "THC3022",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  test "paid" {
    «call pay(to: "A5", amount: 10 USD)»
    expect allow
  }
}
`,
  ],
  [
    "THC3023",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
  ask: require approval for pay from role finance (expires «0m»)
}
`,
  ],
  [
    "THC4001",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  agent «boss» { id "bot-7", "boss" }
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  all: allow pay
}
`,
  ],
  [
    "THC4002",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool db.query(sql: Text) read, write
  reads: allow db.query when «level == read»
  writes: allow db.query
}
`,
  ],
  [
    "THC4003",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: Email dest, body: Text) write external
  tool «pay»(to: Id, amount: Money<USD>) write
  all: allow mail.send
}
`,
  ],
  [
    "THC4004",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  let «most» = 100 USD
  tool pay(to: Id dest, amount: Money<USD>) write irreversible
  pay: allow pay when amount < 100 USD
}
`,
  ],
  [
    "THC4005",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool pay(to: Id) write
  tool «Pay»(to: Id) write
  all: allow *
}
`,
  ],
  [
    "THC4006",
    `contract "example" version "1.0.0" {
  agent bot { id "bot-*" }
  tool mail.send(to: List<Email> dest, body: Text) write
  mail: allow mail.send when «every t in to (t.domain == "acme.example")»
}
`,
  ],
];

const wrap = (body: string): string => `contract "x" version "1" {\n  agent bot { id "bot" }\n  ${body}\n}\n`;
const repeat = (text: string, times: number): string => text.repeat(times);

/** Too long for a literal, or invisible. */
const MADE: readonly (readonly [code: string, marked: string])[] = [
  ["THC1009", wrap(`tool a() read\n  r: allow a when ${repeat("(", 64)}«(»true${repeat(")", 65)}`)],
  ["THC1010", `«»${repeat(" ", 4 * 1024 * 1024 + 1)}`],
  ["THC1011", wrap("// what you see is not\u202e«»what you get\n  tool a() read\n  r: allow a")],
];

/** Raised by more than one of the cases below, or by none that fits in a line: they have tests of their own. */
const ELSEWHERE = ["THC1017", "THC9001"];

describe("underlined", () => {
  test.each(CASES)("%s", (code, marked) => {
    const text = marked.replace(/[«»]/g, "");
    const { diagnostics } = check({ path: "x", text });
    expect(diagnostics.map((d) => d.code)).toEqual([code]);
    const { start, end } = diagnostics[0]!.primary.span;
    expect(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`).toBe(marked);
  });

  test.each(MADE)("%s", (code, marked) => {
    const text = marked.replace(/[«»]/g, "");
    const found = check({ path: "x", text }).diagnostics.find((d) => d.code === code);
    const length = marked.indexOf("»") - marked.indexOf("«") - 1;
    // a hidden character is underlined itself; it stands before the marks
    const start = marked.indexOf("«") - (code === "THC1011" ? 1 : 0);
    expect(found?.primary.span).toEqual({ start, end: start + length + (code === "THC1011" ? 1 : 0) });
  });

  test("every code has a case", () => {
    const cased = new Set([...CASES, ...MADE].map(([code]) => code).concat(ELSEWHERE));
    expect(Object.keys(DIAGNOSTICS).filter((code) => !cased.has(code))).toEqual([]);
  });

  test("THC1017: after a hundred syntax errors the rest is counted, not shown", () => {
    const { diagnostics } = check({ path: "x", text: wrap(repeat("r: alow x\n", 5_000)) });
    expect(diagnostics.filter((d) => d.code === "THC1003")).toHaveLength(100);
    expect(diagnostics.filter((d) => d.code === "THC1017")).toHaveLength(1);
  });
});
