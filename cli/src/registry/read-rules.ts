/** Contracts as the coverage map reads them: each rule with its tags, and the tests that pass and in which it decided something. */
import type { MappedRule } from "@thc/registry/frameworks";
import { EXIT, type Exit } from "../exit.ts";
import { locateAll } from "../files/read.ts";
import type { Paint } from "../terminal/paint.ts";
import { openSubject } from "../toolchain/subject.ts";

/** Reads contracts into rules with their tags and tests; problems are lines for the user, with the exit code they mean. */
export type ReadRules = (contracts: readonly string[], paint: Paint) => Promise<RulesRead>;
export type RulesRead =
  | { readonly ok: true; readonly rules: readonly MappedRule[] }
  | { readonly ok: false; readonly exit: Exit; readonly lines: readonly string[] };

export const readRules: ReadRules = async (paths, paint) => {
  const { runTests } = await import("../testing/run.ts");
  const rules: MappedRule[] = [];
  for (const path of paths) {
    const located = locateAll(path);
    if (!located.ok) return { ok: false, exit: EXIT.unreadable, lines: [located.message] };
    for (const file of located.value) {
      const opened = await openSubject(file, paint);
      if (!opened.ok) return opened;
      const { contract, runtime } = opened.value;
      if (contract === undefined)
        return { ok: false, exit: EXIT.unreadable, lines: ["a module carries no tests: name its contract"] };
      const passed = runTests(contract, runtime).filter((test) => test.verdict === "passed");
      for (const { name, maps } of contract.rules) {
        const testedBy = passed.filter((test) => test.determining.includes(name)).map((test) => test.name);
        rules.push({ rule: name, maps, testedBy });
      }
    }
  }
  return { ok: true, rules };
};
