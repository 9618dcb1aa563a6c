/** States with every kind of row; what they hold is written by hand. */
import { xxh64 } from "./bare-kernel.ts";
import { KEY, START, type Step, type Story, session } from "./story.ts";

const { call, result, say } = session("desk-1", "s-41", KEY);
const ms = (at: number) => START + at * 1000;

const evidence: Story = {
  name: "state/evidence",
  about: "evidence rows: keys, a kept number, a kept truth, a kept text, turns, a row that waits for its result",
  contract: `contract "vectors-evidence" version "1.0.0" {
  agent desk { id "desk-*" }
  tool orders.lookup(order_id: Id) read returns { order_id: Id, total: Money<USD>, status: Text }
  tool refund.issue(order_id: Id, amount: Money<USD>, reason: Text) write
  lookups: allow orders.lookup
  refunds: allow refund.issue
  evidence: require prior ok orders.lookup for refund.issue matching order_id within 15m
    where args.amount <= prior.result.total and prior.result.status == "paid" and args.reason != prior.result.status
  never: require no prior allowed refund.issue for refund.issue matching order_id
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "orders.lookup", { order_id: "A1" }, { context: { turn: 1 } }),
    result(1, "c1", { status: "ok", value: { order_id: "A1", total: 900, status: "paid" } }),
    call(2, "c2", "refund.issue", { order_id: "A1", amount: 40, reason: "broken" }, { context: { turn: 2 } }),
    {
      ...call(3, "c3", "refund.issue", { order_id: "A1", amount: 40, reason: "broken" }),
      about: "twice is once too often",
    },
  ],
  holds: {
    names: [
      ["call", "desk-1", "c1"],
      ["call", "desk-1", "c2"],
      ["row text", "A1"],
      ["row text", "paid"],
    ],
    rows: {
      marks_forgotten: false,
      latest: ms(3),
      sequence: 3,
      budgets: [],
      forgotten: [],
      pending: [
        {
          call: "call desk-1:c2",
          action: "{c2}",
          time: ms(2),
          turn: 2,
          tool: 2,
          outcome: 3,
          obligations: [],
          reserved: [],
          echoes: [],
        },
      ],
      approvals: [],
      evidence: [
        {
          rule: 0,
          tool: 1,
          status: "ok",
          sequence: 2,
          made: 1,
          time: ms(1),
          turn: 1,
          call: "call desk-1:c1",
          keys: ["row text:A1"],
          values: [[900, 0], [1, 0], "row text:paid"],
        },
        {
          rule: 2,
          tool: 2,
          status: "pending",
          sequence: 3,
          made: 3,
          time: ms(2),
          turn: 2,
          call: "call desk-1:c2",
          keys: ["row text:A1"],
          values: ["absent", "absent", "absent"],
        },
      ],
      tokens: [],
    },
  },
};

const lists: Story = {
  name: "state/evidence-of-lists",
  about: "evidence with items: a row of a list with two keys and a kept number, elements of an argument, `since last`",
  contract: `contract "vectors-lists" version "1.0.0" {
  agent desk { id "desk-*" }
  tool bills.due(owners: List<Id>) read returns List<{ id: Id, owner: Id, total: Money<USD>? }>
  tool bills.pay(id: Id, owner: Id, amount: Money<USD>) write
  all: allow *
  asked: require prior ok bills.due for bills.pay matching owner in prior.args.owners
  due: require prior ok bills.due for bills.pay matching id = prior.row.id, owner = prior.row.owner since last bills.pay
    where args.amount <= prior.row.total
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "bills.due", { owners: ["O1", "O2"] }),
    result(1, "c1", {
      status: "ok",
      value: [
        { id: "B1", owner: "O1", total: 90 },
        { id: "B2", owner: "O2" },
      ],
    }),
    { ...call(2, "c2", "bills.pay", { id: "B2", owner: "O2", amount: 1 }), about: "no total is known" },
    { ...call(3, "c3", "bills.pay", { id: "B1", owner: "O2", amount: 1 }), about: "two rows are not one" },
    call(4, "c4", "bills.pay", { id: "B1", owner: "O1", amount: 90 }),
    { ...call(5, "c5", "bills.pay", { id: "B1", owner: "O1", amount: 90 }), about: "from before the last payment" },
  ],
  holds: {
    names: [
      ["call", "desk-1", "c1"],
      ["call", "desk-1", "c4"],
      ["row text", "O1"],
      ["row text", "O2"],
      ["row key", ["row text", "B1"], ["row text", "O1"]],
      ["row key", ["row text", "B2"], ["row text", "O2"]],
    ],
    rows: {
      marks_forgotten: false,
      latest: ms(5),
      sequence: 5,
      budgets: [],
      forgotten: [],
      pending: [
        {
          call: "call desk-1:c4",
          action: "{c4}",
          time: ms(4),
          turn: null,
          tool: 2,
          outcome: 3,
          obligations: [],
          reserved: [],
          echoes: [],
        },
      ],
      approvals: [],
      evidence: [
        {
          rule: 1,
          tool: 1,
          status: "ok",
          sequence: 3,
          made: 1,
          rows: "absent",
          time: ms(1),
          turn: null,
          call: "call desk-1:c1",
          keys: [null, null],
          values: [],
        },
        {
          rule: 2,
          tool: 1,
          status: "ok",
          sequence: 4,
          made: 2,
          rows: "known",
          time: ms(1),
          turn: null,
          call: "call desk-1:c1",
          keys: [null, null],
          values: [],
        },
      ],
      tokens: [],
      items: [
        { row: 1, rule: [1, 0], of: 0, key: "row text:O1", values: ["absent"] },
        { row: 1, rule: [1, 0], of: 0, key: "row text:O2", values: ["absent"] },
        { row: 2, rule: [2, 1], of: "rows", key: "row key:row text:B1, row text:O1", values: [[90, 0]] },
        { row: 2, rule: [2, 1], of: "rows", key: "row key:row text:B2, row text:O2", values: ["absent"] },
      ],
      since: [5],
    },
  },
};

