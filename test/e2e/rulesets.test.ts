/** Contracts that use rulesets of the shelf and of files, through every verb that reads a contract. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, thc } from "./thc.ts";

const folder = temporaryFolder();
const team = (rule: string): string => `ruleset "acme/team" version "1" {
  no_tmp: deny level(write) when ${rule}
}
`;
const MAIN = `contract "main" version "1" {
  agent bot { id "bot" }
  use "std/secrets", "../shared/team.contract"
  tool fs.write(path: Path) write
  all: allow *
  test "both hold" {
    as bot
    call fs.write(path: "/tmp/a")
    expect deny by team.no_tmp
    call fs.write(path: "/srv/.env")
    expect deny by secrets.env_files
    call fs.write(path: "/srv/a")
    expect allow
  }
}
`;
mkdirSync(join(folder, "shared"));
mkdirSync(join(folder, "one"));
const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
const SOUND = 'any p in action.writes (p under "/tmp")';
write("one/main.contract", MAIN);
write("shared/team.contract", team(SOUND));

test("check, test, explain, inspect and diff know their rules by their names", () => {
  expect(thc(folder, ["check", "one/main.contract"])).toMatchObject({ exit: 0 });
  const tested = thc(folder, ["test", "one/main.contract", "--min-coverage", "100"]);
  expect(tested).toMatchObject({ exit: 0, out: "one/main.contract: 1 passed, 1 of 1 rule decided something\n" });
  expect(tested.err).toContain("5 rules of `std/secrets` are not counted");
  const request = { event: "call", principal: { id: "bot" }, action: { tool: "fs.write", args: { path: "/tmp/a" } } };
  write("request.json", JSON.stringify({ ...request, context: { time: 1, call_id: "c" } }));
  expect(thc(folder, ["explain", "one/main.contract", "--request", "request.json"]).out).toContain("`team.no_tmp`");
  expect(thc(folder, ["compile", "one/main.contract", "-o", "main.wasm"])).toMatchObject({ exit: 0 });
  expect(thc(folder, ["inspect", "main.wasm"]).out).toContain("acme/team");
  write(
    "one/other.contract",
    MAIN.replace('"std/secrets", ', "").replace(/ {4}call fs.write\(path: "\/srv.*\n.*\n/, ""),
  );
  expect(thc(folder, ["diff", "one/main.contract", "one/other.contract"]).out).toContain("secrets");
});

test("what is wrong in a ruleset is shown in its file, to people and to machines", () => {
  write("shared/team.contract", team("args.nowhere == 1"));
  expect(thc(folder, ["check", "one/main.contract"]).out).toContain("--> shared/team.contract:2:");
  const { files } = JSON.parse(thc(folder, ["check", "one/main.contract", "--json"]).out);
  expect(files[0].diagnostics[0].path).toBe("shared/team.contract");
  const { runs } = JSON.parse(thc(folder, ["check", "one/main.contract", "--reporter", "sarif"]).out);
  expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("shared/team.contract");
  write("shared/team.contract", team(SOUND));
});

test("a ruleset is no module, and one that is not there is named", () => {
  expect(thc(folder, ["compile", "shared/team.contract", "-o", "team.wasm"])).toMatchObject({ exit: 3 });
  for (const [name, said] of [
    ["std/secret", "did you mean `std/secrets`?"],
    ["./none.contract", "there is no such file"],
    ["secrets", "one of the shelf begins with `std/`"],
  ] as const) {
    write("one/wrong.contract", MAIN.replace("std/secrets", name));
    expect(thc(folder, ["check", "one/wrong.contract"])).toMatchObject({ exit: 3, out: expect.stringContaining(said) });
  }
});
