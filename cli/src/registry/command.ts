/** `thc registry`: its verbs, one file each. */

import { Command } from "commander";
import { listCommand } from "./list.ts";
import { lookupCommand } from "./lookup.ts";
import { statsCommand } from "./stats.ts";

export function registryCommand(): Command {
  return new Command("registry")
    .description("cloud actions and their risk")
    .addCommand(lookupCommand())
    .addCommand(listCommand())
    .addCommand(statsCommand());
}