const asked = (id: string, by: string) => ({ id, rule: "ask", digest: "{asked}", by, roles: ["lead"], at: ms(1) });

const budget: Story = {
  name: "state/budget-and-approval",
  about: "reservations of two budgets, one released; an approval by two people, used",
  contract: `contract "vectors-budget" version "1.0.0" {
  agent desk { id "desk-*" }
  tool look(id: Id) read
  tool pay(to: Id, amount: Money<USD>) write irreversible
  looks: allow look
  payments: allow pay with log_full
  ask: require approval for pay from role lead (quorum 2, expires 30m, once) when amount > 100 USD
  calls: budget 5 calls on look per session
  spend: budget 1_000.50 USD of amount on pay per session
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "pay", { to: "x", amount: 250.25 }),
    call(
      2,
      "c2",
      "pay",
      { to: "x", amount: 250.25 },
      { context: { approvals: [asked("ap-1", "lea"), asked("ap-2", "leo")] } },
    ),
    call(3, "c3", "pay", { to: "y", amount: 9 }),
    result(4, "c3", { status: "failed", no_effect: true, kept: ["log_full"] }),
    call(5, "c4", "look", { id: "x" }),
  ],
  holds: {
    names: [
      ["call", "desk-1", "c2"],
      ["call", "desk-1", "c4"],
      ["used", 0, "ap-1"],
      ["used", 0, "ap-2"],
    ],
    rows: {
      marks_forgotten: false,
      latest: ms(5),
      sequence: 0,
      budgets: [1_000_000_000, 250_250_000_000],
      forgotten: [],
      pending: [
        {
          call: "call desk-1:c2",
          action: "{c2}",
          time: ms(2),
          turn: null,
          tool: 2,
          outcome: 2,
          obligations: [0],
          reserved: [-1, 250_250_000_000],
          echoes: [],
        },
        {
          call: "call desk-1:c4",
          action: "{c4}",
          time: ms(5),
          turn: null,
          tool: 1,
          outcome: 3,
          obligations: [],
          reserved: [1_000_000_000, -1],
          echoes: [],
        },
      ],
      approvals: [
        { approval: "used 0:ap-1", expires: ms(1) + 1_800_000 },
        { approval: "used 0:ap-2", expires: ms(1) + 1_800_000 },
      ],
      evidence: [],
      tokens: [],
    },
  },
};

const GROUNDING_WORDS = "tell ann mail example 1 200 50 is on its way".split(" ");
const grounding: Story = {
  name: "state/grounding",
  about: "tokens of a message, of results and their texts, planted marks, echoes, a result that is named by the user",
  contract: `contract "vectors-grounding" version "1.0.0" {
  agent desk { id "desk-*" }
  tool mail.send(to: Email dest, amount: Decimal?, body: Text) write
  tool notes.read(name: Id) read returns { text: Text }
  tool orders.lookup(order_id: Id) read returns { order_id: Id, customer: Email }
  look: allow level(read)
  mail: allow mail.send
  amounts: require grounded amount in user for mail.send
  known_to: require grounded to in user, orders.lookup.customer for mail.send
  words: require grounded body in user, notes.read.text contains named by name for mail.send else warn
}
`,
  session: "s-41",
  key: KEY,
  steps: [
    say(0, "Tell Ann@Mail.example: 1,200.50 is on its way!"),
    say(1, "from somebody else, so nothing of it is kept", "stranger"),
    call(2, "c1", "orders.lookup", { order_id: "A1" }),
    result(3, "c1", { status: "ok", value: { order_id: "A1", customer: "Bob@Mail.example" } }),
    { ...call(4, "c2", "notes.read", { name: "its" }), about: "the user said the name" },
    result(5, "c2", { status: "ok", value: { text: "Pay its way" } }),
    { ...call(6, "c3", "notes.read", { name: "other" }), about: "the user did not say the name" },
    result(7, "c3", { status: "ok", value: { text: "Nothing of this is taken" } }),
    call(8, "c4", "mail.send", { to: "bob@mail.example", body: "See eve@evil.example" }),
    { ...call(9, "c5", "orders.lookup", { order_id: "Zed@A.example" }), about: "its argument waits as an echo" },
    { ...call(10, "c6", "notes.read", { name: "its" }), about: "it waits with its name and its words" },
  ],
  holds: {
    names: [
      ...["c4", "c5", "c6"].map((id) => ["call", "desk-1", id]),
      ["echo", 4, "zed@a.example"],
      ["echo", 32, "its"],
      ["echo", 128, "its"],
      ...["tell", "ann@mail.example", "1,200.50", "is", "on", "its", "way"].map((chunk) => ["token", 1, 0, chunk]),
      ["token", 2, 0, "1200.5"],
      ["token", 3, 0, "ann@mail.example"],
      ...GROUNDING_WORDS.map((w) => ["token", 7, 0, w]),
      ["token", 8, 0, ""],
      ["token", 9, 4, "eve@evil.example"],
      ["token", 9, 32, "bob@mail.example"],
      ["token", 9, 32, "see eve@evil.example"],
      ...["bob", "mail", "example", "see", "eve", "evil"].map((w) => ["token", 9, 128, w]),
      ["token", 10, 0, "bob@mail.example"],
      ...["pay", "its", "way"].map((w) => ["token", 11, 1, w]),
      ["token", 12, 1, ""],
    ],
    rows: {
      marks_forgotten: false,
      latest: ms(10),
      sequence: 0,
      budgets: [],
      forgotten: [],
      pending: [
        pendingRow("c4", 8, 1, { named: 0, echoes: [] }),
        pendingRow("c5", 9, 3, { named: 0, echoes: ["echo 4:zed@a.example"] }),
        pendingRow("c6", 10, 2, { named: 1, echoes: ["echo 32:its", "echo 128:its"] }),
      ],
      approvals: [],
      evidence: [],
      tokens: [
        ...["1 0:tell", "1 0:ann@mail.example", "3 0:ann@mail.example", "1 0:1,200.50", "2 0:1200.5"],
        ...["1 0:is", "1 0:on", "1 0:its", "1 0:way"],
        ...GROUNDING_WORDS.map((w) => `7 0:${w}`),
        "8 0:",
        "10 0:bob@mail.example",
        ...["11 1:pay", "11 1:its echoed", "11 1:way", "12 1:"],
        "9 32:bob@mail.example for [1]",
        ...["bob", "mail", "example"].map((w) => `9 128:${w} for [1]`),
        "9 32:see eve@evil.example for [1]",
        ...["see", "eve", "evil"].map((w) => `9 128:${w} for [1]`),
        "9 4:eve@evil.example for [0]",
      ],
    },
  },
};

function pendingRow(id: string, at: number, tool: number, rest: { named: number; echoes: readonly string[] }) {
  const row = { call: `call desk-1:${id}`, action: `{${id}}`, time: ms(at), turn: null, tool, outcome: 3 };
  return { ...row, obligations: [], reserved: [], ...rest };
}

/** A copy of the first step's state, changed. */
const changed =
  (change: (bytes: Uint8Array) => Uint8Array): NonNullable<Step["given"]> =>
  ([first]) =>
    change(Uint8Array.from(first!));
const flipped = (at: number) => changed((b) => b.fill(b[at]! ^ 1, at, at + 1));
const looks = (about: string, given: NonNullable<Step["given"]>, context: object = {}): Step => ({
  ...call(1, "c2", "look", { id: "x" }, { context }),
  given,
  about,
});

const faults: Story = {
  name: "state/faults",
  about: "blobs that are not what this module wrote for this session: each fault once",
  contract: budget.contract,
  session: "s-41",
  key: KEY,
  steps: [
    call(0, "c1", "look", { id: "x" }),
    looks(
      "1: shorter than what every blob has",
      changed((b) => b.subarray(0, 95)),
    ),
    looks("2: another magic", flipped(0)),
    looks("3: another format", flipped(4)),
    looks("4: another contract", flipped(16)),
    looks("5: a budget set back", flipped(80)),
    looks(
      "5: cut in a row",
      changed((b) => b.subarray(0, 120)),
    ),
    looks(
      "6: another session",
      changed((b) => b),
      { session: "s-42" },
    ),
    looks(
      "6: another key",
      changed((b) => b),
      { key: "ff".repeat(16) },
    ),
    looks(
      "7: a row more than there is, under a checksum that fits",
      changed((b) => sealed(b.fill(2, 60, 61))),
    ),
    looks(
      "7: 33 pending rows, alike",
      changed((b) => sealed(b.fill(33, 60, 61))),
    ),
    looks(
      "nothing is wrong with it",
      changed((b) => b),
    ),
  ],
};

/** The blob under a new checksum, as somebody who forges one would write it. */
function sealed(blob: Uint8Array): Uint8Array {
  const view = new DataView(blob.buffer);
  view.setBigUint64(8, xxh64(blob.subarray(16), view.getBigUint64(16, true)), true);
  return blob;
}

export const stateStories: readonly Story[] = [evidence, lists, budget, grounding, faults];
