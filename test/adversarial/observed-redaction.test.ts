// What a rule that is only observed would have done with more findings than can be listed: taken out, and denied as well.
import { check } from "@thc/language";
import { INSPECTORS } from "@thc/stdlib-rules";
import { expect, test } from "vitest";
import { kernelSubject } from "../differential/kernel-subject.ts";
import { referenceSubject } from "../differential/subject.ts";

const TEXT = `contract "notes" version "1.0.0" {
  agent desk { id "desk" }
  tool note(texts: List<Text>) write
  all: allow note
  mail: observe until 2099-01-01 inspect args of note for pii(email) >= low then redact
}`;

test.each([1, 33])("%i findings are reported by the kernel as by the reference", (count) => {
  const { contract } = check({ path: "notes.contract", text: TEXT }, { inspectors: () => INSPECTORS });
  const texts = Array.from({ length: count }, (_, i) => `ann${i}@acme.example`);
  const request = {
    event: "call",
    principal: { id: "desk" },
    action: { tool: "note", args: { texts } },
    context: { time: 1_767_225_600_000, call_id: "c1" },
  };
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const observed = [kernelSubject(), referenceSubject("reference")].map(
    (subject) => subject.compile(contract!).decide(bytes, new Uint8Array(0)).decision.observed,
  );
  const expected = count > 32 ? ["mail would deny, oblige"] : ["mail would oblige"];
  expect(observed).toEqual([expected, expected]);
});
