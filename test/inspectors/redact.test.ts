// What enforcement hands to the tool and hands on: nothing of what an inspection found, wherever it stood.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { type Decision, enforce, loadSync, redact, type ToolCall } from "@thc/runtime";
import { expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";

const KEY = "AKIAIOSFODNN7EXAMPLE";
const TEXT = `contract "x" version "1" {
  agent bot { id "bot" }
  tool note(text: Text, more: Json?) write returns Json
  all: allow *
  out: inspect args of note for secrets >= high then redact
  back: inspect results of note for secrets >= high then redact
}`;

function open() {
  const { contract } = check({ path: "x", text: TEXT }, LINKED);
  const compiled = compile(contract!, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  let state = new Uint8Array(0);
  const session = {
    load: async () => state,
    save: async (_: Uint8Array, after: Uint8Array) => {
      state = Uint8Array.from(after);
      return true;
    },
  };
  const runtime = loadSync(compiled.bytes);
  let calls = 0;
  const run = (args: ToolCall["action"]["args"], answer: unknown, kept: readonly string[] = ["redact"]) => {
    calls += 1;
    const call = {
      principal: { id: "bot" },
      action: { tool: "note", args },
      context: { time: 1, call_id: `c${calls}` },
    };
    let got: unknown;
    const execute = async (_: unknown, given: unknown) => {
      got = given;
      return { value: answer, kept };
    };
    return enforce(runtime, session, call, execute, () => 1).then((done) => ({ done, got }));
  };
  return { run };
}

test("the tool gets its arguments, and the caller the result, without what was found", async () => {
  const { run } = open();
  const key64 = Buffer.from(KEY).toString("base64");
  const args = { text: `my ${KEY}`, more: { plain: 1, deep: [{ "a/b": key64 }, "x"], [KEY]: true } };
  const { done, got } = await run(args, { rows: ["fine", `${KEY}!`] });
  expect(got).toEqual({ text: "[redacted]", more: { plain: 1, deep: [{ "a/b": "[redacted]" }, "x"] } });
  expect(done).toMatchObject({ kind: "done", value: { rows: ["fine", "[redacted]"] } });
  expect(JSON.stringify(args)).toContain(KEY);
});

test("without anything found nothing is changed; a host that does not redact gets no result", async () => {
  const { run } = open();
  expect(await run({ text: "hello" }, { rows: [] })).toMatchObject({ got: { text: "hello" }, done: { kind: "done" } });
  expect((await run({ text: KEY }, "x", [])).done.kind).toBe("withheld");
});

test("a place that is not there, or is called as members of every object are, harms nothing", () => {
  const finding = (path: string, isName = false) =>
    ({ inspector: "i", class: "c", severity: "high", path, isName, layers: 0 }) as NonNullable<
      Decision["inspected"]
    >["findings"][number];
  const value = JSON.parse('{"__proto__": {"a": "x"}, "b": ["y", "z"], "c~": "w"}');
  const found = [
    finding("/__proto__/a"),
    finding("/b/1"),
    finding("/no/where"),
    finding("/b/7"),
    finding("/c~0", true),
  ];
  expect(JSON.stringify(redact(value, found))).toBe('{"__proto__":{"a":"[redacted]"},"b":["y","[redacted]"]}');
  expect(redact(KEY, [finding("")])).toBe("[redacted]");
});
