/** `thc` as a process: eval, explain, inspect, verify, and what each says about bad input. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { BAD, callRequest, GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const folder = temporaryFolder();
const run = (...args: string[]) => thc(folder, args);
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

beforeAll(() => {
  write("good.contract", GOOD);
  write("bad.contract", BAD);
  write("lookup.json", callRequest("orders.lookup", { order_id: "A1" }));
  write("refund.json", callRequest("refund.issue", { order_id: "A1", amount: 80 }));
  expect(run("compile", "good.contract", "-o", "good.wasm").exit).toBe(0);
});

describe("eval", () => {
  test.each(["good.contract", "good.wasm", "."])("decides with %s: an allow is fine", (subject) => {
    if (subject === ".") return expect(run("eval", subject, "--request", "lookup.json").exit).toBe(4);
    expect(run("eval", subject, "--request", "lookup.json")).toMatchObject({
      exit: 0,
      out: expect.stringContaining("allow"),
    });
  });

  test("a denial is a finding, with reason, rule and the author's words", () => {
    const { exit, out } = run("eval", "good.wasm", "--request", "refund.json");
    expect(exit).toBe(1);
    for (const words of ["deny", "evidence_missing", "`evidence`", "Look this order up first.", "orders.lookup"])
      expect(out).toContain(words);
  });

  test("a request comes from standard input too, and the decision as JSON", () => {
    const { exit, out } = thc(
      folder,
      ["eval", "good.wasm", "--request", "-", "--json"],
      callRequest("orders.lookup", { order_id: "A1" }),
    );
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toEqual({
      outcome: "allow",
      reason: "none",
      rules: ["lookups"],
      because: [],
      maps: [],
      suggestions: [],
      warnings: [],
      hints: [],
      duplicate: false,
      enforce: true,
      observed: [],
      clockBehind: false,
      unfit: false,
      levels: ["read"],
      risk: "read",
      labels: [],
    });
  });

  test("state goes in and out of files: evidence of one call counts in the next", () => {
    const result = {
      event: "result",
      principal: { id: "desk-1" },
      context: { time: 1_767_225_601_000, call_id: "c1", session: "s1" },
    };
    write("result.json", JSON.stringify({ ...result, result: { status: "ok", value: { order_id: "A1", total: 90 } } }));
    write(
      "second.json",
      callRequest("refund.issue", { order_id: "A1", amount: 800 }, { call_id: "c2", time: 1_767_225_602_000 }),
    );
    expect(run("eval", "good.wasm", "--request", "lookup.json", "--state-out", "s.bin").exit).toBe(0);
    expect(run("eval", "good.wasm", "--request", "result.json", "--state", "s.bin", "--state-out", "s.bin").exit).toBe(
      0,
    );
    const { exit, out } = run("eval", "good.wasm", "--request", "second.json", "--state", "s.bin");
    expect(exit).toBe(1);
    expect(out).toContain("require_approval");
    const digest = /`over_500` asks a `finance`, once \(digest ([0-9a-f]{64})\)/.exec(out)?.[1];

    // What is printed is all that an approval needs.
    const approvals = [{ id: "ap-1", rule: "over_500", digest, by: "ann", roles: ["finance"], at: 1_767_225_602_000 }];
    write(
      "third.json",
      callRequest(
        "refund.issue",
        { order_id: "A1", amount: 800 },
        { call_id: "c2", time: 1_767_225_603_000, approvals },
      ),
    );
    expect(run("eval", "good.wasm", "--request", "third.json", "--state", "s.bin").exit).toBe(0);
  });

  test("a result that does not fit what its tool returns is let through, and said to be no evidence", () => {
    const result = (value: unknown) =>
      write(
        "result.json",
        JSON.stringify({
          event: "result",
          principal: { id: "desk-1" },
          context: { time: 1_767_225_601_000, call_id: "c1", session: "s1" },
          result: { status: "ok", value },
        }),
      );
    run("eval", "good.wasm", "--request", "lookup.json", "--state-out", "s.bin");
    const told = (...more: string[]) =>
      run("eval", "good.wasm", "--request", "result.json", "--state", "s.bin", ...more);
    result({ order_id: "A1" });
    expect(JSON.parse(told("--json").out)).toMatchObject({ outcome: "allow", unfit: true });
    expect(told().out).toContain(
      "the result does not fit what its tool returns: it is no evidence and grounds nothing",
    );
    result({ order_id: "A1", total: 90 });
    expect(JSON.parse(told("--json").out)).toMatchObject({ outcome: "allow", unfit: false });
  });

  test("whoever approves is told where an approval binds less than the whole call", () => {
    const pay = (options: string) => `contract "b" version "1" {
  agent desk { id "desk-*" }
  tool pay(order_id: Id, amount: Int, note: Text?) write
  pays: allow pay
  ask: require approval for pay from role finance${options} when amount > 5
}`;
    write("pay.json", callRequest("pay", { order_id: "A1", amount: 7 }));
    const asked = (options: string) => {
      write("pay.contract", pay(options));
      const [{ binds, digest }] = JSON.parse(
        run("eval", "pay.contract", "--request", "pay.json", "--json").out,
      ).approvals;
      return { binds, said: run("eval", "pay.contract", "--request", "pay.json").out.replaceAll(digest, "…") };
    };
    expect(asked(" (binds(order_id, amount))")).toEqual({
      binds: ["amount", "order_id"],
      said: expect.stringContaining(
        "`ask` asks a `finance`, for `amount`, `order_id` whatever else the call says (digest …)",
      ),
    });
    expect(asked("")).toEqual({ binds: undefined, said: expect.stringContaining("`ask` asks a `finance` (digest …)") });
  });

  test.each([
    ["no JSON", "{", "bad_json"],
    ["a list", "[]", "bad_json"],
    ["empty", "", "bad_json"],
    ["a duplicate key", '{"event":"call","event":"call"}', "duplicate_key"],
    ["a number out of range", '{"event":"call","x":1e400}', "number_range"],
    ["invalid UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "bad_utf8"],
    ["too deep", `{"x":${"[".repeat(64)}${"]".repeat(64)}}`, "too_deep"],
    ["too large", `{"x":"${"a".repeat(1_100_000)}"}`, "too_large"],
    ["no principal", '{"event":"call"}', "bad_request"],
    ["an unknown agent", callRequest("orders.lookup", {}).replace("desk-1", "other"), "unknown_agent"],
    ["an unknown tool", callRequest("orders.drop", {}), "unknown_tool"],
    ["arguments off their types", callRequest("orders.lookup", { order_id: 7 }), "bad_arguments"],
  ])("a request with %s is denied with its own reason", (_name, request, reason) => {
    write("odd.json", request);
    const { exit, out } = run("eval", "good.wasm", "--request", "odd.json", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ outcome: "deny", reason });
  });

  test.each([
    [callRequest("refund.issue", { order_id: "A1", amuont: 80 }), "`amuont` is not declared: did you mean `amount`?"],
    [callRequest("refund.issue", { order_id: "A1" }), "`amount` is missing: a number, of USD"],
    [callRequest("refund.issue", { order_id: null, amount: 8 }), "`order_id` is null, and should be a string"],
    [
      callRequest("refund.issue", { order_id: "A1", amount: "80" }),
      "`amount` is a string, and should be a number, of USD",
    ],
    [callRequest("refund.issue", {}, { time: undefined }), "`context.time` is missing"],
    [callRequest("refund.issue", {}, { call_id: 1 }), "`context.call_id` is a number, and should be a string"],
    ['{"event":"calls"}', '`event` is `"call"`'],
  ])("%s: where it does not fit", (request, words) => {
    write("odd.json", request);
    expect(run("eval", "good.contract", "--request", "odd.json").out).toContain(words);
  });

  test("with the contract at hand: what the tool is, how long evidence holds, where a value may come from", () => {
    const { out } = run("explain", "good.contract", "--request", "refund.json");
    expect(out).toContain("risk destructive, irreversible");
    expect(out).toContain("with the same `order_id`, at most 15m ago");
    write(
      "mail.contract",
      `contract "m" version "1" {
  agent desk { id "desk-*" }
  tool slot.list(day: Text) read returns List<{ slot_id: Id, to: Email }>
  tool book(slot_id: Id, to: Email dest) write
  all: allow *
  listed: require prior ok slot.list for book matching slot_id = prior.row.slot_id where prior.args.day == "mon"
  known: require grounded to in user, slot.list.to for book
}
`,
    );
    write("book.json", callRequest("book", { slot_id: "s", to: "a@acme.example" }));
    const booked = run("explain", "mail.contract", "--request", "book.json").out;
    expect(booked).toContain("external where `to` lies outside");
    expect(booked).toContain("`known` wants `to` from the user or `slot.list.to`");
    expect(booked).toContain("whose `prior.row.slot_id` is this call's `slot_id`, such that its `where` is true");
  });

  test("a damaged state is denied with its own reason", () => {
    write("junk.bin", "not a state");
    const { exit, out } = run("eval", "good.wasm", "--request", "lookup.json", "--state", "junk.bin", "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ outcome: "deny", reason: "bad_state" });
  });

  test("an invalid contract decides nothing: exit 3", () => {
    expect(run("eval", "bad.contract", "--request", "lookup.json")).toMatchObject({ exit: 3, out: "" });
  });

  test("a request that is not there: exit 4", () => {
    expect(run("eval", "good.wasm", "--request", "none.json")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("none.json"),
    });
  });
});

describe("a damaged module is refused with a message that names what is wrong", () => {
  const damaged: readonly (readonly [string, (bytes: Buffer) => Uint8Array])[] = [
    ["cut short", (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ["empty", () => new Uint8Array(0)],
    ["text", () => Buffer.from("hello")],
    ["one bit turned in its middle", (bytes) => turn(bytes, bytes.length >> 1)],
    ["one bit turned near its end", (bytes) => turn(bytes, bytes.length - 40)],
    ["something behind its end", (bytes) => Buffer.concat([bytes, Buffer.from([0, 1, 0])])],
    ["the kernel alone", () => readFileSync(new URL("../../cli/dist/kernel.wasm", import.meta.url))],
  ];
  const turn = (bytes: Buffer, at: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at]! ^= 0x10;
    return copy;
  };

  test.each(damaged)("%s", (_name, damage) => {
    write("damaged.wasm", damage(readFileSync(join(folder, "good.wasm"))));
    for (const args of [
      ["eval", "damaged.wasm", "--request", "lookup.json"],
      ["inspect", "damaged.wasm"],
    ]) {
      const { exit, out, err } = run(...args);
      expect({ exit, out }).toEqual({ exit: 4, out: "" });
      expect(err).toMatch(/`damaged\.wasm` is refused: \S+/);
    }
    const verified = run("verify", "damaged.wasm");
    expect(verified.exit).not.toBe(0);
    expect(verified.exit).not.toBe(70);
  });
});

describe("explain", () => {
  test("says which rules decided, which took part, and what their conditions were", () => {
    write("large.json", callRequest("refund.issue", { order_id: "A1", amount: 5_000 }));
    const { exit, out } = run("explain", "good.contract", "--request", "large.json");
    expect(exit).toBe(0);
    for (const words of ["what decided", "hard_cap", "amount > 1000 USD", "true"]) expect(out).toContain(words);
  });

  test("no rule took part in what was refused before any rule, answered before, or is no call", () => {
    write("typed.json", callRequest("refund.issue", { order_id: "A1", amount: "80" }));
    write(
      "reported.json",
      '{"event":"result","principal":{"id":"desk-1"},"context":{"time":1767225601000,"call_id":"c1","session":"s1"},"result":{"status":"ok"}}',
    );
    expect(run("eval", "good.wasm", "--request", "lookup.json", "--state-out", "once.bin").exit).toBe(0);
    for (const [request, words] of [
      ["typed.json", "bad_arguments"],
      ["lookup.json", "answered before"],
      ["reported.json", "allow"],
    ] as const) {
      const { out } = run("explain", "good.wasm", "--request", request, "--state", "once.bin");
      expect(out).toContain(words);
      expect(out).not.toContain("took part");
    }
  });

  test("as JSON", () => {
    const { explanation } = JSON.parse(run("explain", "good.wasm", "--request", "refund.json", "--json").out);
    expect(explanation.rules.map(({ rule }: { rule: string }) => rule)).toContain("evidence");
  });
});

describe("inspect and verify", () => {
  test("inspect prints what a module says about itself", () => {
    const { exit, out } = run("inspect", "good.wasm");
    expect(exit).toBe(0);
    for (const words of ["desk", "1.0.0", "log_full"]) expect(out).toContain(words);
    expect(JSON.parse(run("inspect", "good.wasm", "--json").out)).toMatchObject({
      contract: { name: "desk", version: "1.0.0" },
    });
  });

  test("verify finds an untouched module in order", () => {
    const { exit, out } = run("verify", "good.wasm");
    expect({ exit, failed: out.includes("FAILED") }).toEqual({ exit: 0, failed: false });
    expect(out).toContain("kernel");
  });
});
