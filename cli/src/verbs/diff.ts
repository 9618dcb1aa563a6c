/** `thc diff`: what another version of a contract says otherwise, in its text and in its decisions. */
import { InvalidArgumentError } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import { knownFacts } from "../replay/facts.ts";
import { engineOf } from "../states.ts";
import { complain, printJson, printLines, type Shell } from "../terminal/shell.ts";
import { principalOf } from "../toolchain/principal.ts";
import { openSubject, type Subject } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

interface Options {
  readonly trace?: readonly string[];
  readonly stories: number;
  readonly agent?: string;
  readonly json?: true;
}
const STORIES = 20_000;

export const diff: Verb = (program, run) => {
  program
    .command("diff")
    .description(
      "compare two versions of a contract: rules, and requests whose outcome changes, newly allowed ones first",
    )
    .argument("<old>", "the contract before, or a folder with one")
    .argument("<new>", "the contract after")
    .option("--trace <file...>", "recorded runs that both decide")
    .option("--stories <n>", "how many made-up stories both decide", readCount, STORIES)
    .option("--agent <name>", "who acts in recorded runs; default: the contract's only agent")
    .option("--json", "print the comparison as JSON")
    .addHelpText(
      "after",
      `${examples("thc diff main/refunds.contract refunds.contract", "thc diff old.contract new.contract --trace runs.jsonl --json")}
Exit code 1: some outcome changes. Stories are drawn from what both versions speak of; they find changes, and prove nothing.
`,
    )
    .action((before: string, after: string, options: Options) =>
      run((shell) => compareVersions(before, after, options, shell)),
    );
};

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0 || count > 10_000_000)
    throw new InvalidArgumentError("write a whole number up to 10,000,000");
  return count;
}

async function compareVersions(oldPath: string, newPath: string, options: Options, shell: Shell): Promise<Exit> {
  const opened: Subject[] = [];
  for (const path of [oldPath, newPath]) {
    const subject = await openSubject(path, shell.paintErr);
    if (!subject.ok) return refuse(shell, subject);
    opened.push(subject.value);
  }
  const [before, after] = opened.map(versionOf);
  if (before === undefined || after === undefined)
    return unreadable(shell, "a module says no rules: name its contract");
  const { compareStatements } = await import("../diff/statements.ts");
  const statements = compareStatements(before.source, after.source);
  const { compareStories } = await import("../diff/made-up.ts");
  const changes = compareStories(before, after, options.stories);
  const recorded = [];
  for (const trace of options.trace ?? []) {
    const versions = opened.map((subject, i) => ({ subject, ...[before, after][i]! }));
    const acting = versions.map(({ subject }) => principalOf(subject, options.agent));
    const lost = acting.find((each) => !each.ok);
    if (lost !== undefined && !lost.ok) {
      complain(shell, lost.message);
      return EXIT.usage;
    }
    const [a, b] = versions.map((version, i) => {
      const principal = acting[i]!;
      const known = knownFacts(version.subject.runtime.manifest, version.subject.contract);
      const { id, facts } = principal.ok ? principal.value : { id: "", facts: {} };
      return { ...version, known, principal: id, facts };
    });
    const { compareRecorded } = await import("../diff/recorded.ts");
    recorded.push(await compareRecorded(trace, a!, b!));
  }
  const difference = { statements, stories: options.stories, changes, recorded };
  const { diffJson, renderDiff } = await import("../reports/diff.ts");
  if (options.json === true) printJson(shell, diffJson(difference));
  else printLines(shell, renderDiff(difference, shell.paint));
  const problems = recorded.flatMap((each) => each.problems);
  for (const problem of problems) complain(shell, problem);
  if (problems.length > 0)
    return refuse(shell, { exit: EXIT.unreadable, lines: ["incomplete: not all of the input was read"] });
  const isSame = changes.length === 0 && recorded.every((each) => each.changes.length === 0);
  return isSame ? EXIT.fine : EXIT.findings;
}

function versionOf({ contract, source, runtime }: Subject) {
  return contract === undefined || source === undefined ? undefined : { contract, source, engine: engineOf(runtime) };
}
