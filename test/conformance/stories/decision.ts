/** Every outcome, and every reason that rules or a session give. */
import { KEY, START, type Story, session } from "./story.ts";

const CONTRACT = `contract "vectors-decision" version "1.0.0" {
  agent desk { id "desk-*" }
  fact resource.env: "prod" | "dev"
  tool db.query(sql: Text) read
  tool disk.wipe(name: Text) delete
  tool mail.send(to: Email dest, body: Text) write external
  tool orders.lookup(order_id: Id) read
    returns { order_id: Id, total: Money<USD>, customer: Email }
  tool refund.issue(order_id: Id, amount: Money<USD>, note: Text?) write irreversible

  wipes: allow disk.wipe when resource.env == "dev"
  lookups: allow orders.lookup
  queries: allow db.query with sandbox(replica)
  refunds: allow refund.issue with log_full, timeout(20s)
  mail: allow mail.send
  masking: oblige refund.issue when has note with redact(note, pii)
  writes: oblige db.query when sql contains "update" with sandbox(primary)
  hard_cap: deny refund.issue when amount > 900 USD because "Above 900 USD finance pays." maps "AC-6", ASI02
  evidence: require prior ok orders.lookup for refund.issue matching order_id within 15m
    where args.amount <= prior.result.total
    because "Look this order up first."
  known_to: require grounded to in user, orders.lookup.customer for mail.send
  looked: require prior allowed orders.lookup for mail.send within 1h else warn
  over_500: require approval for refund.issue from role lead (quorum 1, expires 30m)
    when amount > 500 USD and resource.env != "dev"
  per_session: budget 1_000 USD of amount on refund.issue per session
}
`;

const { call, result, say } = session("desk-1", "s-41", KEY);
const prod = { resource: { env: "prod" } };
const lookedUp = { order_id: "A1", total: 900, customer: "ann@mail.example" };
const granted = (at: number) => ({ digest: "{asked}", at: START + at * 1000 });
const people = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ ...granted(0), id: `ap-${i}`, rule: "people", by: `p${i}`, user: true }));

export const decisionStories: readonly Story[] = [
  {
    name: "decision/outcomes",
    about: "one session that meets every outcome and nearly every reason of rules and of sessions",
    contract: CONTRACT,
    session: "s-41",
    key: KEY,
    steps: [
      { ...call(0, "c1", "disk.wipe", { name: "a" }, prod), about: "nothing allows it" },
      {
        ...call(1, "c2", "refund.issue", { order_id: "A1", amount: 901 }, prod),
        about: "the first by name gives the reason",
      },
      { ...call(2, "c3", "refund.issue", { order_id: "A1", amount: 20 }, prod), about: "no lookup yet" },
      { ...call(3, "c4", "mail.send", { to: "ann@mail.example", body: "Hi" }, prod), about: "nobody named her" },
      { ...say(4, "Write to Bob@Mail.example."), about: "a message" },
      { ...call(5, "c5", "mail.send", { to: "bob@mail.example", body: "Hi" }, prod), about: "allowed, with a warning" },
      { ...call(6, "c6", "orders.lookup", { order_id: "A1" }, prod), about: "allowed" },
      { ...result(7, "c6", { status: "ok", value: lookedUp }), about: "its result" },
      { ...call(8, "c7", "refund.issue", { order_id: "A1", amount: 20, note: "x" }, prod), about: "three obligations" },
      {
        ...call(9, "c7", "refund.issue", { amount: 2e1, note: "x", order_id: "A1" }, prod),
        about: "the same call again, and no new reservation",
      },
      { ...call(9, "c7", "refund.issue", { order_id: "A1", amount: 21 }, prod), about: "its id for another call" },
      {
        ...result(10, "c7", { status: "ok", value: null, kept: ["log_full", "timeout"] }),
        about: "redact was not kept",
      },
      { ...result(11, "c7", { status: "ok", value: null }), about: "that call is over" },
      { ...call(12, "c8", "refund.issue", { order_id: "A1", amount: 800 }, prod), about: "a lead is asked" },
      {
        ...call(
          13,
          "c9",
          "refund.issue",
          { order_id: "A1", amount: 800 },
          {
            ...prod,
            context: { approvals: [{ ...granted(12), id: "ap-1", rule: "over_500", by: "lea", roles: ["lead"] }] },
          },
        ),
        about: "and has agreed",
      },
      { ...call(14, "c10", "refund.issue", { order_id: "A1", amount: 200 }, prod), about: "above the budget" },
      { ...call(15, "c11", "db.query", { sql: "select 1" }, prod), about: "one sandbox" },
      { ...call(16, "c12", "db.query", { sql: "update t" }, prod), about: "two sandboxes" },
      { ...call(4, "c13", "orders.lookup", { order_id: "A2" }, prod), about: "a clock that is twelve seconds behind" },
      { ...call(86_417, "c14", "orders.lookup", { order_id: "A3" }, prod), about: "a clock that jumps" },
    ],
    approvalParts: [
      "thc.approval.1",
      "{contract digest}",
      "over_500",
      "desk-1",
      "s-41",
      "{action digest}",
      "hex:0170726f64", // a value that is there, then `prod`: `resource.env`
    ],
  },
  {
    name: "decision/state-full",
    about: "33 approvals of a `once` rule: the 33rd cannot be marked as used any more",
    contract: `contract "vectors-full" version "1.0.0" {
  agent desk { id "desk-*" }
  tool disk.wipe(name: Text) delete
  wipes: allow disk.wipe
  people: require approval for disk.wipe from user (once)
}
`,
    session: "s-41",
    key: KEY,
    steps: [
      call(0, "c1", "disk.wipe", { name: "a" }),
      {
        ...call(1, "c2", "disk.wipe", { name: "a" }, { context: { approvals: people(32) } }),
        about: "32 have agreed, and all of them are used",
      },
      {
        ...call(2, "c3", "disk.wipe", { name: "a" }, { context: { approvals: [...people(33)] } }),
        about: "the 33rd would do, and has no row",
      },
    ],
  },
];
