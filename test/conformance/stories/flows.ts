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

export const flowStories: readonly Story[] = [labels];
