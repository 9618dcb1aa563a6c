/** States of several ledgers: counters of every window, what a result puts right, and whose they are. */
import { KEY, START, type Story, session } from "./story.ts";

export const LEDGER_KEY = "0f0e0d0c0b0a09080706050403020100";
const CHAIN = [
  { id: "lead-1", team: "front" },
  { id: "desk-2", team: "support" },
];
export const LEDGER_IDS = {
  ...{ run: "r-7", agent: "desk-1", team: "support", global: "" },
  delegators: CHAIN.map(({ id, team }) => ({ agent: id, team })),
};

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
function inTeam(step: ReturnType<typeof base.call>, context: object = named, principal: object = {}) {
  const json = "json" in step.request ? (step.request.json as { principal: object; context: object }) : undefined;
  if (json === undefined) throw new Error("a step without a request");
  const request = {
    ...json,
    principal: { ...json.principal, team: "support", ...principal },
    context: { ...json.context, ...context },
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

const bare = session("desk-1", "s-41", KEY);
const look = (at: number, id: string, to: string | null) =>
  bare.call(at, id, "look", { what: "x", to }, { context: { run: "r-7", ledger_key: LEDGER_KEY } });
/** The arguments as an approval binds them: each with its length before it, absent is 0, present 1 and the value. */
const ARGUMENTS = {
  alone: ["attempt", "\u0002\u0000\u0000\u0000\u0001x\u0001\u0000\u0000\u0000\u0000"],
  toAnn: ["attempt", "\u0002\u0000\u0000\u0000\u0001x\u0011\u0000\u0000\u0000\u0001ann@acme.example"],
};
const shown = ([domain, text]: readonly string[]) => `${domain}:${text}`;
const attempt = (of: readonly string[] | undefined, denied: boolean) => ({
  tool: 1,
  arguments: of === undefined ? null : shown(of),
  denied,
});

const looked = (id: string, at: number) => {
  const { run: _, team: __, ...row } = pendingRow(id, at, 0);
  return { ...row, turn: null, reserved: [] };
};

const loops: Story = {
  name: "state/loops",
  about: "attempts, let through, denied and of unknown arguments; a run that is suspended",
  contract: `contract "vectors-loops" version "1.0.0" {
  agent desk { id "desk-*" }
  tool look(what: Text, to: Email?) read
  all: allow look
  stuck: loop same call 2 in 4 calls then warn, 3 in 4 calls then deny, 4 in 5 calls then suspend run
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    look(0, "c1", null),
    look(1, "c2", "Ann@Acme.example"),
    { ...look(2, "c3", "nobody"), about: "what is unknown is like every other" },
    { ...look(3, "c4", "ann@acme.example"), about: "three of the last four" },
    look(4, "c5", null),
    { ...look(5, "c6", "ann@acme.example"), about: "the run ends" },
    { ...look(6, "c7", "eve@acme.example"), about: "and is suspended, whatever is asked" },
  ],
  holds: {
    names: [
      ["call", "desk-1", "c1"],
      ["call", "desk-1", "c2"],
      ["call", "desk-1", "c5"],
      ARGUMENTS.alone,
      ARGUMENTS.toAnn,
    ],
    rows: {
      session: {
        marks_forgotten: false,
        latest: ms(5),
        sequence: 0,
        budgets: [],
        forgotten: [],
        pending: [looked("c1", 0), looked("c2", 1), looked("c5", 4)],
        approvals: [],
        evidence: [],
        tokens: [],
        attempts: [
          attempt(undefined, true),
          attempt(ARGUMENTS.toAnn, true),
          attempt(ARGUMENTS.alone, false),
          attempt(ARGUMENTS.toAnn, true),
        ],
      },
      run: { latest: ms(5), suspended: true, counters: [] },
    },
  },
};

const forOthers = (step: ReturnType<typeof base.call>, cost?: number) =>
  inTeam(
    step,
    { ledger_key: LEDGER_KEY, ...(cost === undefined ? {} : { cost }) },
    { chain: CHAIN.map((link) => ({ ...link, at: START })) },
  );
const asks = (at: number, id: string, cost: number) => forOthers(base.call(at, id, "ask", {}), cost);
const USD = 1_000_000_000;
const spent: { latest: number; suspended: boolean } = { latest: ms(30), suspended: false };

const delegated: Story = {
  name: "state/delegated",
  about:
    "ledgers of two delegators, one of them of the principal's team; a figure put right in all, a share that is used up",
  contract: `contract "vectors-delegated" version "1.0.0" {
  agent desk { id "desk-*" }
  agent lead { id "lead-*" }
  tool ask() read
  all: allow ask
  cap_agent: budget 10 USD of cost per agent per day
  cap_team: budget 6 calls per team
  delegate from lead to desk { only ask budgets 50% depth 2 }
  delegate from desk to desk { only ask }
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    asks(0, "c1", 1.5),
    { ...forOthers(base.result(20, "c1", { status: "ok", cost: 2 })), about: "the actual figure, in everybody's" },
    asks(30, "c2", 3),
    { ...asks(31, "c3", 0.5), about: "of the lead's ten five are spent by others" },
  ],
  holds: {
    names: [["call", "desk-1", "c2"]],
    rows: {
      session: {
        marks_forgotten: false,
        latest: ms(31),
        sequence: 0,
        budgets: [],
        forgotten: [],
        pending: [
          {
            ...pendingRow("c2", 30, 0),
            turn: null,
            run: null,
            reserved: [3 * USD, USD, -1, -1],
            for: [
              { agent: "lead-1", team: "front", reserved: [3 * USD, USD, 3 * USD, USD] },
              { agent: "desk-2", team: "support", reserved: [3 * USD, -1, -1, -1] },
            ],
          },
        ],
        approvals: [],
        evidence: [],
        tokens: [],
      },
      agent: { ...spent, counters: [[DAY, 5 * USD], null] },
      team: { ...spent, counters: [2 * USD, 0] },
      delegators: [
        {
          agent: {
            ...spent,
            counters: [
              [DAY, 5 * USD],
              [DAY, 5 * USD],
            ],
          },
          team: { ...spent, counters: [2 * USD, 2 * USD] },
        },
        { agent: { ...spent, counters: [[DAY, 5 * USD], null] }, team: null },
      ],
    },
  },
};

export const ledgerStories: readonly Story[] = [windows, loops, delegated];
