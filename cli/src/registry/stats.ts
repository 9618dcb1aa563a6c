/** `thc registry stats`: how many actions the registry holds, by provider and level. */

import { type Catalogue, LEVELS, statsOf } from "@thc/registry";
import { Command } from "commander";
import { type OverlayOptions, openCatalogueFor, overlayOption } from "./catalogue-option.ts";

const figure = (count: number): string => count.toLocaleString("en-US");

export function renderStats(catalogue: Catalogue, json: boolean): string {
  const stats = statsOf(catalogue);
  const { version, digest } = catalogue.identity;
  const total = stats.reduce((sum, { actions }) => sum + actions, 0);
  if (json) return `${JSON.stringify({ version, digest, total, providers: stats }, null, 2)}\n`;
  const head = ["provider", "actions", "services", ...LEVELS, "by hand", "low confidence"];
  const rows = stats.map(({ provider, actions, services, levels, curated, low_confidence: low }) => [
    provider,
    ...[actions, services, ...LEVELS.map((level) => levels[level]), curated, low].map(figure),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "),
  );
  return `${lines.join("\n")}\n\n${figure(total)} actions, registry ${version}, ${digest}\n`;
}

export function statsCommand(): Command {
  return new Command("stats")
    .description("count the actions that the registry holds")
    .option("--json", "as JSON")
    .addOption(overlayOption())
    .action((options: OverlayOptions & { readonly json?: boolean }, command: Command) => {
      process.stdout.write(renderStats(openCatalogueFor(command, options), options.json === true));
    });
}
