/**
 * `thc coverage-map CONTRACT… --framework owasp-asi`: which ids of a framework the contracts' rules map to.
 *
 * How a contract is read into rules and tests is passed in: this file knows neither parser nor test runner.
 */

import {
  COVERAGE_FORMATS,
  type CoverageFormat,
  coverageMap,
  FRAMEWORK_PACKS,
  renderCoverage,
} from "@thc/registry/frameworks";
import { Command, Option } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import type { Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { examples, type Runner, refuse, type Verb } from "../verbs/verb.ts";
import { type ReadRules, readRules } from "./read-rules.ts";

interface CoverageOptions {
  readonly framework: string;
  readonly format: CoverageFormat;
  readonly json?: boolean;
}

async function map(
  contracts: readonly string[],
  options: CoverageOptions,
  read: ReadRules,
  shell: Shell,
): Promise<Exit> {
  const rules = await read(contracts, shell.paintErr);
  if (!rules.ok) return refuse(shell, rules);
  const pack = FRAMEWORK_PACKS.find((each) => each.id === options.framework);
  if (pack === undefined)
    return refuse(shell, { exit: EXIT.usage, lines: [`no framework \`${visible(options.framework)}\``] });
  const coverage = coverageMap(rules.rules, pack, FRAMEWORK_PACKS);
  shell.out(renderCoverage(coverage, options.json === true ? "json" : options.format));
  return EXIT.fine;
}

export const coverage: Verb = (program, run) => {
  program.addCommand(coverageMapCommand(run, readRules));
};

export function coverageMapCommand(run: Runner, read: ReadRules): Command {
  const frameworks = FRAMEWORK_PACKS.map((pack) => pack.id);
  return new Command("coverage-map")
    .description("show which ids of a framework the rules map to: enforced by a tested rule, mapped, not covered")
    .argument("<contract...>", "contract files")
    .addOption(new Option("--framework <id>", "the framework").choices(frameworks).default("owasp-asi"))
    .addOption(new Option("--format <format>", "how to print it").choices(COVERAGE_FORMATS).default("text"))
    .option("--json", "the same as --format json")
    .addHelpText("after", examples("thc coverage-map refunds.contract --framework owasp-asi"))
    .action((contracts: readonly string[], options: CoverageOptions) =>
      run((shell) => map(contracts, options, read, shell)),
    );
}
