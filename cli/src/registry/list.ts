/** `thc registry list`: the actions of a provider, a service, a level or a flag. */

import {
  type Catalogue,
  type Entry,
  FLAGS,
  type Flag,
  LEVELS,
  type Level,
  PROVIDERS,
  type Provider,
  selectActions,
} from "@thc/registry";
import { Command, Option } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { examples, type Runner, refuse } from "../verbs/verb.ts";
import { type OverlayOptions, openCatalogueFor, overlayOption } from "./catalogue-option.ts";

export interface ListOptions extends OverlayOptions {
  readonly provider?: Provider;
  readonly service?: string;
  readonly level?: string;
  readonly flag?: Flag;
  readonly json?: boolean;
}

const asLevel = (word: string | undefined): Level | undefined => LEVELS.find((level) => level === word?.toUpperCase());

/** The entries asked for; undefined when a service is named that does not exist. */
export function listed(catalogue: Catalogue, options: ListOptions): readonly Entry[] | undefined {
  const providers = options.provider === undefined ? catalogue.providers() : [options.provider];
  const level = asLevel(options.level);
  const found: Entry[] = [];
  let serviceKnown = options.service === undefined;
  for (const provider of providers) {
    const selection = selectActions(
      catalogue,
      options.service === undefined
        ? { kind: "provider", provider }
        : { kind: "service", provider, service: options.service },
    );
    if (!selection.ok) continue;
    serviceKnown = true;
    for (const entry of selection.entries) {
      const wanted =
        (level === undefined || entry.level === level) &&
        (options.flag === undefined || entry.flags.includes(options.flag));
      if (wanted) found.push(entry);
    }
  }
  return serviceKnown ? found : undefined;
}

async function list(options: ListOptions, shell: Shell): Promise<Exit> {
  const opened = openCatalogueFor(options);
  if (!opened.ok) return refuse(shell, opened);
  const entries = listed(opened.catalogue, options);
  if (entries === undefined) {
    return refuse(shell, { exit: EXIT.usage, lines: [`no service \`${visible(options.service ?? "")}\``] });
  }
  if (options.json === true) {
    const row = ({ name, level, effect, rule, flags, confidence }: Entry) => ({
      name,
      level,
      effect,
      rule,
      flags,
      confidence,
    });
    printJson(shell, entries.map(row));
  } else {
    const line = ({ name, level, effect, rule, flags }: Entry) =>
      `${level.padEnd(11)}  ${visible(name)}  ${[effect, rule, ...flags].join(" ")}`;
    printLines(shell, entries.map(line));
  }
  return EXIT.fine;
}

export function listCommand(run: Runner): Command {
  const levels = [...LEVELS.map((level) => level.toLowerCase()), ...LEVELS];
  return new Command("list")
    .description("list the actions of a provider, a service, a level or a flag")
    .addOption(new Option("--provider <provider>", "only of this provider").choices(PROVIDERS))
    .option("--service <service>", "only of this service: s3, storage, compute")
    .addOption(new Option("--level <level>", "only of this level").choices(levels))
    .addOption(new Option("--flag <flag>", "only with this flag").choices(FLAGS))
    .option("--json", "print an array, one element an action")
    .addOption(overlayOption())
    .addHelpText(
      "after",
      examples("thc registry list --provider aws --level critical", "thc registry list --flag payment"),
    )
    .action((options: ListOptions) => run((shell) => list(options, shell)));
}
