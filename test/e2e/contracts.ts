/** Contracts and requests that the process tests share. */

export const GOOD = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }

  tool orders.lookup(order_id: Id) read
    returns { order_id: Id, total: Money<USD> }
  tool refund.issue(order_id: Id, amount: Money<USD>) write irreversible

  lookups: allow orders.lookup
  refunds: allow refund.issue with log_full
  hard_cap: deny refund.issue when amount > 1_000 USD
    because "Too much for a machine."
  evidence: require prior ok orders.lookup for refund.issue matching order_id within 15m
    because "Look this order up first."
  over_500: require approval for refund.issue from role finance when amount > 500 USD

  test "a small refund after a lookup" {
    as desk
    prior orders.lookup(order_id: "A1") ok
    call refund.issue(order_id: "A1", amount: 80 USD)
    expect allow by refunds with log_full
  }
}
`;

/** Three mistakes in three statements. */
export const BAD = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }
  tool orders.lookup(order_id: Id) read
  tool refund.issue(order_id: Id, amount: Money<USD>) write
  lookups: allow orders.lookpu
  refunds: allow refund.issue when amuont > 1
  other: deny refund.issue when amount > 5 EUR
}
`;

/** The same contract with a test that does not hold. */
export const FAILING = GOOD.replace(/\}\s*$/, "").concat(`
  test "a large refund needs nobody" {
    as desk
    prior orders.lookup(order_id: "A1") ok
    call refund.issue(order_id: "A1", amount: 800 USD)
    expect allow by refunds
  }
}
`);

export function callRequest(tool: string, args: object, more: object = {}): string {
  return JSON.stringify({
    event: "call",
    principal: { id: "desk-1" },
    action: { tool, args },
    context: { time: 1_767_225_600_000, call_id: "c1", session: "s1", ...more },
  });
}
