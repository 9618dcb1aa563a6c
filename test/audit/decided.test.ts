/** From a decision to its record: what is bound, how an answer is spelled as bytes, and that no request can keep a decision out of the log. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Answered, answerBytes, type Decided, decisionInput, statedAnswer } from "@thc/audit";
import { directorySource, readRecords } from "@thc/audit/read";
import { check } from "@thc/language";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MODULE_DIGEST } from "../support/audit/decisions.ts";
import { freshFolder } from "../support/audit/folders.ts";
import { openTestLog, verifyFolder } from "../support/audit/verify.ts";

const ANSWER = {
  outcome: "allow_with_obligations",
  reason: "none",
  rules: ["refunds", "trail"],
  because: [{ rule: "refunds", text: "Look this order up first." }],
  maps: ["ASI02"],
  warnings: ["many"],
  hints: [{ rule: "evidence", tools: ["orders.lookup"] }],
  duplicate: false,
  clockBehind: false,
  enforce: true,
  observed: [{ rule: "cap", would: ["deny", "warn"] }],
  validUntil: 1_767_225_660_000,
  obligations: [{ kind: "log_full" }, { kind: "throttle", count: 20, ms: 3_600_000 }],
  state: Uint8Array.of(2),
} satisfies Answered & { readonly state: Uint8Array };

const APPROVAL = { id: "ap-1", rule: "over_500", digest: "0".repeat(64), by: "alice", roles: ["finance"], at: 1 };
const REQUEST = {
  event: "call",
  principal: { id: "desk-1" },
  action: { tool: "refund.issue", args: { order_id: "A1" } },
  context: { time: 1, call_id: "c", trace_id: "trace-1", approvals: [APPROVAL] },
};
const bytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const decided = (changed: Partial<Decided> = {}): Decided => ({
  contract: { digest: MODULE_DIGEST, name: "desk", version: "1.0.0" },
  request: bytes(REQUEST),
  answer: ANSWER,
  actionDigest: "ab".repeat(32),
  before: Uint8Array.of(1),
  session: "s-1",
  ...changed,
});

describe("a decision as its record binds it", () => {
  test("every member comes from the decision, the request's own bytes or the host", () => {
    expect(decisionInput(decided())).toEqual({
      action: Uint8Array.from(Buffer.from("ab".repeat(32), "hex")),
      agent: "desk-1",
      answer: answerBytes(ANSWER),
      approvals: [{ approver: "alice", id: "ap-1", role: "finance", rule: "over_500" }],
      contract: { digest: MODULE_DIGEST, name: "desk", version: "1.0.0" },
      enforce: true,
      obligations: ["log_full", "throttle(20 per 1h)"],
      observed: [{ rule: "cap", would: ["deny", "warn"] }],
      outcome: "allow_with_obligations",
      reason: null,
      request: bytes(REQUEST),
      rules: ["refunds", "trail"],
      state: { after: Uint8Array.of(2), before: Uint8Array.of(1), session: "s-1" },
      tags: ["ASI02"],
      valid_until: 1_767_225_660_000,
      tool: "refund.issue",
      trace_id: "trace-1",
    });
  });

  test("approvals of a call that is not let through are not said to have been used", () => {
    const answer = { ...ANSWER, outcome: "deny", reason: "denied_by_rule", obligations: [] } as const;
    expect(decisionInput(decided({ answer }))).toMatchObject({ approvals: [], reason: "denied_by_rule" });
  });

  test("a user's approval is said to be one, before roles", () => {
    const approvals = [{ ...APPROVAL, user: true }];
    const { approvals: used } = decisionInput(
      decided({ request: bytes({ ...REQUEST, context: { ...REQUEST.context, approvals } }) }),
    );
    expect(used[0]?.role).toBe("user, finance");
  });

  test("an action digest that is told after an event which was never read is of an earlier one, and not bound", () => {
    const unread = (reason: string) => ({ ...ANSWER, outcome: "deny", reason, obligations: [] }) as const;
    for (const reason of ["too_large", "internal"])
      expect(decisionInput(decided({ answer: unread(reason) })).action).toHaveLength(0);
    expect(decisionInput(decided({ answer: unread("no_allow") })).action).toHaveLength(32);
    expect(decisionInput(decided({ actionDigest: undefined })).action).toHaveLength(0);
  });

  test("no request, whatever its bytes, keeps a decision out of the log", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder, { sidecar: freshFolder() });
    const hostile = [
      "",
      "{",
      "null",
      "[[]]",
      '{"principal":{"id":{"toString":1}},"action":null,"context":{"approvals":{"length":3}}}',
      '{"principal":{"id":"\\ud800"},"action":{"tool":"\\udc00x"},"context":{"trace_id":"\\ud800"}}',
      '{"__proto__":{"principal":{"id":"x"}},"principal":[],"context":"x"}',
      '{"context":{"approvals":[null,1,{"by":{"toString":1},"roles":[{"valueOf":2}],"id":["x"]}]}}',
      JSON.stringify({ principal: { id: "x".repeat(2_000_000) }, action: { tool: '\u0000\n"\\\u2028' } }),
    ].map((text) => Buffer.from(text));
    for (const request of [...hostile, Uint8Array.of(0xff, 0xfe)])
      for (const outcome of ["allow", "deny"] as const)
        log.appendDecisionSync(decisionInput(decided({ request, answer: { ...ANSWER, outcome } })));
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        log.appendDecisionSync(decisionInput(decided({ request: Buffer.from(text) })));
      }),
      { numRuns: 100 },
    );
    await log.close();
    expect(await verifyFolder(folder, { mode: "deep" })).toMatchObject({ ok: true });
  });

  test("a synchronous decision is on the disk when it returns, with its sidecar entry", async () => {
    const [folder, sidecar] = [freshFolder(), freshFolder()];
    const { log } = openTestLog(folder, { sidecar });
    const { seq } = log.appendDecisionSync(decisionInput(decided()));
    expect(readFileSync(join(folder, "segment-000000.jsonl"), "utf8")).toContain(`"_seq":${seq},"action"`);
    expect(readFileSync(join(sidecar, "sidecar-000000.jsonl"), "utf8")).toContain(`{"record":${seq},"action"`);
    await log.close();
    for await (const { kind, body } of readRecords(directorySource(folder)))
      if (kind === "decision") expect(body).toMatchObject({ agent: "desk-1", trace_id: "trace-1" });
  });
});

describe("the answer's bytes", () => {
  test("are the canonical JSON that the format page shows", () => {
    const page = readFileSync(new URL("../../docs/formats/audit-log.md", import.meta.url), "utf8");
    const shown = /```json\n(\{"approvals".*\})\n```/.exec(page)?.[1];
    expect(Buffer.from(answerBytes(ANSWER)).toString()).toBe(shown);
  });

  test("differ when any member of the answer does", () => {
    const approval = {
      rule: "r",
      roles: undefined,
      quorum: 1,
      expires: undefined,
      once: true,
      binds: undefined,
      digest: "00",
    };
    const others: readonly { readonly [K in keyof Answered]?: Answered[K] | undefined }[] = [
      { outcome: "allow" },
      { reason: "no_allow" },
      { rules: ["refunds"] },
      { because: [] },
      { maps: [] },
      { warnings: [] },
      { hints: [] },
      { duplicate: true },
      { clockBehind: true },
      { enforce: false },
      { observed: [] },
      { observed: [{ rule: "cap", would: ["deny"] }] },
      { validUntil: undefined },
      { validUntil: 1 },
      { obligations: [] },
      { obligations: [{ kind: "log_full" }, { kind: "throttle", count: 20, ms: 60_000 }] },
      { fault: "the state is damaged" },
      ...[{}, { roles: ["a"] }, { quorum: 2 }, { expires: 1 }, { once: false }, { digest: "01" }, { rule: "s" }].map(
        (changed) => ({ approvals: [{ ...approval, ...changed }] }),
      ),
    ];
    const digests = [{}, ...others].map((changed) =>
      createHash("sha256")
        .update(answerBytes({ ...ANSWER, ...changed } as Answered))
        .digest("hex"),
    );
    expect(new Set(digests).size).toBe(digests.length);
  });

  test("obligations are spelled as a contract spells them", () => {
    const { obligations } = statedAnswer({
      ...ANSWER,
      obligations: [
        { kind: "log_full" },
        { kind: "signed_receipt" },
        { kind: "snapshot_first" },
        { kind: "sandbox", profile: "strict" },
        { kind: "row_limit", rows: 100 },
        { kind: "timeout", ms: 90_000 },
        { kind: "credential", ms: 900_000 },
        { kind: "throttle", count: 20, ms: 3_600_000 },
        { kind: "redact", field: "result", classes: ["pii", "email"] },
      ],
    });
    expect(obligations).toHaveLength(9);
    const text = obligations.map((obligation, n) => `  o${n}: oblige desk.look with ${obligation}`).join("\n");
    const contract = `contract "desk" version "1.0.0" {
  agent desk { id "desk-*" }
  tool desk.look() read
  look: allow desk.look
${text}
}
`;
    const { diagnostics } = check({ path: "desk.contract", text: contract });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});
