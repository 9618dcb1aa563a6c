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

export function renderList(entries: readonly Entry[], json: boolean): string {
  if (json) {
    const rows = entries.map(({ name, level, effect, rule, flags, confidence }) => ({
      name,
      level,
      effect,
      rule,
      flags,
      confidence,
    }));
    return `${JSON.stringify(rows, null, 2)}\n`;
  }
  return entries
    .map(
      ({ name, level, effect, rule, flags }) => `${level.padEnd(11)}  ${name}  ${[effect, rule, ...flags].join(" ")}\n`,
    )
    .join("");
}

export function listCommand(): Command {
  return new Command("list")
    .description("list actions")
    .addOption(new Option("--provider <provider>", "only of this provider").choices(PROVIDERS))
    .option("--service <service>", "only of this service: s3, storage, compute")
    .addOption(
      new Option("--level <level>", "only of this level").choices([
        ...LEVELS.map((level) => level.toLowerCase()),
        ...LEVELS,
      ]),
    )
    .addOption(new Option("--flag <flag>", "only with this flag").choices(FLAGS))
    .option("--json", "an array, one element an action")
    .addOption(overlayOption())
    .action((options: ListOptions, command: Command) => {
      const entries = listed(openCatalogueFor(command, options), options);
      if (entries === undefined)
        command.error(`no service \`${options.service}\``, { exitCode: 2, code: "thc.service" });
      process.stdout.write(renderList(entries, options.json === true));
    });
}
