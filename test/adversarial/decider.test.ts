// Requests made to get past the kernel: through memory it has given back, numbers that only overflow, sums that wrap.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Decision, loadSync, type Runtime } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TIME = 1_767_225_600_000;
const HOUR = 3_600_000;

function moduleOf(body: string): Uint8Array {
  const text = `contract "c" version "1.0.0" {\n  agent bot { id "bot" }\n${body}\n}\n`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled.bytes;
}
const runtimeOf = (body: string): Runtime => loadSync(moduleOf(body));
const callText = (tool: string, args: string, context = `"time":${TIME},"call_id":"c","cwd":"/w"`): string =>
  `{"event":"call","principal":{"id":"bot"},"action":{"tool":"${tool}","args":${args}},"context":{${context}}}`;
const said = (d: Decision): string => `${d.outcome} ${d.reason}`;

describe("a relative path in a list that no rule reads", () => {
  const BODY = `
  tool put(files: List<{ path: Path }>, amount: Int?, reason: Text?) write
  ok: allow put
  cap: deny put when has amount and amount > 100
  why: deny put when has reason and reason == "no"`;
  const args = (files: string, amount: string, reason: string): string =>
    callText("put", `{"files":${files},"amount":${amount},"reason":"${reason}"}`);

  test("leaves nothing behind that what follows could overwrite", () => {
    const runtime = runtimeOf(BODY);
    expect(said(runtime.decide(args('[{"path":"a"}]', "5", `\\n${"A".repeat(400)}`)))).toBe("allow none");
    expect(said(runtime.decide(args('[{"path":"a"}]', "500", `\\n${"A".repeat(400)}`)))).toBe("deny denied_by_rule");
  });

  test("does not let a text choose where the kernel writes", () => {
    const module = moduleOf(BODY);
    const kernel = new WebAssembly.Instance(new WebAssembly.Module(module as BufferSource)).exports as unknown as {
      readonly memory: WebAssembly.Memory;
      readonly input: (length: number) => number;
    };
    const input = kernel.input(0);
    const slots = new DataView(kernel.memory.buffer).getUint32(65536 + 48, true);
    // as an address and a length: four bytes of the request, a path that has a canonical form
    const amount = String(BigInt(input + 2) + (4n << 32n));
    const runtime = loadSync(module);
    for (let slot = 20; slot < 28; slot += 1) {
      const entry = new Uint8Array(16);
      new DataView(entry.buffer).setUint32(0, slots + 64 * slot - 12, true);
      if (entry.some((b) => b > 127)) continue;
      for (const before of [64, 128]) {
        const text = [...new Uint8Array(before).fill(65), ...entry, 65];
        const reason = text.map((b) => `\\u${b.toString(16).padStart(4, "0")}`).join("");
        expect(said(runtime.decide(args('[{"path":"a"}]', amount, reason)))).toBe("deny denied_by_rule");
      }
    }
  });

  test("does not matter either when it stands behind the 1,024th element of a list that is read", () => {
    const runtime = runtimeOf(`
  tool put(files: List<{ path: Path }>, reason: Text) write
  ok: allow put when count(files) < 2_000
  why: deny put when reason == "no"`);
    const files = `[${'{"path":"a"},'.repeat(1_100)}{"path":"b"}]`;
    const decision = runtime.decide(callText("put", `{"files":${files},"reason":"\\n${"A".repeat(400)}"}`));
    expect(said(decision)).toBe("deny no_allow");
  });
});

describe("a number whose exponent is longer than its digits", () => {
  const runtime = runtimeOf(`
  tool pay(amount: Decimal) write
  ok: allow pay
  cap: deny pay when amount > 100`);
  const zeros = (n: number): string => "0".repeat(n);

  test.each([
    ["more than any double", `0.${zeros(99_999)}5e1000000`],
    ["more than any double, in twelve digits", `0.${zeros(99_999)}5e100000000000`],
    ["less than any double", `5${zeros(100_000)}e-1000000`],
    ["less than any double, in twelve digits", `5${zeros(100_000)}e-100000000000`],
  ])("is out of range when it is %s", (_, number) => {
    expect(said(runtime.decide(callText("pay", `{"amount":${number}}`)))).toBe("deny number_range");
  });

  test("is what it is when both cancel out", () => {
    expect(said(runtime.decide(callText("pay", `{"amount":0.${zeros(99_999)}5e100000}`)))).toBe("allow none");
    expect(said(runtime.decide(callText("pay", `{"amount":0.${zeros(99_999)}5e100003}`)))).toBe("deny denied_by_rule");
    expect(said(runtime.decide(callText("pay", `{"amount":5${zeros(100_000)}e-100000}`)))).toBe("allow none");
    expect(said(runtime.decide(callText("pay", `{"amount":5${zeros(100_003)}e-100000}`)))).toBe("deny denied_by_rule");
  });
});

