import { expect, test } from "vitest";
import { allow, budget, contract, fact, optional, T, tool } from "../contracts/build.ts";
import { referenceSession } from "../contracts/reference-session.ts";
import { START } from "../contracts/session.ts";

const echo = tool("echo", { text: T.text, times: optional(T.int) });
const sample = contract([echo], [allow("all", ["*"]), budget("cap", ["*"], "100")], [fact("resource", "n", T.int)]);
const request = (over: object = {}) => ({
  event: "call",
  principal: { id: "bot" },
  action: { tool: "echo", args: { text: "x" } },
  context: { time: START, call_id: "c" },
  ...over,
});
const text = JSON.stringify(request());

test.each([
  ["too_large", `${text}${" ".repeat(1_048_577 - text.length)}`],
  ["bad_json", ""],
  ["bad_json", "[]"],
  ["bad_json", `\ufeff${text}`],
  ["bad_json", `${text}{}`],
  ["bad_json", '{"a":"\\ud800"}'],
  ["bad_json", '{"a":01}'],
  ["bad_json", '{"a":1.}'],
  ["duplicate_key", '{"a":1,"\\u0061":01}'],
  ["number_range", '{"a":9007199254740993,"a":1}'],
  ["number_range", '{"a":1e23}'],
  ["too_deep", `{"a":${"[".repeat(32)}`],
  ["bad_json", `{"a":${"[".repeat(31)}`],
  ["bad_request", "{}"],
  ["bad_request", JSON.stringify(request({ result: { partial: 1 } }))],
  ["bad_request", JSON.stringify(request({ message: "hi" }))],
  ["unknown_agent", JSON.stringify(request({ principal: { id: "bots" } }))],
  ["unknown_tool", JSON.stringify(request({ action: { tool: "Echo" } }))],
  ["bad_arguments", JSON.stringify(request({ action: { tool: "echo", args: null } }))],
  ["bad_arguments", JSON.stringify(request({ action: { tool: "echo", args: { text: "x", more: 1 } } }))],
  ["bad_arguments", JSON.stringify(request({ action: { tool: "echo", args: { text: "x", times: 1.5 } } }))],
  ["bad_facts", JSON.stringify(request({ resource: { n: "1" } }))],
  ["none", text],
  ["none", text.replace('"x"', '"\\ud83d\\ude00"')],
  ["none", JSON.stringify(request({ action: { tool: "echo", args: { text: "x", times: null } } }))],
])("the first failing check is the reason: %s", (reason, sent) => {
  const bytes = new TextEncoder().encode(sent);
  expect(referenceSession(sample).send(bytes).reason).toBe(reason);
});

test("bytes that are not UTF-8 are refused before they are read as JSON", () => {
  const bytes = new TextEncoder().encode(text);
  bytes[0] = 0xc0;
  expect(referenceSession(sample).send(bytes).reason).toBe("bad_utf8");
});

test("a call id that is still open answers again, and only for the same action", () => {
  const s = referenceSession(sample);
  expect(s.call("echo", { text: "x" }, { id: "c" })).toMatchObject({ outcome: "allow", duplicate: false });
  expect(s.call("echo", { text: "x" }, { id: "c" })).toMatchObject({ outcome: "allow", duplicate: true, rules: [] });
  expect(s.call("echo", { text: "y" }, { id: "c" }).reason).toBe("call_id_reused");
  expect(s.result("done").reason).toBe("none");
  expect(s.result("done").reason).toBe("unknown_call");
});

test("a day ahead is a jump, a clock behind is flagged", () => {
  const s = referenceSession(sample);
  s.call("echo", { text: "x" });
  s.wait(86_400_001);
  expect(s.call("echo", { text: "x" }).reason).toBe("clock_jump");
  s.wait(-86_400_001 - 5_000);
  expect(s.call("echo", { text: "x" })).toMatchObject({ outcome: "allow", clockBehind: false });
  s.wait(-1);
  expect(s.call("echo", { text: "x" })).toMatchObject({ outcome: "allow", clockBehind: true });
});

test("an obligation that was not kept withholds the result", () => {
  const logged = allow("all", ["*"], { obligations: [{ kind: "log_full" }] });
  const s = referenceSession(contract([echo], [logged, budget("cap", ["*"], "9")]));
  s.call("echo", { text: "x" });
  expect(s.result("done", { kept: [] }).reason).toBe("obligation_not_kept");
  s.call("echo", { text: "x" });
  expect(s.result("done", { kept: ["log_full"] }).reason).toBe("none");
});
