/** `thc replay`: what a contract would have decided in recorded runs, and what that would have meant. */
import { EXIT, type Exit } from "../exit.ts";
import { readText } from "../files/read.ts";
import { writeWhole } from "../files/write.ts";
import type { RunDecisions } from "../replay/drive.ts";
import { type Facts, type KnownFacts, knownFacts, readFacts } from "../replay/facts.ts";
import type { TraceReport } from "../replay/replay-trace.ts";
import { decisionJson, renderDecision, renderExplanation, renderRequest } from "../reports/decision.ts";
import { renderReplay, replayJson } from "../reports/replay.ts";
import { engineOf } from "../states.ts";
import { complain, printJson, printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { actionReason } from "../toolchain/action-reason.ts";
import { principalOf } from "../toolchain/principal.ts";
import { openSubject, type Subject } from "../toolchain/subject.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

interface Options {
  readonly trace: readonly string[];
  readonly truth?: string;
  /** False: `--no-goals`. */
  readonly goals: boolean;
  readonly decisions?: string;
  readonly explain?: string;
  readonly agent?: string;
  readonly facts?: string;
  readonly json?: true;
}

const GOALS = `
Goals: where ground truth is at hand (a file of the trace's name in \`critical/\` beside it, or --truth), the report ends with what this
project holds itself to on recorded attacks: attacks left, benign runs untouched, approvals, size of the state. Exit 1 when
one is missed. They are no verdict on your contract: with --no-goals they are left out, the scores stay, and the exit is 0.
`;

export const replay: Verb = (program, run) => {
  program
    .command("replay")
    .description("decide every call of recorded agent runs, as a live host would have")
    .argument("<contract-or-module>", "a contract, a folder with one, or a module")
    .requiredOption("--trace <file...>", "recorded runs, one a line (JSON Lines)")
    .option("--truth <file>", "which calls decide a run; default: `critical/` beside the trace, when it is there")
    .option("--no-goals", "leave out the goals that runs with ground truth are held to, and their exit code")
    .option("--decisions <file>", 'write `{"id", "deny": [i…], "ask": [i…], …}` for every run, with what decided')
    .option("--explain <run#call>", "instead say why this call is decided as it is, as `thc explain` does")
    .option("--agent <name>", "who acts; default: the contract's only agent")
    .option("--facts <file>", 'facts to send with every event, as JSON by path: `{"resource.env": "dev"}`')
    .option("--json", "print the report as JSON")
    .addHelpText(
      "after",
      GOALS +
        examples(
          "thc replay examples/banking --trace examples/banking/runs/week.jsonl",
          "thc replay agent.wasm --trace runs.jsonl --decisions decisions.jsonl --json",
          "thc replay desk.contract --trace runs.jsonl --explain mon-2#0",
        ),
    )
    .action((subject: string, options: Options) => run((shell) => replayAll(subject, options, shell)));
};

async function replayAll(path: string, options: Options, shell: Shell): Promise<Exit> {
  if (options.truth !== undefined && options.trace.length > 1) {
    complain(shell, "`--truth` goes with one `--trace`");
    return EXIT.usage;
  }
  if (options.explain !== undefined && options.decisions !== undefined) {
    complain(shell, "`--explain` is of one call, `--decisions` of all: give one of them");
    return EXIT.usage;
  }
  const opened = await openSubject(path, shell.paintErr);
  if (!opened.ok) return refuse(shell, opened);
  const principal = principalOf(opened.value, options.agent);
  if (!principal.ok) {
    complain(shell, principal.message);
    return EXIT.usage;
  }
  const known = knownFacts(opened.value.runtime.manifest, opened.value.contract);
  const facts = factsFrom(options.facts, known);
  if (!facts.ok) return refuse(shell, facts);
  const given: Given = {
    subject: opened.value,
    principal: principal.value.id,
    facts: { ...principal.value.facts, ...facts.value },
    known,
  };
  return options.explain === undefined
    ? reportAll(given, options, shell)
    : explainOne(given, options.explain, options, shell);
}

/** What every run is decided with. */
interface Given {
  readonly subject: Subject;
  readonly principal: string;
  readonly facts: Facts;
  readonly known: KnownFacts;
}

function factsFrom(
  path: string | undefined,
  known: KnownFacts,
):
  | { readonly ok: true; readonly value: Facts }
  | { readonly ok: false; readonly exit: Exit; readonly lines: string[] } {
  if (path === undefined) return { ok: true, value: {} };
  const text = readText(path);
  if (!text.ok) return { ok: false, exit: EXIT.unreadable, lines: [text.message] };
  const where = `\`${visible(path)}\``;
  let given: unknown;
  try {
    given = JSON.parse(text.value);
  } catch {
    return { ok: false, exit: EXIT.unreadable, lines: [`${where} is not JSON`] };
  }
  const facts = readFacts(given, known, where);
  return facts.ok ? facts : { ok: false, exit: EXIT.usage, lines: [facts.message] };
}

async function explainOne(given: Given, place: string, options: Options, shell: Shell): Promise<Exit> {
  const { runtime, contract } = given.subject;
  const { explainCall } = await import("../replay/explain-call.ts");
  const { answerReader } = await import("../replay/replay-trace.ts");
  const host = {
    decide: engineOf(runtime).decide,
    principal: given.principal,
    facts: given.facts,
    readAnswer: answerReader(contract?.tools ?? []),
  };
  const explained = await explainCall(place, options.trace, host, given.known);
  if (!explained.ok) return refuse(shell, explained);
  const { decision, explanation, request } = explained.value;
  if (options.json) printJson(shell, { ...decisionJson(decision), explanation });
  else {
    const action = await actionReason(runtime.manifest, request, given.subject.path);
    const answer = renderDecision({ decision, request, contract, action }, shell.paint);
    printLines(shell, [...renderRequest(request), ...answer, ...renderExplanation(explanation, shell.paint)]);
  }
  return EXIT.fine;
}

async function reportAll({ subject, ...given }: Given, options: Options, shell: Shell): Promise<Exit> {
  const { replayTrace } = await import("../replay/replay-trace.ts");
  const reports: TraceReport[] = [];
  const lines: string[] = [];
  for (const trace of options.trace) {
    const report = await replayTrace({
      engine: engineOf(subject.runtime),
      contract: subject.contract,
      ...given,
      trace,
      truth: options.truth,
      hasGoals: options.goals,
      decided: (decisions) => lines.push(`${JSON.stringify(lineOf(decisions))}\n`),
      progress: progressOn(shell, trace),
    });
    for (const problem of report.problems) complain(shell, problem);
    reports.push(report);
  }
  if (options.json) printJson(shell, replayJson(reports));
  else printLines(shell, renderReplay(reports, shell.paint));
  if (options.decisions !== undefined) {
    const written = writeWhole(options.decisions, lines.join(""));
    if (!written.ok) return unreadable(shell, written.message);
  }
  if (reports.some((report) => report.problems.length > 0))
    return refuse(shell, { exit: EXIT.unreadable, lines: ["incomplete: not all of the input was read"] });
  return reports.every((report) => report.goals.every((goal) => goal.met)) ? EXIT.fine : EXIT.findings;
}

/** A line of `--decisions` (docs/formats/trace.md); scorers read the first three members. */
const lineOf = ({ id, deny, ask, denials, asks, observed, refusals }: RunDecisions): object => ({
  id,
  deny,
  ask,
  denials,
  asks,
  observed,
  refusals,
});

const EVERY = 500;

function progressOn(shell: Shell, trace: string): (runs: number) => void {
  if (!shell.showsProgress) return () => undefined;
  return (runs) => {
    if (runs === 0) shell.err("\r\u001b[K");
    else if (runs % EVERY === 0) shell.err(`\r${visible(trace)}: ${runs} runs`);
  };
}
