/** `thc registry stats`: how many actions the registry holds, by provider and level. */

import { LEVELS, statsOf } from "@thc/registry";
import { Command } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { type Column, count, renderTable } from "../terminal/table.ts";
import { type Runner, refuse } from "../verbs/verb.ts";
import { type OverlayOptions, openCatalogueFor, overlayOption } from "./catalogue-option.ts";

interface StatsOptions extends OverlayOptions {
  readonly json?: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: "provider", align: "left" },
  ...["actions", "services", ...LEVELS, "by hand", "low confidence"].map((title) => ({
    title,
    align: "right" as const,
  })),
];

async function stats(options: StatsOptions, shell: Shell): Promise<Exit> {
  const opened = openCatalogueFor(options);
  if (!opened.ok) return refuse(shell, opened);
  const { version, digest } = opened.catalogue.identity;
  const providers = statsOf(opened.catalogue);
  const total = providers.reduce((sum, { actions }) => sum + actions, 0);
  if (options.json === true) {
    printJson(shell, { version, digest, total, providers });
    return EXIT.fine;
  }
  const rows = providers.map(({ provider, actions, services, levels, curated, low_confidence: low }) => [
    provider,
    ...[actions, services, ...LEVELS.map((level) => levels[level]), curated, low].map(count),
  ]);
  printLines(shell, [...renderTable(COLUMNS, rows), "", `${count(total)} actions, registry ${version}, ${digest}`]);
  return EXIT.fine;
}

export function statsCommand(run: Runner): Command {
  return new Command("stats")
    .description("count the actions that the registry holds")
    .option("--json", "print the counts as JSON")
    .addOption(overlayOption())
    .action((options: StatsOptions) => run((shell) => stats(options, shell)));
}
