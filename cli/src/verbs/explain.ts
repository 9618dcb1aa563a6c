/** `thc explain`: why a request is decided as it is. The explanation is the answer, so its exit code does not judge. */
import { EXIT, type Exit } from "../exit.ts";
import { decisionJson, renderDecision, renderExplanation, renderRequest } from "../reports/decision.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { decideOnce } from "../toolchain/decide-once.ts";
import { examples, refuse, type Verb } from "./verb.ts";

interface Options {
  readonly request: string;
  readonly state?: string;
  readonly json?: true;
}

export const explain: Verb = (program, run) => {
  program
    .command("explain")
    .description("say why a request is decided as it is, rule by rule")
    .argument("<contract-or-module>", "a contract, a folder with one, or a module")
    .requiredOption("--request <file>", "the request as JSON; `-` reads standard input")
    .option("--state <file>", "the session's state before it; a new session when left out")
    .option("--json", "print the explanation as JSON")
    .addHelpText("after", examples("thc explain refunds.contract --request request.json"))
    .action((subject: string, options: Options) => run((shell) => explainOne(subject, options, shell)));
};

async function explainOne(path: string, options: Options, shell: Shell): Promise<Exit> {
  const decided = await decideOnce(path, options, shell.paintErr);
  if (!decided.ok) return refuse(shell, decided);
  const { decision, explanation, request } = decided.value;
  if (options.json) printJson(shell, { ...decisionJson(decision), explanation });
  else {
    const [call, answer] = [renderRequest(request), renderDecision(decided.value, shell.paint)];
    printLines(shell, [...call, ...answer, ...renderExplanation(explanation, shell.paint)]);
  }
  return EXIT.fine;
}
