/** Labels in the session's state, and what calls of one turn see of each other. */
import { KEY, START, type Story, session } from "./story.ts";

const { call, result } = session("desk-1", "s-41", KEY);

const labels: Story = {
  name: "state/labels",
  about: "labels of an order, of a condition, of one turn alone and of two; `untrusted` by level",
  contract: `contract "vectors-labels" version "1.0.0" {
  agent desk { id "desk-*" }
  labels public < internal < secret
  labels from_ticket
  tool page.read(id: Id) read
  tool row.read(id: Id, table: "open" | "closed") read gives trusted, internal, secret when table == "closed"
  tool ticket.read(id: Id) read gives trusted, from_ticket from body returns { body: Text }
  tool mail.send(to: Email dest) write external
  all: allow *
  inside: deny mail.send when session has internal
  read_only: deny row.read when untrusted
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "ticket.read", { id: "1" }, { context: { turn: 1 } }),
    call(1, "c2", "row.read", { id: "1", table: "open" }, { context: { turn: 1 } }),
    {
      ...call(2, "c3", "mail.send", { to: "ann@acme.example" }, { context: { turn: 1 } }),
      about: "what was given in this turn is not seen in it",
    },
    { ...call(3, "c4", "mail.send", { to: "ann@acme.example" }, { context: { turn: 2 } }), about: "but in the next" },
    {
      ...call(4, "c5", "row.read", { id: "2", table: "closed" }, { context: { turn: 2 } }),
      about: "an external write gives `untrusted`",
    },
    call(5, "c6", "ticket.read", { id: "2" }),
    result(6, "c6", { status: "failed" }),
  ],
  holds: {
    names: [
      ["call", "desk-1", "c1"],
      ["call", "desk-1", "c2"],
      ["call", "desk-1", "c3"],
    ],
    rows: {
      marks_forgotten: false,
      latest: START + 6_000,
      sequence: 0,
      budgets: [],
      // from_ticket 0, internal 1, public 2, secret 3, untrusted 4
      labels: { "0": null, "1": 1, "4": 1 },
      forgotten: [],
      pending: (
        [
          ["c1", 0, 1, 4],
          ["c2", 1, 1, 3],
          ["c3", 2, 1, 1],
        ] as const
      ).map(([id, at, turn, tool]) => ({
        call: `call desk-1:${id}`,
        action: `{${id}}`,
        time: START + at * 1000,
        turn,
        tool,
        outcome: 3,
        obligations: [],
        reserved: [],
        echoes: [],
      })),
      approvals: [],
      evidence: [],
      tokens: [],
    },
  },
};

const values: Story = {
  name: "state/values",
  about: "what results leave for a flow by value: a piece, a number, words; a field that carries its own label",
  contract: `contract "vectors-values" version "1.0.0" {
  agent desk { id "desk-*" }
  labels internal < secret
  tool file.read(id: Id) read returns { owner: Email, size: Int, note: Text } gives trusted, internal, secret from note
  tool mail.send(body: Text) write
  all: allow *
  leak: flow above internal into mail.send by value then deny
  copy: flow internal into mail.send by value then warn
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "file.read", { id: "1" }),
    result(1, "c1", { status: "ok", value: { owner: "Ann@acme.example", size: 12, note: "Costs are 12,000.50 USD" } }),
    { ...call(2, "c2", "mail.send", { body: "See ann@ACME.example." }), about: "`owner` is internal" },
    { ...call(3, "c3", "mail.send", { body: "We pay 12000.5" }), about: "`note` is secret" },
    call(4, "c4", "file.read", { id: "2" }),
  ],
  holds: {
    names: [
      ["call", "desk-1", "c2"],
      ["call", "desk-1", "c4"],
      ["value", 1, "ann@acme.example"],
      ["value", 2, "12000.5"],
      ["value", 3, "ann acme example"],
      ["value", 3, "costs are 12 000"],
      ["value", 3, "12 000 50 usd"],
    ],
    rows: {
      marks_forgotten: false,
      latest: START + 4_000,
      sequence: 0,
      budgets: [],
      // internal 0, secret 1, untrusted 2
      labels: { "0": null, "1": null },
      forgotten: [],
      pending: (
        [
          ["c2", 2, 2, [0, 0]],
          ["c4", 4, 1, [1, 2]],
        ] as const
      ).map(([id, at, tool, carries]) => ({
        call: `call desk-1:${id}`,
        action: `{${id}}`,
        time: START + at * 1000,
        turn: null,
        tool,
        outcome: 3,
        obligations: [],
        reserved: [],
        carries,
        echoes: [],
      })),
      approvals: [],
      evidence: [],
      tokens: [],
      values: [
        ["value 1:ann@acme.example", 1],
        ["value 3:ann acme example", 1],
        ["value 2:12000.5", 3],
        ["value 3:costs are 12 000", 3],
        ["value 3:12 000 50 usd", 3],
      ],
      values_full: false,
    },
  },
};

export const flowStories: readonly Story[] = [labels, values];
