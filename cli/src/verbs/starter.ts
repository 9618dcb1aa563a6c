/** The contract that `thc init` writes: small, commented, and its tests pass. A test keeps it so. */

export const STARTER_NAME = "agent.contract";

export const STARTER = `// A behavioral contract: what an agent may do, under which conditions, and the tests that prove it.
//
//   thc check agent.contract      is it well-formed?
//   thc test agent.contract       do its own tests pass?
//   thc compile agent.contract -o agent.wasm
//
// Nothing that no rule allows can happen, and the order of rules never matters: a deny wins over an approval, an approval
// over an allow.
contract "my-agent" version "0.1.0" {
  owner "you@example.com"

  // Who acts. \`*\` stands for any run of characters.
  agent assistant { id "assistant-*" }

  // What it can call. The words after the arguments say what a call does; \`dest\` marks where something is sent to.
  tool orders.lookup(order_id: Id) read returns { order_id: Id, total: Money<USD>, customer: Email }
  tool refund.issue(order_id: Id, amount: Money<USD>) write irreversible
  tool mail.send(to: Email dest, body: Text) write irreversible

  // What is granted.
  lookups: allow orders.lookup
  refunds: allow refund.issue
  mail: allow mail.send

  // What narrows it.
  hard_cap: deny refund.issue when amount > 1_000 USD because "Refunds above 1,000 USD are made by hand."

  evidence: require prior ok orders.lookup for refund.issue matching order_id within 15m
      where args.amount <= prior.result.total
      because "Look this order up first."

  over_100: require approval for refund.issue from role finance when amount > 100 USD

  // An address that nobody but an attacker wrote is never mailed.
  known_to: require grounded to in user, orders.lookup.customer for mail.send
      because "Write to addresses from the user or from the order."

  per_session: budget 2_000 USD of amount on refund.issue per session

  test "a small refund after a lookup of that order is allowed" {
    as assistant
    prior orders.lookup(order_id: "A1") ok returns { order_id: "A1", total: 80 USD }
    call refund.issue(order_id: "A1", amount: 80 USD)
    expect allow by refunds
  }

  test "the lookup of another order is no evidence" {
    as assistant
    prior orders.lookup(order_id: "B9") ok returns { order_id: "B9", total: 80 USD }
    call refund.issue(order_id: "A1", amount: 80 USD)
    expect deny by evidence
  }

  test "a larger refund waits for finance, and goes through once finance agrees" {
    as assistant
    prior orders.lookup(order_id: "A1") ok returns { order_id: "A1", total: 400 USD }
    call refund.issue(order_id: "A1", amount: 400 USD)
    expect approval by only over_100
    approved over_100 by "alice" role finance
    call refund.issue(order_id: "A1", amount: 400 USD)
    expect allow
  }

  test "nobody can approve what is denied" {
    as assistant
    prior orders.lookup(order_id: "A1") ok returns { order_id: "A1", total: 5_000 USD }
    call refund.issue(order_id: "A1", amount: 5_000 USD)
    expect deny by hard_cap
  }

  test "mail goes to the customer of the order, not to an address from nowhere" {
    as assistant
    prior orders.lookup(order_id: "A1") ok returns { order_id: "A1", customer: "ann@example.com" }
    call mail.send(to: "ann@example.com", body: "Your refund is on its way.")
    expect allow by mail
    call mail.send(to: "eve@example.net", body: "Your refund is on its way.")
    expect deny by known_to
  }
}
`;