test("a budget that only warns ends where its sum could no longer be kept", () => {
  const runtime = runtimeOf(`
  tool pay(amount: Decimal) write
  ok: allow pay
  sum: budget 0.000000001 of amount on pay per session then warn`);
  const answers: string[] = [];
  let state: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < 13; i += 1) {
    const decision = runtime.decide(callText("pay", '{"amount":890000000}', `"time":${TIME},"call_id":"c${i}"`), state);
    state = decision.state;
    answers.push(`${said(decision)} ${decision.warnings.join()}`);
  }
  expect(answers).toEqual([
    ...Array.from({ length: 10 }, () => "allow none sum"),
    ...Array.from({ length: 3 }, () => "deny budget_exceeded "),
  ]);
});

test("an approval that two people gave under one id is used up as long as either of theirs lives", () => {
  const runtime = runtimeOf(`
  tool pay(amount: Decimal) write
  ok: allow pay
  asks: require approval for pay from role lead (once, expires 1h)`);
  let state: Uint8Array = new Uint8Array(0);
  const ask = (id: string, time: number, amount: number, entries: readonly object[]): string => {
    const approvals = JSON.stringify(entries);
    const context = `"time":${time},"call_id":"${id}","approvals":${approvals}`;
    const decision = runtime.decide(callText("pay", `{"amount":${amount}}`, context), state);
    state = decision.state;
    return decision.outcome;
  };
  const digest = (amount: number): string => {
    const decision = runtime.decide(callText("pay", `{"amount":${amount}}`, `"time":${TIME},"call_id":"?"`));
    return decision.outcome === "require_approval" ? decision.approvals[0].digest : "";
  };
  const entry = (id: string, by: string, amount: number, at: number) => {
    return { id, rule: "asks", digest: digest(amount), by, roles: ["lead"], at };
  };
  const shared = [entry("A", "one", 1, TIME), entry("A", "two", 1, TIME + 1_000)];
  expect(ask("first", TIME + 1_000, 1, shared)).toBe("allow");
  expect(ask("again", TIME + 1_000, 1, shared)).toBe("require_approval");
  // the table fills; then time passes until the first entry, and one of the others, have expired
  for (let i = 0; i < 31; i += 1) {
    const at = i === 0 ? TIME : TIME + 1_000;
    expect(ask(`fill ${i}`, TIME + 1_000, 2, [entry(`F${i}`, "one", 2, at)])).toBe("allow");
  }
  expect(ask("next", TIME + HOUR + 500, 2, [entry("G", "one", 2, TIME + 1_000)])).toBe("allow");
  expect(ask("replay", TIME + HOUR + 500, 1, shared)).toBe("require_approval");
});

describe("the digest of an action", () => {
  const runtime = runtimeOf(`
  tool pay(amount: Decimal) write
  ok: allow pay`);
  const sound = callText("pay", '{"amount":5}');

  test.each([
    ["arguments that end in the middle of a list", `${sound.slice(0, sound.indexOf('{"amount"'))}[1,`],
    ["arguments that end in the middle of an object", sound.slice(0, sound.indexOf(":5}"))],
    ["arguments that end in the middle of a text", `${sound.slice(0, sound.indexOf("5}"))}"a`],
    ["an agent nobody declared", sound.replace('"bot"', '"other"')],
    ["arguments that do not fit", sound.replace("5}", '"5"}')],
    [
      "no call",
      `{"event":"message","principal":{"id":"bot"},"context":{"time":1},"message":{"from":"user","text":""}}`,
    ],
  ])("is neither an earlier one nor a trap after %s", (_, request) => {
    expect(said(runtime.decide(sound))).toBe("allow none");
    expect(runtime.actionDigest()).toMatch(/^[0-9a-f]{64}$/);
    runtime.decide(request);
    expect(runtime.actionDigest()).toBeUndefined();
  });
});

test("a record of as many fields as a statement has room for keeps each in its own place", () => {
  const fields = Array.from({ length: 6_501 }, (_, i) => `f${i}: Int?`).join(", ");
  const runtime = runtimeOf(`
  tool put(all: List<{ ${fields} }>) write
  ok: allow put when every x in all (has x.f0 and x.f0 == 1)
  last: deny put when any x in all (has x.f6500 and x.f6500 == 7)`);
  const put = (element: string): string => said(runtime.decide(callText("put", `{"all":[${element}]}`)));
  expect(put('{"f0":1}')).toBe("allow none");
  expect(put('{"f6500":1}')).toBe("deny no_allow");
  expect(put('{"f0":1,"f6500":7}')).toBe("deny denied_by_rule");
});

test("quantifiers nested as deep as brackets go do not stand on the result they read", () => {
  const depth = 64;
  let body = `x${depth - 2} == 2 and x${depth - 1} == 1`;
  for (let i = depth - 1; i >= 0; i -= 1) body = `any x${i} in prior.result.all (${body})`;
  const runtime = runtimeOf(`
  tool look() read returns { all: List<Int> }
  tool act() write
  ok: allow look, act
  seen: require prior ok look for act where ${body}`);
  const context = (id: string): string => `"time":${TIME},"call_id":"${id}"`;
  const looked = runtime.decide(callText("look", "{}", context("1")));
  const result = `{"event":"result","principal":{"id":"bot"},"context":{${context("1")}},"result":{"status":"ok","value":{"all":[1,2]}}}`;
  const after = runtime.decide(result, looked.state);
  expect(said(runtime.decide(callText("act", "{}", context("2")), after.state))).toBe("allow none");
});
