/** `thc diff` as a process: what was written otherwise, and which requests come out otherwise, what is newly possible first. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const folder = temporaryFolder();
const run = (...args: readonly string[]) => thc(folder, args);

writeFileSync(join(folder, "old.contract"), GOOD);
const changed = (from: string | RegExp, to: string): string => {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  writeFileSync(join(folder, "new.contract"), text);
  return "new.contract";
};

test("the same contract: nothing is different, exit 0", () => {
  mkdirSync(join(folder, "same"), { recursive: true });
  writeFileSync(join(folder, "same", "x.contract"), `// only a comment more\n${GOOD}`);
  const { exit, out } = run("diff", "old.contract", "same", "--stories", "2000");
  expect({ exit, out }).toMatchObject({ exit: 0, out: expect.stringContaining("statements: none changed") });
  expect(out).toContain("none of 2,000 made-up stories comes out otherwise");
});

test("a cap that rises: the rule is shown, and a newly allowed call as witness", () => {
  const now = changed(/deny refund\.issue when amount > [\d_]+ USD/, "deny refund.issue when amount > 9_000 USD");
  const { exit, out } = run("diff", "old.contract", now);
  expect(exit).toBe(1);
  expect(out).toMatch(/^ {2}- hard_cap: .*\n {2}\+ hard_cap: .*9_000 USD/m);
  expect(out).toMatch(/before: deny by .*`hard_cap`/);
  const { changes } = JSON.parse(run("diff", "old.contract", now, "--json").out);
  expect(changes.length).toBeGreaterThan(0);
  expect(changes[0].witness.events.at(-1)).toMatchObject({ kind: "call", tool: "refund.issue" });
});

test("a needed earlier call that is no longer needed is newly allowed, and stands first", () => {
  const now = changed(/ {2}evidence: [\s\S]*?\n(?= {2}\w)/, "");
  const { out } = run("diff", "old.contract", now, "--json");
  const { changes, statements } = JSON.parse(out);
  expect(statements).toMatchObject([{ change: "removed", kind: "rule", name: "evidence" }]);
  expect(changes[0].direction).toBe("newly_allowed");
});

test("who asks, with what scopes and at what cost, is told too: each of these changes is found", () => {
  const text = `contract "costs" version "1.0.0" {
  agent helper { id "helper-*" team "support" }
  agent boss { id "boss-*" }
  tool page.read(url: Url) read
  tool mail.send(to: Email) write
  reads: allow page.read
  mails: allow mail.send when has principal.roles and "mailer" in principal.roles
  dear: budget 5 USD of cost on page.read per run per day
  slow: budget 20m of elapsed per team
  many: budget 2 calls on page.read per team
  scoped: require scope "mail:write" for mail.send
  later: deny mail.send when has context.origin and context.origin == "web"
}
`;
  writeFileSync(join(folder, "costs.contract"), text);
  const found = (from: string, to: string): readonly string[] => {
    expect(text).toContain(from);
    writeFileSync(join(folder, "others.contract"), text.replace(from, to));
    const { changes } = JSON.parse(run("diff", "costs.contract", "others.contract", "--json", "--stories", "5000").out);
    return changes.map((change: { direction: string; tool: string }) => `${change.direction} ${change.tool}`);
  };
  expect(found("5 USD", "9 USD")).toContain("newly_allowed page.read");
  expect(found("20m", "2m")).toContain("newly_denied page.read");
  expect(found("2 calls on page.read per team", "1 calls on page.read per agent")).toContain("newly_denied page.read");
  expect(found('"mailer"', '"sender"')).toContain("newly_allowed mail.send");
  expect(found("mail:write", "mail:read")).toContain("newly_allowed mail.send");
  expect(found('"web"', '"chat"')).toContain("newly_allowed mail.send");
});

test("what counts is found where much must happen first, whatever each call needs before it", () => {
  const text = `contract "many" version "1.0.0" {
  agent desk { id "desk-*" }
  tool orders.lookup(order_id: Id) read returns { order_id: Id, total: Money<USD> }
  tool refund.issue(order_id: Id, amount: Money<USD>) write
  looks: allow orders.lookup
  refunds: allow refund.issue
  cap: deny refund.issue when amount > 500 USD or amount <= 0 USD
  evidence: require prior ok orders.lookup for refund.issue matching order_id where args.amount <= prior.result.total
  per_case: budget 2_000 USD of amount on refund.issue per session
  volume: budget 30 calls on orders.lookup per session
}
`;
  writeFileSync(join(folder, "many.contract"), text);
  const first = (from: string, to: string) => {
    expect(text).toContain(from);
    writeFileSync(join(folder, "more.contract"), text.replace(from, to));
    return JSON.parse(run("diff", "many.contract", "more.contract", "--json").out).changes[0];
  };
  const dearer = first("2_000 USD", "3_000 USD");
  expect(dearer).toMatchObject({ direction: "newly_allowed", tool: "refund.issue", before: { rules: ["per_case"] } });
  const more = first("30 calls", "40 calls");
  expect(more).toMatchObject({ direction: "newly_allowed", tool: "orders.lookup", before: { rules: ["volume"] } });
  // no call too many: each of those before it was needed
  expect(more.witness.events).toHaveLength(31);
});

test("a loop over many denials is reached", () => {
  const held = (count: number) => `contract "held" version "1.0.0" {
  agent desk { id "desk-*" }
  tool look(id: Id) read
  tool wipe(id: Id) delete
  looks: allow look
  wipes: allow wipe
  never: deny wipe when id != "A1"
  held: loop denied call ${count} in 40 calls then suspend run
}
`;
  writeFileSync(join(folder, "held.contract"), held(20));
  writeFileSync(join(folder, "longer.contract"), held(25));
  const { changes } = JSON.parse(run("diff", "held.contract", "longer.contract", "--json").out);
  expect(changes[0]).toMatchObject({ direction: "newly_allowed", before: { reason: "suspended" } });
});

test("recorded runs are decided by both", () => {
  const now = changed(/deny refund\.issue when amount > [\d_]+ USD/, "deny refund.issue when amount >= 0 USD");
  const call = (i: number, amount: number) => ({
    i,
    turn: i,
    fn: i === 0 ? "orders.lookup" : "refund.issue",
    args: i === 0 ? { order_id: "A1" } : { order_id: "A1", amount },
    out: i === 0 ? { order_id: "A1", total: 100 } : "done",
    err: null,
  });
  const runs = [5, 7].map((amount, n) =>
    JSON.stringify({ id: `run-${n}`, kind: "benign", prompt: "refund A1", calls: [call(0, 0), call(1, amount)] }),
  );
  writeFileSync(join(folder, "runs.jsonl"), `${runs.join("\n")}\n`);
  const { exit, out } = run("diff", "old.contract", now, "--trace", "runs.jsonl", "--stories", "0");
  expect(exit).toBe(1);
  expect(out).toContain("recorded: 2 of 2 runs of runs.jsonl come out otherwise");
  expect(out).toMatch(/newly denied: `refund.issue` \(2 runs\), before let through, after by `hard_cap`/);
});

test("what cannot be compared says why", () => {
  expect(run("diff", "old.contract").exit).toBe(2);
  expect(run("diff", "old.contract", "gone.contract").exit).toBe(4);
  writeFileSync(join(folder, "bad.contract"), "contract");
  expect(run("diff", "old.contract", "bad.contract").exit).toBe(3);
});
