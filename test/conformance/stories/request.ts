/** Requests that are refused before any rule, one a reason, and requests that look odd and are fine. */
import { START, type Step, type Story } from "./story.ts";

const CONTRACT = `contract "vectors-request" version "1.0.0" {
  agent desk { id "desk-*" }
  fact resource.env: "prod" | "dev"
  fact principal.trust: Decimal? in 0..1
  tool orders.lookup(order_id: Id) read
  tool refund.issue(order_id: Id, amount: Money<USD>, lines: List<Int>?) write
  all: allow orders.lookup, refund.issue
}
`;

interface Parts {
  readonly event?: string;
  readonly principal?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: string;
}
const text = (p: Parts = {}): string =>
  `{"event":${p.event ?? '"call"'},"principal":${p.principal ?? '{"id":"desk-1"}'},"action":${p.action ?? '{"tool":"orders.lookup","args":{"order_id":"A1"}}'},` +
  `"resource":${p.resource ?? '{"env":"prod"}'},"context":${p.context ?? `{"time":${START},"call_id":"c1"}`}}`;
const refund = (rest: string): string => text({ action: `{"tool":"refund.issue","args":{"order_id":"A1",${rest}}}` });
const step = (about: string, of: string): Step => ({ about, request: { text: of } });

export const requestStories: readonly Story[] = [
  {
    name: "request/refused",
    about: "every check that needs no state, in the order of the reasons' codes",
    contract: CONTRACT,
    session: "",
    key: "",
    steps: [
      { about: "one byte above the limit", request: { text: text(), padded: 1_048_577 } },
      {
        about: "a byte that begins nothing in UTF-8",
        request: { hex: Buffer.from(`${text()}\xff`, "latin1").toString("hex") },
      },
      { about: "an overlong slash", request: { hex: Buffer.from('{"\xc0\xaf":1}', "latin1").toString("hex") } },
      step("cut", text().slice(0, -1)),
      step("a trailing comma", '{"event":"call",}'),
      step("an array at the top", "[]"),
      step("an escaped lone surrogate", text({ principal: '{"id":"desk-\\ud800"}' })),
      step("the same name twice", text({ resource: '{"env":"prod","env":"dev"}' })),
      step("the same name twice, once escaped", text({ resource: '{"env":"prod","\\u0065nv":"dev"}' })),
      step("sixteen digits that are no small integer", refund('"amount":1.000000000000001')),
      step("2^53", refund('"amount":9007199254740992')),
      step("a number out of range where nobody reads it", `${text().slice(0, -1)},"other":1e400}`),
      step("depth 33", `${text().slice(0, -1)},"other":${"[".repeat(32)}${"]".repeat(32)}}`),
      step("another event", text({ event: '"chunk"' })),
      step("no call id", text({ context: `{"time":${START}}` })),
      step("a negative time", text({ context: '{"time":-1,"call_id":"c1"}' })),
      step("a key in upper case", text({ context: `{"time":${START},"call_id":"c1","key":"${"A".repeat(32)}"}` })),
      step("an agent that is not declared", text({ principal: '{"id":"other-1"}' })),
      step("a tool that is not declared", text({ action: '{"tool":"orders.delete"}' })),
      step("an argument that is missing", text({ action: '{"tool":"orders.lookup","args":{}}' })),
      step(
        "an argument that is not declared",
        text({ action: '{"tool":"orders.lookup","args":{"order_id":"A1","x":1}}' }),
      ),
      step("an argument of another type", refund('"amount":"12"')),
      step("a fact that is none of its literals", text({ resource: '{"env":"test"}' })),
      step("null for a fact that is not optional", text({ resource: '{"env":null}' })),
      step("a fact outside its range", text({ principal: '{"id":"desk-1","trust":1.5}' })),
    ],
  },
  {
    name: "request/read",
    about: "requests that look odd and are fine",
    contract: CONTRACT,
    session: "",
    key: "",
    steps: [
      step("the plain one", text()),
      step(
        "white space and a time with an exponent",
        ` \t\r\n${text({ context: '{"time": 1e3 , "call_id" : "c1"}' })}\n`,
      ),
      step("members that nobody knows", `${text().slice(0, -1)},"other":{"deep":[null,true,-0.5e-3]}}`),
      step("null for what is optional", text({ principal: '{"id":"desk-1","team":null,"trust":null}' })),
      step("escapes that spell the agent's id", text({ principal: '{"id":"\\u0064esk-1"}' })),
      step("arguments before the tool", text({ action: '{"args":{"order_id":"A1"},"tool":"orders.lookup"}' })),
      step("2^53 - 1", refund('"amount":9007199254740991')),
      step("fifteen digits", refund('"amount":123456789.012345')),
      step("a whole number written with a fraction", refund('"amount":1,"lines":[1.0,2e0]')),
      step("depth 32", `${text().slice(0, -1)},"other":${"[".repeat(31)}${"]".repeat(31)}}`),
      step(
        "a result, in a contract without history",
        `{"event":"result","principal":{"id":"desk-1"},"resource":{"env":"dev"},"context":{"time":0,"call_id":"c1"},"result":{"status":"ok"}}`,
      ),
      step(
        "a message, in a contract without history",
        `{"event":"message","principal":{"id":"desk-1"},"context":{"time":0},"message":{"from":"user","text":"hello"}}`,
      ),
    ],
  },
];
