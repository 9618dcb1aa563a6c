// A state belongs to the contract that wrote it: another version refuses it, whatever changed; the same contract, written otherwise, takes it.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Decision, loadSync, type Runtime } from "@thc/runtime";
import { expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TIME = 1_767_225_600_000;
const RULES = ["ok: allow pay", "few: budget 2 calls on pay per session", "cap: deny pay when amount > 100"];

function runtimeOf(rules: readonly string[], version = "1"): Runtime {
  const text = `contract "c" version "${version}" {\n  agent bot { id "bot" }\n  tool pay(amount: Decimal) write\n${rules.join("\n")}\n}\n`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}
const pay = (runtime: Runtime, id: string, state?: Uint8Array): Decision =>
  runtime.decide(
    {
      event: "call",
      principal: { id: "bot" },
      action: { tool: "pay", args: { amount: 5 } },
      context: { time: TIME, call_id: id },
    },
    state,
  );

test.each([
  ["another limit", RULES.map((rule) => rule.replace("2 calls", "3 calls")), "1"],
  ["a rule more", [...RULES, "b: deny pay when amount < 0"], "1"],
  ["a rule less", RULES.slice(0, 2), "1"],
  ["a rule with another name", RULES.map((rule) => rule.replace("cap:", "top:")), "1"],
  ["nothing but its version", RULES, "2"],
])("a contract with %s refuses the old state, and is told what is wrong with it", (_, rules, version) => {
  const { state } = pay(runtimeOf(RULES), "a");
  const refused = pay(runtimeOf(rules, version), "b", state);
  expect([refused.outcome, refused.reason]).toEqual(["deny", "bad_state"]);
  expect(refused).toMatchObject({ fault: expect.stringContaining("another version") });
  expect(refused.state).toBe(state);
});

test("the same contract takes it, in whatever order it is written, and goes on counting", () => {
  const { state } = pay(runtimeOf(RULES), "a");
  const again = runtimeOf([...RULES].reverse());
  const second = pay(again, "b", state);
  expect(second.outcome).toBe("allow");
  expect(pay(again, "c", second.state).reason).toBe("budget_exceeded");
});
