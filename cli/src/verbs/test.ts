/** `thc test`: runs the tests of contracts, those that stand in them and those of suites, against the compiled module. */
import { InvalidArgumentError, Option } from "commander";
import { EXIT, type Exit, worst } from "../exit.ts";
import { complain, printJson, printLines, type Shell } from "../terminal/shell.ts";
import type { Share } from "../testing/coverage.ts";
import type { Job } from "../testing/gather.ts";
import type { ContractRun } from "../testing/report.ts";
import { openSubject } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

const REPORTERS = ["text", "json", "junit", "tap"] as const;
interface Options {
  readonly reporter: (typeof REPORTERS)[number];
  readonly json?: true;
  readonly coverage?: true;
  readonly minCoverage?: Least;
}
/** In per cent. */
interface Least {
  readonly rules: number;
  readonly conditions: number;
}

export const test: Verb = (program, run) => {
  program
    .command("test")
    .description("run the tests of contracts: those that stand in them, and suites")
    .argument("<path...>", "contracts, suites (*.test.yaml), or folders: what is in them and below")
    .addOption(new Option("--reporter <kind>", "how to print the outcome").choices(REPORTERS).default("text"))
    .option("--json", "the same as --reporter json")
    .option("--coverage", "print which rules decided something, and which conditions were true and false")
    .option(
      "--min-coverage <percent>",
      "fail where a contract has less: of rules, or of rules and of truths of conditions (`100,80`)",
      readLeast,
    )
    .addHelpText(
      "after",
      examples(
        "thc test refunds.contract",
        "thc test examples --coverage",
        "thc test refunds.test.yaml --reporter junit > report.xml",
        "thc test contracts --min-coverage 100,80",
      ),
    )
    .action((paths: string[], options: Options) => run((shell) => testAll(paths, options, shell)));
};

function readLeast(text: string): Least {
  const [rules, conditions = 0, ...others] = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const isShare = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 100;
  if (others.length > 0 || !isShare(rules) || !isShare(conditions))
    throw new InvalidArgumentError("write one or two numbers from 0 to 100: `100` or `100,80`");
  return { rules, conditions };
}

async function testAll(paths: readonly string[], options: Options, shell: Shell): Promise<Exit> {
  const { gather } = await import("../testing/gather.ts");
  const { jobs, unreadable: lost, invalid } = await gather(paths);
  const exits: Exit[] = [...lost.map((line) => unreadable(shell, line))];
  if (invalid.length > 0) exits.push(refuse(shell, { exit: EXIT.invalid, lines: invalid }));
  const reporter = options.json === true ? "json" : options.reporter;
  const runs: ContractRun[] = [];
  for (const job of jobs) {
    const done = await testOne(job, shell);
    if (!done.ok) {
      exits.push(done.exit);
      continue;
    }
    runs.push(done.run);
    exits.push(verdictOf(done.run));
    if (reporter === "text") await printText(done.run, options.coverage === true, shell);
    if (options.minCoverage !== undefined) exits.push(await atLeast(done.run, options.minCoverage, shell));
  }
  await printMachine(runs, reporter, shell);
  return worst(exits);
}

const verdictOf = ({ files }: ContractRun): Exit =>
  files.every(({ tests }) => tests.every((one) => one.verdict === "passed")) ? EXIT.fine : EXIT.findings;

type Done = { readonly ok: true; readonly run: ContractRun } | { readonly ok: false; readonly exit: Exit };

async function testOne(job: Job, shell: Shell): Promise<Done> {
  const opened = await openSubject(job.contract, shell.paintErr);
  if (!opened.ok) return { ok: false, exit: refuse(shell, opened) };
  const { runtime, contract, source, atoms, path } = opened.value;
  if (contract === undefined || source === undefined)
    return { ok: false, exit: unreadable(shell, "a module carries no tests: name its contract") };
  const { runTests } = await import("../testing/run.ts");
  const { coverageOf } = await import("../testing/coverage.ts");
  const { engineOf } = await import("../states.ts");
  const engine = engineOf(runtime);
  const files = job.own ? [{ source, tests: runTests(contract, engine) }] : [];
  for (const { path, text, suite } of job.suites) {
    const typed = suite.tests(contract);
    if (!typed.ok) {
      const lines = typed.problems.map(({ line, message }) => `${path}:${line}: ${message}`);
      return { ok: false, exit: refuse(shell, { exit: EXIT.invalid, lines: await shown(lines) }) };
    }
    files.push({ source: { path, text }, tests: runTests(contract, engine, typed.tests) });
  }
  // rules of a ruleset are what its own tests are for
  const isShared = (rule: string) => (contract.rulesets ?? []).some(({ alias }) => rule.startsWith(`${alias}.`));
  const coverage = coverageOf(
    atoms.filter(({ name }) => !isShared(name)),
    files.flatMap((file) => file.tests),
  );
  return { ok: true, run: { path, contract, files, coverage } };
}

async function shown(lines: readonly string[]): Promise<string[]> {
  const { visible } = await import("../terminal/visible.ts");
  return lines.map((line) => visible(line));
}

async function printText(done: ContractRun, isCovered: boolean, shell: Shell): Promise<void> {
  const { renderTests } = await import("../reports/tests.ts");
  printLines(shell, renderTests(done, shell.paint));
  if (!isCovered) return;
  const { renderCoverage } = await import("../reports/coverage.ts");
  printLines(shell, renderCoverage(done.coverage, shell.paint));
}

async function printMachine(runs: readonly ContractRun[], reporter: Options["reporter"], shell: Shell): Promise<void> {
  if (reporter === "json") {
    const { testsJson } = await import("../reports/tests.ts");
    printJson(shell, { contracts: runs.map(testsJson) });
  } else if (reporter === "junit") printLines(shell, (await import("../reports/junit.ts")).renderJunit(runs));
  else if (reporter === "tap") printLines(shell, (await import("../reports/tap.ts")).renderTap(runs));
}

async function atLeast({ path, coverage }: ContractRun, least: Least, shell: Shell): Promise<Exit> {
  const { atomsCovered, rulesCovered, shareOf } = await import("../testing/coverage.ts");
  const short = (what: string, share: Share, wanted: number): boolean => {
    if (shareOf(share) >= wanted) return false;
    complain(shell, `${path}: ${share.covered} of ${share.of} ${what} covered, ${wanted} % wanted`);
    return true;
  };
  const rules = short("rules", rulesCovered(coverage), least.rules);
  const conditions = short("truths of conditions", atomsCovered(coverage), least.conditions);
  return rules || conditions ? EXIT.findings : EXIT.fine;
}
