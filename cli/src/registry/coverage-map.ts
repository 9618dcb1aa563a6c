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
  type MappedRule,
  renderCoverage,
} from "@thc/registry/frameworks";
import { Command, Option } from "commander";

/** Reads contracts into rules with their tags and tests; a problem is a text for the user. */
export type ReadRules = (
  contracts: readonly string[],
) => { readonly ok: true; readonly rules: readonly MappedRule[] } | { readonly ok: false; readonly message: string };

interface CoverageOptions {
  readonly framework: string;
  readonly format: CoverageFormat;
  readonly json?: boolean;
}

export function renderCoverageOf(rules: readonly MappedRule[], framework: string, format: CoverageFormat): string {
  const pack = FRAMEWORK_PACKS.find((each) => each.id === framework);
  if (pack === undefined) throw new Error(`no framework ${framework}`);
  return renderCoverage(coverageMap(rules, pack, FRAMEWORK_PACKS), format);
}

export function coverageMapCommand(readRules: ReadRules): Command {
  return new Command("coverage-map")
    .description("show which ids of a framework the rules map to: enforced by a tested rule, mapped, not covered")
    .argument("<contract...>", "contract files")
    .addOption(
      new Option("--framework <id>", "the framework")
        .choices(FRAMEWORK_PACKS.map((pack) => pack.id))
        .default("owasp-asi"),
    )
    .addOption(new Option("--format <format>", "how to print it").choices(COVERAGE_FORMATS).default("text"))
    .option("--json", "the same as --format json")
    .action((contracts: readonly string[], options: CoverageOptions, command: Command) => {
      const read = readRules(contracts);
      if (!read.ok) command.error(read.message, { exitCode: 2, code: "thc.contract" });
      const format = options.json === true ? "json" : options.format;
      process.stdout.write(renderCoverageOf(read.rules, options.framework, format));
    });
}
