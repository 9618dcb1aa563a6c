/** `thc` as a process: init, check, fmt, test, compile, and what each says about bad input. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { BAD, FAILING, GOOD } from "./contracts.ts";
import { temporaryFolder, thc } from "./thc.ts";

const base = temporaryFolder();
let folder = base;
let runs = 0;
beforeEach(() => {
  folder = join(base, String(runs++));
  mkdirSync(folder);
  writeFileSync(join(folder, "good.contract"), GOOD);
  writeFileSync(join(folder, "bad.contract"), BAD);
  writeFileSync(join(folder, "failing.contract"), FAILING);
});
const run = (...args: string[]) => thc(folder, args);

describe("usage", () => {
  test("help is fine, names every verb, and each verb's help has examples", () => {
    const { exit, out } = run("--help");
    expect(exit).toBe(0);
    const verbs = ["init", "check", "compile", "test", "fmt", "eval", "explain", "inspect", "verify", "replay"];
    for (const verb of verbs) {
      expect(out).toMatch(new RegExp(`^ {2}${verb}\\b`, "m"));
      expect(run(verb, "--help")).toMatchObject({ exit: 0, out: expect.stringContaining(`$ thc ${verb}`) });
    }
  });

  test.each([
    [["frobnicate"], "unknown command"],
    [["check"], "missing required argument"],
    [["check", "good.contract", "--no-such-thing"], "unknown option"],
    [["compile", "good.contract"], "say where to write the module"],
    [["compile", "good.contract", "--emit", "poem"], "unknown `--emit poem`"],
    [["eval", "good.contract"], "--request"],
    [[], "Usage"],
  ])("%j is a usage error", (args, words) => {
    const { exit, out, err } = run(...args);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toContain(words);
  });

  test("the version is the package's", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../cli/package.json", import.meta.url), "utf8"));
    expect(run("--version")).toEqual({ exit: 0, out: `${version}\n`, err: "" });
  });

  test("nothing is coloured where nobody looks", () => {
    expect(run("check", "bad.contract").out).not.toContain("\u001b");
  });
});

describe("a fault of thc", () => {
  test("is exit 70 with one line and no stack, unless a developer asks for it", () => {
    // An installation that lost its kernel.
    for (const name of readdirSync(new URL("../../cli/dist", import.meta.url)))
      if (name.endsWith(".mjs"))
        cpSync(new URL(`../../cli/dist/${name}`, import.meta.url), join(folder, "alone", name));
    const alone = (env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, ["alone/thc.mjs", "compile", "good.contract", "-o", "x.wasm"], {
        cwd: folder,
        encoding: "utf8",
        env,
      });
    const { status, stderr } = alone({ ...process.env, THC_DEBUG: "" });
    expect(status).toBe(70);
    expect(stderr).toMatch(/^thc: a fault of thc, not of your input: the kernel is missing[^\n]*\n$/);
    expect(existsSync(join(folder, "x.wasm"))).toBe(false);
    expect(alone({ ...process.env, THC_DEBUG: "1" }).stderr).toMatch(/\n {4}at /);
  });
});

describe("init", () => {
  test("writes a contract that checks without findings, is formatted, and whose tests pass and cover every rule", () => {
    expect(run("init", "new/desk").exit).toBe(0);
    expect(run("check", "new/desk")).toMatchObject({ exit: 0, out: expect.stringMatching(/: ok \(/) });
    expect(run("fmt", "--check", "new/desk")).toEqual({ exit: 0, out: "", err: "" });
    const tested = run("test", "new/desk");
    expect(tested).toMatchObject({ exit: 0, err: "" });
    expect(tested.out).not.toContain("never:");
  });

  test("never overwrites", () => {
    writeFileSync(join(folder, "agent.contract"), "mine");
    expect(run("init")).toMatchObject({ exit: 4, err: expect.stringContaining("is already there") });
    expect(readFileSync(join(folder, "agent.contract"), "utf8")).toBe("mine");
  });
});

describe("check", () => {
  test("a good contract is fine", () => {
    expect(run("check", "good.contract").exit).toBe(0);
  });

  test("a contract with errors gets all its diagnostics, with place and page, and exit 3", () => {
    const { exit, out } = run("check", "bad.contract");
    expect(exit).toBe(3);
    for (const words of [
      "orders.lookpu",
      "amuont",
      "EUR",
      "bad.contract:5:",
      "bad.contract:6:",
      "bad.contract:7:",
      "docs/diagnostics/THC",
    ])
      expect(out).toContain(words);
    expect(out).toContain("3 errors");
  });

  test("as JSON, every diagnostic has a code and a place", () => {
    const { exit, out } = run("check", "good.contract", "bad.contract", "--json");
    expect(exit).toBe(3);
    const { files } = JSON.parse(out);
    expect(files[0]).toMatchObject({ path: "good.contract", diagnostics: [] });
    expect(files[1].diagnostics).toHaveLength(3);
    for (const diagnostic of files[1].diagnostics) expect(diagnostic.code).toMatch(/^THC\d{4}$/);
  });

  test("as SARIF, each finding has its rule, level and region", () => {
    const { exit, out } = run("check", "bad.contract", "--reporter", "sarif");
    expect(exit).toBe(3);
    const { version, runs } = JSON.parse(out);
    expect(version).toBe("2.1.0");
    const [{ tool, results }] = runs;
    expect(results).toHaveLength(3);
    for (const { ruleId, level, locations } of results) {
      expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain(ruleId);
      expect(level).toBe("error");
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(artifactLocation.uri).toBe("bad.contract");
      expect(region.endLine * 1_000 + region.endColumn).toBeGreaterThan(region.startLine * 1_000 + region.startColumn);
    }
  });

  test("warnings fail only when that is asked for", () => {
    writeFileSync(join(folder, "odd.contract"), GOOD.replace(/\n}\s*$/, '\n  let unused = words ["a"]\n}\n'));
    expect(run("check", "odd.contract")).toMatchObject({ exit: 0, out: expect.stringContaining("THC4004") });
    expect(run("check", "odd.contract", "--deny-warnings").exit).toBe(1);
    expect(run("check", "good.contract", "--deny-warnings").exit).toBe(0);
  });

  test("a folder stands for its contracts and for those in the folders below", () => {
    for (const name of ["a", "b"]) {
      mkdirSync(join(folder, "many", name), { recursive: true });
      writeFileSync(join(folder, "many", name, "x.contract"), GOOD);
    }
    expect(run("check", "many/a").exit).toBe(0);
    expect(run("check", "many").out.match(/: ok/g)).toHaveLength(2);
    writeFileSync(join(folder, "many", "y.contract"), GOOD);
    expect(run("check", "many").out.match(/: ok/g)).toHaveLength(3);
    writeFileSync(join(folder, "many", "b", "x.contract"), BAD);
    expect(run("check", "many").exit).toBe(3);
  });

  test("a folder that is not there is what cannot be written to", () => {
    expect(run("compile", "good.contract", "-o", "nowhere/x.wasm")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("there is no such folder"),
    });
  });

  test.each([
    ["none.contract", "there is no such file"],
    ["empty", "no `.contract` in"],
    ["latin.contract", "is not UTF-8"],
  ])("%s cannot be read: exit 4", (path, words) => {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "latin.contract"), Buffer.from([0x63, 0xe9, 0x0a]));
    expect(run("check", path)).toMatchObject({ exit: 4, err: expect.stringContaining(words) });
  });

  test("control characters of a contract do not reach the terminal", () => {
    writeFileSync(
      join(folder, "odd.contract"),
      'contract "a\u001b[31m" version "1" {\n  \u001b[2J: allow \u202eevil\u0007\n}\n',
    );
    const { exit, out, err } = run("check", "odd.contract");
    expect(exit).toBe(3);
    expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

describe("fmt", () => {
  const MESSY = GOOD.replaceAll("\n  ", "\n      ").replace("{ id", "{   id");

  test("formats in place, and then has nothing to do", () => {
    writeFileSync(join(folder, "messy.contract"), MESSY);
    expect(run("fmt", "--check", "messy.contract")).toMatchObject({ exit: 1, out: "messy.contract: not formatted\n" });
    expect(readFileSync(join(folder, "messy.contract"), "utf8")).toBe(MESSY);
    expect(run("fmt", "messy.contract")).toMatchObject({ exit: 0, out: "messy.contract: formatted\n" });
    expect(readFileSync(join(folder, "messy.contract"), "utf8")).not.toBe(MESSY);
    expect(run("fmt", "--check", "messy.contract")).toEqual({ exit: 0, out: "", err: "" });
  });

  test("leaves a contract that does not parse as it is", () => {
    const text = 'contract "x" version "1" { allow allow }';
    writeFileSync(join(folder, "broken.contract"), text);
    expect(run("fmt", "broken.contract").exit).toBe(3);
    expect(readFileSync(join(folder, "broken.contract"), "utf8")).toBe(text);
  });

  test("keeps the file's mode and leaves nothing else behind", () => {
    writeFileSync(join(folder, "messy.contract"), MESSY);
    chmodSync(join(folder, "messy.contract"), 0o600);
    expect(run("fmt", "messy.contract").exit).toBe(0);
    expect(statSync(join(folder, "messy.contract")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("test", () => {
  test("tests that hold pass, and rules that decided nothing are named", () => {
    const { exit, out } = run("test", "good.contract");
    expect(exit).toBe(0);
    expect(out).toContain("1 passed");
    expect(out).toMatch(/never: .*`hard_cap`/);
  });

  test("a failing expectation shows its line, what was decided, and what would make it pass", () => {
    const { exit, out } = run("test", "failing.contract");
    expect(exit).toBe(1);
    const line = FAILING.split("\n").lastIndexOf("    expect allow by refunds") + 1;
    for (const words of [
      "a large refund needs nobody",
      `failing.contract:${line}`,
      "expect allow by refunds",
      "decided: require_approval by `over_500`",
      'put `approved over_500 by "someone" role finance` before the call',
      "1 passed, 1 failed",
    ])
      expect(out).toContain(words);
  });

  test("as JSON", () => {
    const { contracts } = JSON.parse(run("test", "failing.contract", "--json").out);
    expect(contracts[0].tests.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["passed", "failed"]);
  });

  test("as JUnit and as TAP, a failure has its place and its words, and the counts are right", () => {
    const junit = run("test", "failing.contract", "--reporter", "junit");
    expect(junit.exit).toBe(1);
    expect(junit.out).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites tests="2" failures="1" errors="0">/,
    );
    expect(junit.out).toMatch(
      /<testcase name="a large refund needs nobody" [^>]*line="\d+">\n +<failure type="expectation"/,
    );
    expect(junit.out.match(/<testcase/g)).toHaveLength(2);
    const tap = run("test", "failing.contract", "--reporter", "tap").out.split("\n");
    expect(tap.slice(0, 2)).toEqual(["TAP version 14", "1..2"]);
    expect(tap).toContain("not ok 2 - failing.contract: a large refund needs nobody");
    expect(tap.filter((line) => line.startsWith("ok"))).toHaveLength(1);
  });

  test("coverage is printed, and too little of it fails", () => {
    const { exit, out } = run("test", "good.contract", "--coverage");
    expect(exit).toBe(0);
    expect(out).toMatch(/^`hard_cap` +never +\d of 2$/m);
    expect(out).toMatch(/^covered: \d+ of \d+ rules/m);
    expect(run("test", "good.contract", "--min-coverage", "100")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("100 % wanted"),
    });
    expect(run("test", "good.contract", "--min-coverage", "10").exit).toBe(0);
    expect(run("test", "good.contract", "--min-coverage", "some").exit).toBe(2);
  });

  test("suites beside a contract are its tests too, alone or with it", () => {
    const folderOf = join(folder, "suites");
    mkdirSync(folderOf, { recursive: true });
    writeFileSync(join(folderOf, "good.contract"), GOOD);
    const suite = (outcome: string) =>
      `contract: good.contract\ntests:\n  - name: nothing is known of A1\n    steps:\n      - { call: refund.issue, args: { order_id: A1, amount: 5 }, expect: ${outcome} }\n`;
    writeFileSync(join(folderOf, "more.test.yaml"), suite("deny"));
    for (const path of ["suites", "suites/good.contract"])
      expect(run("test", path)).toMatchObject({ exit: 0, out: expect.stringContaining("2 passed in 2 files") });
    expect(run("test", "suites/more.test.yaml").out).toContain("1 passed,");
    writeFileSync(join(folderOf, "more.test.yaml"), suite("allow"));
    const { exit, out } = run("test", "suites/more.test.yaml");
    expect(exit).toBe(1);
    expect(out).toContain("suites/more.test.yaml:5");
    writeFileSync(join(folderOf, "more.test.yaml"), suite("perhaps"));
    expect(run("test", "suites")).toMatchObject({ exit: 3, err: expect.stringContaining("more.test.yaml:5: ") });
  });

  test("an invalid contract is not tested: exit 3", () => {
    expect(run("test", "bad.contract").exit).toBe(3);
  });
});

describe("compile", () => {
  test("writes one module, the same bytes each time", () => {
    expect(run("compile", "good.contract", "-o", "a.wasm").exit).toBe(0);
    expect(run("compile", "good.contract", "-o", "b.wasm").exit).toBe(0);
    const [a, b] = ["a.wasm", "b.wasm"].map((name) => readFileSync(join(folder, name)));
    expect(a!.equals(b!)).toBe(true);
    expect(a!.subarray(0, 4).toString("latin1")).toBe("\0asm");
  });

  test("a contract with errors leaves no file, and leaves alone what was there", () => {
    const { exit, err } = run("compile", "bad.contract", "-o", "out.wasm");
    expect(exit).toBe(3);
    for (const words of ["orders.lookpu", "amuont", "EUR"]) expect(err).toContain(words);
    expect(existsSync(join(folder, "out.wasm"))).toBe(false);
    writeFileSync(join(folder, "old.wasm"), "old");
    expect(run("compile", "bad.contract", "-o", "old.wasm").exit).toBe(3);
    expect(readFileSync(join(folder, "old.wasm"), "utf8")).toBe("old");
  });

  test("the IR and the manifest are text, to a file or to standard output", () => {
    const ir = run("compile", "good.contract", "--emit", "ir");
    expect(ir).toMatchObject({ exit: 0, err: "" });
    expect(ir.out).toContain("hard_cap");
    expect(run("compile", "good.contract", "--emit", "manifest", "-o", "m.json").exit).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, "m.json"), "utf8"))).toMatchObject({
      contract: { name: "desk", version: "1.0.0" },
    });
  });

  test("an output that cannot be written: exit 4", () => {
    expect(run("compile", "good.contract", "-o", "no/such/folder/x.wasm")).toMatchObject({
      exit: 4,
      err: expect.stringContaining("cannot write"),
    });
  });
});
