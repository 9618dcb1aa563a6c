/** A result that comes in pieces: what is held back of it, and what is left when a piece is denied. */
import { KEY, START, type Story, session } from "./story.ts";

const { call, chunk } = session("desk-1", "s-41", KEY);

export const inspectionStories: readonly Story[] = [
  {
    name: "state/stream",
    about: "bytes that are held back, the begin of a key among them; a stream that was denied; one that has ended",
    contract: `contract "vectors-stream" version "1.0.0" {
  agent desk { id "desk-*" }
  tool page.read(id: Id) read gives trusted
  pages: allow page.read
  keys: inspect results of page.read for secrets(aws_key) >= high then deny
}
`,
    session: "s-41",
    key: KEY,
    steps: [
      call(0, "c1", "page.read", { id: "1" }),
      call(0, "c2", "page.read", { id: "2" }),
      call(0, "c3", "page.read", { id: "3" }),
      { ...chunk(1, "c1", `${"é".repeat(300)}AKIAIOSF`), about: "96 bytes may go: a character is not cut" },
      chunk(1, "c2", "AKIAIOSFODNN"),
      { ...chunk(2, "c2", "7EXAMPLE"), about: "found across two chunks" },
      { ...chunk(2, "c3", "done", true), about: "of the last one nothing is held back" },
    ],
    holds: {
      names: [
        ["call", "desk-1", "c1"],
        ["call", "desk-1", "c2"],
        ["call", "desk-1", "c3"],
      ],
      rows: {
        marks_forgotten: false,
        latest: START + 2000,
        sequence: 0,
        budgets: [],
        forgotten: [],
        pending: [
          { call: "call desk-1:c1", held: `${"é".repeat(252)}AKIAIOSF`, end: 0 },
          { call: "call desk-1:c2", held: "", end: 1 },
          { call: "call desk-1:c3", held: "", end: 2 },
        ].map(({ call: name, held, end }) => ({
          call: name,
          action: `{${name.slice(-2)}}`,
          time: START,
          turn: null,
          tool: 1,
          outcome: 3,
          obligations: [],
          reserved: [],
          held,
          end,
          echoes: [],
        })),
        approvals: [],
        evidence: [],
        tokens: [],
      },
    },
  },
];
