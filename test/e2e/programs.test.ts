/** Programs of this repository: `--help` says what there is, and what is not understood is one line. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runs = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, ["scripts/run-ts.mjs", program, ...args], { cwd: root, encoding: "utf8" });

describe.each([
  ["fuzz", "test/differential/fuzz.ts", ["--pairs", "many"]],
  ["mutants", "test/mutants/run.ts", ["--law", "0"]],
  ["bench", "bench/run.ts", ["--only", "nothing"]],
])("npm run %s", (name, program, wrong) => {
  test("`--help` shows its options with examples", () => {
    const { status, stdout, stderr } = runs(program, "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")[0]).toContain(`usage: npm run ${name} -- [`);
    expect(stdout).toContain(`\n  npm run ${name} -- --`);
  }, 60_000);

  test.each([[["--nope"]], [wrong]])(
    "what it does not understand is one line and exit code 2: %s",
    (args) => {
      const { status, stdout, stderr } = runs(program, ...args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr.trimEnd().split("\n")).toHaveLength(1);
      expect(stderr).toContain("`--help`");
    },
    60_000,
  );
});
