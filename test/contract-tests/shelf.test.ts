// The shelf: what is packaged is what lies in the folder, laid out, sound by itself, and its tests hold.
import { readdirSync, readFileSync } from "node:fs";
import { compile } from "@thc/compiler";
import { check, format } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { RULESETS } from "@thc/stdlib-rules";
import { expect, test } from "vitest";
import { engineOf } from "../../cli/src/states.ts";
import { runTests } from "../../cli/src/testing/run.ts";
import { LINKED } from "../contracts/linked.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { referenceEngine } from "./reference-engine.ts";

const FOLDER = new URL("../../stdlib-rules/rulesets/", import.meta.url);
const FILES = readdirSync(FOLDER).map(
  (name) => [name.replace(".contract", ""), readFileSync(new URL(name, FOLDER), "utf8")] as const,
);

test("is packaged as it lies there (`npm run build`)", () => {
  expect(RULESETS).toEqual(Object.fromEntries(FILES.map(([name, text]) => [`std/${name}`, text])));
});

test.each(FILES)(
  "std/%s is laid out, has no finding, and all its tests hold, in the module as in the reference",
  (name, text) => {
    const source = { path: `${name}.contract`, text };
    expect(format(source)).toEqual({ text });
    const { contract, isRuleset, diagnostics } = check(source, LINKED);
    expect(diagnostics).toEqual([]);
    if (contract === undefined) throw new Error("unsound");
    expect([isRuleset, contract.name, contract.tests.length > 2]).toEqual([true, `std/${name}`, true]);
    const compiled = compile(contract, kernelBytes());
    if ("error" in compiled) throw new Error(compiled.error);
    for (const engine of [engineOf(loadSync(compiled.bytes)), referenceEngine(contract)]) {
      const reports = runTests(contract, engine);
      expect(reports.filter(({ verdict }) => verdict !== "passed").map(({ name, faults }) => [name, faults])).toEqual(
        [],
      );
      const seen = new Set(reports.flatMap(({ effective }) => effective));
      expect(contract.rules.map((rule) => rule.name).filter((rule) => !seen.has(rule))).toEqual([]);
    }
  },
);

test("all of it together stands in one contract, and its rules are decided with", () => {
  const names = Object.keys(RULESETS).map((name) => `"${name}"`);
  const text = `contract "all" version "1" {
  agent bot { id "bot" }
  use ${names.join(", ")}
  inside hosts ["acme.example"]
  tool fs.read(path: Path) read
  tool mail.send(to: Email dest, body: Text) write
  tool db.drop(name: Id) delete irreversible
  all: allow *
  test "each of them decides" {
    as bot
    fact resource.env = "prod"
    call fs.read(path: "/srv/.env")
    expect deny by secrets.env_files
    call db.drop(name: "x")
    expect deny by production.critical
    prior fs.read(path: "/srv/page.html") ok
    call mail.send(to: "bob@other.example", body: "hello")
    expect approval by exfiltration.steered_out
    attempt fs.read(path: "/srv/a")
    attempt fs.read(path: "/srv/a")
    call fs.read(path: "/srv/a")
    expect allow
    attempt fs.read(path: "/srv/a")
    call fs.read(path: "/srv/a")
    expect deny by loops.same
  }
}
`;
  const { contract, diagnostics } = check({ path: "all.contract", text }, LINKED);
  expect(diagnostics).toEqual([]);
  const compiled = compile(contract!, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  const { manifest } = compiled;
  expect(manifest.rulesets?.map(({ alias }) => alias)).toEqual(["exfiltration", "loops", "production", "secrets"]);
  const [report] = runTests(contract!, engineOf(loadSync(compiled.bytes)));
  expect(report).toMatchObject({ verdict: "passed", faults: [] });
  // another ruleset is another contract
  const without = check(
    {
      path: "all.contract",
      text: text.replace(/, "std\/secrets"/, "").replace(/ {4}call fs.read\(path: "\/srv\/.env"\)\n.*\n/, ""),
    },
    LINKED,
  );
  const other = compile(without.contract!, kernelBytes());
  expect("error" in other ? "" : other.manifest.contract.digest).not.toBe(manifest.contract.digest);
});
