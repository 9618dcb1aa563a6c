/** `thc eval`: one request, one decision. Exit 0 lets it through; a denial or a question is a finding (1). */
import { EXIT, type Exit } from "../exit.ts";
import { writeWhole } from "../files/write.ts";
import { decisionJson, renderDecision } from "../reports/decision.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { decideOnce } from "../toolchain/decide-once.ts";
import { examples, refuse, unreadable, type Verb } from "./verb.ts";

interface Options {
  readonly request: string;
  readonly state?: string;
  readonly stateOut?: string;
  readonly json?: true;
}

export const evaluate: Verb = (program, run) => {
  program
    .command("eval")
    .description("decide one request")
    .argument("<contract-or-module>", "a contract, a folder with one, or a module")
    .requiredOption("--request <file>", "the request as JSON; `-` reads standard input")
    .option("--state <file>", "the session's state before it; a new session when left out")
    .option("--state-out <file>", "where to write the session's state after it")
    .option("--json", "print the decision as JSON")
    .addHelpText(
      "after",
      examples(
        "thc eval refunds.wasm --request request.json",
        "thc eval refunds.contract --request - --json < request.json",
        "thc eval refunds.wasm --request next.json --state session.bin --state-out session.bin",
      ),
    )
    .action((subject: string, options: Options) => run((shell) => evalOne(subject, options, shell)));
};

async function evalOne(path: string, options: Options, shell: Shell): Promise<Exit> {
  const decided = await decideOnce(path, options, shell.paintErr);
  if (!decided.ok) return refuse(shell, decided);
  const { decision } = decided.value;
  if (options.stateOut !== undefined) {
    const written = writeWhole(options.stateOut, decision.state);
    if (!written.ok) return unreadable(shell, written.message);
  }
  if (options.json) printJson(shell, decisionJson(decision));
  else printLines(shell, renderDecision(decided.value, shell.paint));
  return decision.outcome === "allow" || decision.outcome === "allow_with_obligations" ? EXIT.fine : EXIT.findings;
}
