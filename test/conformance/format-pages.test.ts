/** The tables of docs/formats say what the sources say: offsets, codes, exports, members. What they mean is in the vectors. */
import { compile } from "@thc/compiler";
import { check, OBLIGATION_KINDS, OUTCOMES, REASONS } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { snippetsOf } from "../docs/snippets.ts";
import { readRoot } from "../house/tree.ts";
import { bareKernel } from "./stories/bare-kernel.ts";

const page = (name: string): string => readRoot(`docs/formats/${name}.md`);
const section = (text: string, title: string): string => text.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
/** Cells of the rows of all tables; a row whose first cell does not match is left out. */
const rows = (text: string, first: RegExp): string[][] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(1, -1)
        .split(" | ")
        .map((cell) => cell.trim()),
    )
    .filter((cells) => first.test(cells[0]!));
const words = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((m) => m[1]!);
const numbers = (source: string, pattern: RegExp): [string, number][] =>
  [...source.matchAll(pattern)].map((m) => [m[1]!, Number(m[2])]);

describe("module.md", () => {
  const header = rows(section(page("module"), "Header"), /^\d+$/);

  test("the header's offsets and names are those of the kernel", () => {
    const named = header.filter(([, name]) => name !== "–").map(([at, name]) => [words(name!)[0]!, Number(at)]);
    const kernel = numbers(readRoot("runtime/kernel/assembly/memory.ts"), /^export const (H_\w+): usize = (\d+);/gm);
    expect(named.sort()).toEqual(kernel.sort());
  });

  test("every entry that the compiler writes is in the table, alone or as the mask of one", () => {
    const own = readRoot("compiler/src/link/layout.ts").split("const head:")[1]!.split("];")[0]!;
    const grounding = readRoot("compiler/src/link/grounding.ts").split("  return [")[1]!.split("];")[0]!;
    const layout = `${own}${grounding}`;
    const written = [...layout.matchAll(/^ {4}\[(\d+), /gm)].map((m) => Number(m[1]));
    const masks = header.flatMap(
      ([, , what]) => /at (\d+) its (?:mask|high half)/.exec(what!)?.slice(1).map(Number) ?? [],
    );
    const listed = [...header.map(([at]) => Number(at)), ...masks].filter((at) => at !== 96); // the digest is bytes
    expect(listed.sort((a, b) => a - b)).toEqual(written.sort((a, b) => a - b));
  });

  test("the compiler's manifest is what the runtime reads, member by member", () => {
    const shape = (path: string, name: string) =>
      readRoot(path)
        .split(`export interface ${name} {`)[1]!
        .split("\n}")[0]!
        .replace(/\/\*\*[\s\S]*?\*\/|\s+/g, "");
    for (const name of ["Manifest", "ManifestRule"]) {
      const compiler = shape("compiler/src/manifest.ts", name).replace(
        "StateRows",
        "{readonlypending:number;readonlyevidence:number;readonlytokens:number;readonlyapprovals:number;readonlyvalues:number;readonlyloop:number;}",
      );
      expect(compiler).toBe(shape("runtime/src/manifest.ts", name));
    }
  });

  test("the example of a manifest has the members of the table, and a real one's", () => {
    const [example] = snippetsOf("docs/formats/module.md").filter((s) => s.language === "json");
    const members = Object.keys(JSON.parse(example!.text));
    expect(rows(section(page("module"), "Manifest"), /^`/).map(([name]) => words(name!)[0])).toEqual(members);
    expect(Object.keys(refunds().manifest)).toEqual(members);
  });
});

describe("decision.md", () => {
  const text = page("decision");
  const coded = (of: string): [number, string][] =>
    rows(of, /^\d+$/).map(([code, name]) => [Number(code), words(name!)[0]!]);

  test("outcomes have the codes of the vocabulary", () => {
    expect(coded(section(text, "Packed integer"))).toEqual([...OUTCOMES.entries()]);
  });
  test("reasons have the codes of the vocabulary, and of the runtime", () => {
    expect(coded(section(text, "Reasons"))).toEqual([...REASONS.entries()]);
    const runtime = /REASONS: readonly Reason\[\] = \[([^\]]*)\]/.exec(readRoot("runtime/src/reasons.ts"))![1]!;
    expect([...runtime.matchAll(/"(\w+)"/g)].map((m) => m[1])).toEqual(REASONS);
  });
  test("effects have the bits of the kernel, and of the runtime", () => {
    const bits = rows(section(text, "Answer region"), /^\d+$/)
      .filter(([, name]) => /^[A-Z]{4,}$/.test(name!))
      .map(([bit, name]) => [name!, Number(bit)]);
    const kernel = numbers(readRoot("runtime/kernel/assembly/answer.ts"), /^export const ([A-Z]+): u32 = (\d+);/gm);
    expect(bits).toEqual(kernel.filter(([name]) => bits.some(([b]) => b === name)));
    expect(bits.length).toBe(16);
    const runtime = numbers(readRoot("runtime/src/answer.ts"), /^const ([A-Z]+) = (\d+);/gm);
    const effects = runtime.filter(([name]) => bits.some(([b]) => b === name));
    expect(effects.length).toBeGreaterThanOrEqual(8);
    expect(bits).toEqual(expect.arrayContaining(effects));
  });
  test("obligations are the kinds of the vocabulary, in their order", () => {
    const kinds = rows(section(text, "As the runtime hands it out").split("Obligations:")[1]!, /^`/);
    expect(kinds.map(([kind]) => words(kind!)[0])).toEqual(OBLIGATION_KINDS);
  });
});

describe("state.md", () => {
  test("faults have the runtime's words", () => {
    const table = rows(section(page("state"), "Faults"), /^\d$/).map(([, , said]) => said);
    const source = /STATE_FAULTS = \[([\s\S]*?)\n\];/.exec(readRoot("runtime/src/reasons.ts"))![1]!;
    expect(["", ...table]).toEqual([...source.matchAll(/^ {2}"(.*)",$/gm)].map((m) => m[1]));
  });
  test("capacities are the manifest's", () => {
    const table = rows(section(page("state"), "Capacities"), /^(pending|used|evidence|tokens|values)/);
    const most = table.map(([, n]) => Number(n!.replace(",", "")));
    const { pending, approvals, evidence, tokens, values } = refunds().manifest.state.rows;
    expect(most).toEqual([pending, approvals, evidence, tokens, values]);
  });
});

describe("abi.md", () => {
  test("the exports are the kernel's", () => {
    const table = rows(section(page("abi"), "Exports"), /^`/).flatMap(([names]) => words(names!));
    expect(table.sort()).toEqual(Object.keys(bareKernel()).sort());
  });
  test("functions take as many numbers as the page says", () => {
    const exports = bareKernel();
    const table = rows(section(page("abi"), "Exports"), /^`/).filter(([, signature]) => signature!.startsWith("("));
    const taken = table.map(([name, signature]) => [
      words(name!)[0]!,
      signature!.split(")")[0]!.split(/[(,]/).filter(Boolean).length,
    ]);
    expect(taken).toEqual(taken.map(([name]) => [name, (exports[name as string] as () => void).length]));
  });
});

describe("request.md", () => {
  test("the members are those that the runtime hands over", () => {
    const source = /const READABLE[^=]*= \{([\s\S]*?)\n\};/.exec(readRoot("runtime/src/decide.ts"))![1]!;
    const groups = source.split(/^ {2}(?=\w+: \[)/m).slice(1);
    const handed = groups.flatMap((group) =>
      [...group.matchAll(/"(\w+)"/g)].map((m) => `${/^\w+/.exec(group)![0]}.${m[1]}`),
    );
    const table = rows(section(page("request"), "Members"), /^`\w+\./).flatMap(([names]) => words(names!));
    expect(table.sort()).toEqual(handed.sort());
  });
  test("the examples pass every check that needs no earlier call", () => {
    const examples = snippetsOf("docs/formats/request.md").filter((s) => s.language === "json");
    const module = refunds();
    expect(examples.map((s) => module.decide(s.text).reason)).toEqual([
      "evidence_missing",
      "unknown_call",
      "none",
      "unknown_call",
    ]);
  });
});

function refunds() {
  const source = { path: "refunds.contract", text: readRoot("test/corpus/contracts/refunds.contract") };
  const compiled = compile(check(source).contract!, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return loadSync(compiled.bytes);
}
