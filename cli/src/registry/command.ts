/** `thc registry`: its verbs, one file each. */

import { Command } from "commander";
import type { Runner, Verb } from "../verbs/verb.ts";
import { listCommand } from "./list.ts";
import { lookupCommand } from "./lookup.ts";
import { statsCommand } from "./stats.ts";

export function registryCommand(run: Runner): Command {
  const command = new Command("registry").description("say what cloud actions may do, and how bad that is");
  for (const verb of [lookupCommand(run), listCommand(run), statsCommand(run)]) {
    command.addCommand(
      verb.exitOverride().showHelpAfterError(`(\`thc registry ${verb.name()} --help\` shows how it is used)`),
    );
  }
  return command;
}

export const registry: Verb = (program, run) => {
  program.addCommand(registryCommand(run));
};
