// Rulesets: what of them a contract gets, under what name, and where a diagnostic about one of them points.
import { type CheckOptions, check, format, renderDiagnostic } from "@thc/language";
import { describe, expect, test } from "vitest";

const SHARED = `ruleset "acme/files" version "3" {
  let keys = paths ["**/*.key"]
  labels held
  fact resource.env: "prod" | "dev"
  no_keys: deny * when any p in action.paths (p matches keys)
  kept: deny level(delete) when resource.env == "prod"
  marked: require that not (session has held) for risk >= critical else deny, label held
  given agent bot { id "bot" }
  given tool a(path: Path) read
  given tool drop(path: Path) delete irreversible
  given all: allow *
  test "a key stays" {
    as bot
    call a(path: "/x/server.key")
    expect deny by no_keys
  }
}
`;
const options = (texts: Readonly<Record<string, string>>): CheckOptions => ({
  rulesets: (name) => {
    const text = texts[name];
    return text === undefined
      ? { ok: false, message: `no ${name}` }
      : { ok: true, source: { path: `${name}.txt`, text } };
  },
});
const AGENT = `  agent bot { id "bot" }\n`;
const contract = (body: string): string => `contract "c" version "1" {\n${AGENT}${body}\n}\n`;
const checked = (text: string, texts: Readonly<Record<string, string>> = { files: SHARED }) =>
  check({ path: "c.contract", text }, options(texts));
const codes = (text: string, texts?: Readonly<Record<string, string>>) =>
  checked(text, texts).diagnostics.map((d) => d.code);

const USES = contract(
  `  use "files"\n  tool a(path: Path) read\n  tool drop(path: Path) delete irreversible\n  all: allow *`,
);

test("a ruleset is checked and tested by itself, in the world that is given", () => {
  const { contract: alone, isRuleset, diagnostics } = check({ path: "files.contract", text: SHARED });
  expect(diagnostics).toEqual([]);
  expect(isRuleset).toBe(true);
  expect(alone?.rules.map((rule) => rule.name)).toEqual(["all", "kept", "marked", "no_keys"]);
  expect(alone?.tests.map(({ name }) => name)).toEqual(["a key stays"]);
});

test("its rules, lets and labels are called after it; its facts are the host's; given and tests stay at home", () => {
  const { contract: used, diagnostics, isRuleset } = checked(USES);
  expect(diagnostics).toEqual([]);
  expect(isRuleset).toBe(false);
  expect(used?.rules.map((rule) => rule.name)).toEqual(["all", "files.kept", "files.marked", "files.no_keys"]);
  expect(used?.labels.map((label) => label.name)).toEqual(["files.held", "untrusted"]);
  expect(used?.facts.map((fact) => fact.path)).toEqual(["resource.env"]);
  expect(used?.tools.map((tool) => tool.name)).toEqual(["a", "drop"]);
  expect(used?.tests).toEqual([]);
  expect(used?.rulesets).toEqual([{ name: "acme/files", version: "3", alias: "files" }]);
});

test("nothing of it collides with the contract's own names", () => {
  const own = `  let keys = words ["x"]\n  labels held\n  fact resource.env: "prod" | "dev" | "lab"\n  no_keys: deny a when path.name in keys\n  b: flow held into a then deny\n  tool c(x: Text) read gives trusted, held\n`;
  const { contract: used, diagnostics } = checked(USES.replace("  all:", `${own}  all:`));
  expect(diagnostics).toEqual([]);
  expect(used?.rules.map((rule) => rule.name)).toEqual([
    "all",
    "b",
    "files.kept",
    "files.marked",
    "files.no_keys",
    "no_keys",
  ]);
  expect(used?.facts[0]?.type).toEqual({ kind: "literals", values: ["prod", "dev", "lab"] });
});

test("a kind of call that the contract has none of needs no rule; a tool that is not there is an error", () => {
  const reads = contract(`  use "files"\n  tool a(path: Path) read\n  all: allow *`);
  expect(checked(reads).contract?.rules.map((rule) => rule.name)).toEqual(["all", "files.no_keys"]);
  const named = SHARED.replace("deny level(delete)", "deny drop");
  expect(codes(reads, { files: named })).toEqual(["THC2001"]);
});

test("whatever is wrong in it is shown in its own text", () => {
  const source = { path: "c.contract", text: USES };
  const faulty = SHARED.replace('== "prod"', '== "production"');
  const [found] = checked(USES, { files: faulty }).diagnostics;
  const shown = renderDiagnostic(found!, source, { color: false });
  expect(shown).toContain(" --> files.txt:6:");
  expect(shown).toContain(`6 |   kept: deny level(delete) when resource.env == "production"`);
  const broken = SHARED.replace("when any p in action.paths", "whenn any p in action.paths");
  expect(renderDiagnostic(checked(USES, { files: broken }).diagnostics[0]!, source, { color: false })).toContain(
    " --> files.txt:5:",
  );
});

test("what is only to be noted of it, its author has noted", () => {
  const twice = SHARED.replace("  kept:", "  again: deny * when any p in action.paths (p matches keys)\n  kept:");
  expect(check({ path: "x", text: twice }).diagnostics.map((d) => d.code)).toEqual(["THC4051"]);
  expect(codes(USES, { files: twice })).toEqual([]);
});

describe("refused", () => {
  const grants = SHARED.replace("  kept:", "  open: allow level(read)\n  kept:");
  test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
    ["one that grants", USES, { files: grants }, ["THC2112"]],
    ["one that is not there", USES, {}, ["THC2020"]],
    ["a contract", USES, { files: contract("  tool a() read\n  all: allow *") }, ["THC2111"]],
    [
      "one without a name to call its rules by",
      USES,
      { files: SHARED.replace("acme/files", "acme/my-files") },
      ["THC2111"],
    ],
    ["the same one twice", USES.replace('use "files"', 'use "files", "files"'), { files: SHARED }, ["THC2010"]],
    ["one that uses another", USES, { files: SHARED.replace("  let", '  use "more"\n  let') }, ["THC2110"]],
  ])("%s", (_, text, texts, expected) => {
    expect(codes(text, texts)).toEqual(expected);
  });

  test("unless the contract says that it may grant, or calls it otherwise", () => {
    const may = checked(USES.replace('"files"', '"files" granting'), { files: grants });
    expect(may.diagnostics.filter((d) => d.severity === "error")).toEqual([]);
    expect(may.contract?.rules.some((rule) => rule.name === "files.open")).toBe(true);
    const twice = USES.replace('use "files"', 'use "files", "files" as others');
    expect(codes(twice)).toEqual([]);
  });
});

test("the same contract without the ruleset is another, and so is one with another version", () => {
  const names = (text: string) => JSON.stringify(checked(text).contract?.rulesets);
  expect(names(USES)).not.toBe(names(USES.replace('  use "files"\n', "")));
});

test("it is laid out like a contract", () => {
  const formatted = format({ path: "x", text: SHARED.replaceAll("given  ", "given ") });
  if (!("text" in formatted)) throw new Error(formatted.diagnostics.map((d) => d.message).join());
  expect(formatted.text).toContain('ruleset "acme/files" version "3" {');
  expect(formatted.text).toContain("  given all: allow *");
  expect(format({ path: "x", text: formatted.text })).toEqual(formatted);
});
