// One instance serves many: names that nothing declares are remembered (runtime/kernel/assembly/names.ts), and that must show in nothing
// but speed. Each request is asked of a new instance, and of one that remembers as many other names as it can.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";

const TEXT = `contract "c" version "1.0.0" {
  agent bot { id "bot" }
  tool go() write
  tool take(a: Int) write open
  ok: allow *
}
`;
const { contract } = check({ path: "c.contract", text: TEXT });
const compiled = compile(contract!, kernelBytes());
if ("error" in compiled) throw new Error(compiled.error);
const { bytes } = compiled;

const group = (before: string, members: readonly string[]): string => `{${[before, ...members].join(",")}}`;
interface Strangers {
  readonly context?: readonly string[];
  readonly principal?: readonly string[];
  readonly args?: readonly string[];
}
const call = ({ context = [], principal = [], args = [] }: Strangers): string =>
  `{"event":"call","principal":${group('"id":"bot"', principal)},"action":{"tool":"take","args":${group('"a":1', args)}},"context":${group('"time":1767225600000,"call_id":"c"', context)}}`;
const numbered = (n: number, letter = "n"): readonly string[] =>
  Array.from({ length: n }, (_, i) => `"${letter}${i}":1`);

function ask(request: string): string {
  const reasons = [0, 1, 2].map((before) => {
    const runtime = loadSync(bytes);
    if (before > 0)
      runtime.decide(call({ context: numbered(8, "q"), principal: numbered(8, "q"), args: numbered(8, "q") }));
    // and once more: what this request itself left behind
    if (before > 1) runtime.decide(request);
    return runtime.decide(request).reason;
  });
  expect(new Set(reasons).size, reasons.join(" or ")).toBe(1);
  return reasons[0]!;
}

describe("names that were met before", () => {
  test("make no room: a request has 1,024 undeclared members open at one place, and not one more", () => {
    for (const where of ["context", "principal", "args"] as const) {
      expect(ask(call({ [where]: numbered(1024) }))).toBe("none");
      for (const n of [1025, 1026, 1027, 1028, 1029]) expect(ask(call({ [where]: numbered(n) }))).toBe("too_large");
      // those of the object around count as well
      const inside = (n: number) => [...numbered(6), `"z":{${numbered(n, "i").join(",")}}`];
      expect(ask(call({ [where]: inside(1017) }))).toBe("none");
      expect(ask(call({ [where]: inside(1018) }))).toBe("too_large");
    }
  });

  test("are found twice at the second name, whatever is missing behind it", () => {
    for (const name of ["n0", "n5", "q0"])
      for (const where of ["context", "principal", "args"] as const) {
        const others = numbered(5, "m");
        expect(ask(call({ [where]: [`"${name}":1`, ...others, `"${name}" 1`] }))).toBe("duplicate_key");
        expect(ask(call({ [where]: [...others, `"${name}":1`, `"${name}":1`] }))).toBe("duplicate_key");
        expect(ask(call({ [where]: [...others, `"${name}" 1`] }))).toBe("bad_json");
      }
    // a declared one is no other
    expect(ask(call({ context: ['"time" 1'] }))).toBe("duplicate_key");
    expect(ask(call({ args: ['"a" 1'] }))).toBe("duplicate_key");
  });

  test("that are too many are found before what is missing behind the last", () => {
    const most = numbered(1024);
    for (const name of ["z", "q0", "a_name_of_fourteen"])
      expect(ask(call({ context: [...most, `"${name}" 1`] }))).toBe("too_large");
    expect(ask(call({ context: [...numbered(1023), '"z" 1'] }))).toBe("bad_json");
  });
});
