/** States of several ledgers: counters of every window, what a result puts right, and whose they are. */
import { KEY, START, type Story, session } from "./story.ts";

export const LEDGER_KEY = "0f0e0d0c0b0a09080706050403020100";
export const LEDGER_IDS = { run: "r-7", agent: "desk-1", team: "support", global: "" };

const base = session("desk-1", "s-41", KEY);
const ms = (at: number) => START + at * 1000;
const named = { ledger_key: LEDGER_KEY, run: "r-7", turn: 4 };
const call = (at: number, id: string, cost: number) => {
  const step = base.call(
    at,
    id,
    "ask",
    { texts: ["a", "b"] },
    { context: { ...named, cost, tokens: 100, elapsed: 0 } },
  );
  return inTeam(step);
};
function inTeam(step: ReturnType<typeof base.call>) {
  const json = "json" in step.request ? (step.request.json as { principal: object; context: object }) : undefined;
  if (json === undefined) throw new Error("a step without a request");
  const request = {
    ...json,
    principal: { ...json.principal, team: "support" },
    context: { ...json.context, ...named },
  };
  return { ...step, request: { json: request } } as typeof step;
}
const DAY = Math.floor(START / 86_400_000);
/** 15 minutes in 60 buckets. */
const bucket = (at: number) => String(Math.floor(ms(at) / 15_000));

const windows: Story = {
  name: "state/ledgers",
  about:
    "budgets in every ledger and window; a figure put right, a reservation that stands, one more call than the run has left",
  contract: `contract "vectors-ledgers" version "1.0.0" {
  agent desk { id "desk-*" }
  tool ask(texts: List<Text>) read
  all: allow ask
  a_turn: budget 5 calls per turn
  b_session: budget 50 of count(texts) on ask per session
  c_run: budget 3 calls per run
  d_agent: budget 5 USD of cost per agent per 15m
  e_team: budget 4_000 of tokens per team per day
  f_week: budget 10 calls per team per week
  g_month: budget 1h of elapsed per global per month
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", 1.5),
    { ...inTeam(base.result(20, "c1", { status: "ok", cost: 2.0001, elapsed: 900 })), about: "the actual figures" },
    call(30, "c2", 0),
    call(31, "c3", 0.25),
    { ...call(32, "c4", 0.25), about: "the run has had its three" },
    { ...call(33, "c5", 4), about: "and the agent would exceed its fifteen minutes" },
  ],
  holds: {
    names: [
      ["call", "desk-1", "c2"],
      ["call", "desk-1", "c3"],
    ],
    rows: {
      session: {
        marks_forgotten: false,
        latest: ms(33),
        sequence: 0,
        budgets: [[4, 3_000_000_000], 6_000_000_000],
        forgotten: [],
        pending: [pendingRow("c2", 30, 0), pendingRow("c3", 31, 250_000_000)],
        approvals: [],
        evidence: [],
        tokens: [],
      },
      run: { latest: ms(31), suspended: false, counters: [3_000_000_000] },
      agent: {
        latest: ms(31),
        suspended: false,
        counters: [{ [bucket(0)]: 2_000_100_000, [bucket(30)]: 250_000_000 }],
      },
      team: {
        latest: ms(31),
        suspended: false,
        counters: [
          [DAY, 300_000_000_000],
          [Math.floor((DAY + 3) / 7), 3_000_000_000],
        ],
      },
      global: { latest: ms(31), suspended: false, counters: [[56 * 12, 900_000_000_000]] },
    },
  },
};

function pendingRow(id: string, at: number, cost: number) {
  return {
    call: `call desk-1:${id}`,
    action: `{${id}}`,
    time: ms(at),
    turn: 4,
    tool: 1,
    outcome: 3,
    obligations: [],
    reserved: [1_000_000_000, 2_000_000_000, 1_000_000_000, cost, 100_000_000_000, 1_000_000_000, 0],
    run: LEDGER_IDS.run,
    team: LEDGER_IDS.team,
    echoes: [],
  };
}

export const ledgerStories: readonly Story[] = [windows];
