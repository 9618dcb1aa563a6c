/** `thc registry lookup NAME…`: what the registry says about an action, and why. */

import { type Catalogue, type Entry, nearActions, reasonOf, suggestionFor } from "@thc/registry";
import { Command } from "commander";
import { type OverlayOptions, openCatalogueFor, overlayOption } from "./catalogue-option.ts";

interface LookupOptions extends OverlayOptions {
  readonly json?: boolean;
}

/** One element of the JSON answer; `name` is the name as it was asked for. */
interface LookedUp {
  readonly name: string;
  readonly level: Entry["level"] | "UNKNOWN";
  readonly effect: Entry["effect"] | null;
  readonly rule: Entry["rule"] | null;
  readonly flags: Entry["flags"];
  readonly confidence: Entry["confidence"] | null;
  readonly reason: string;
  readonly near?: readonly string[];
  readonly instead?: string;
}

function lookUp(catalogue: Catalogue, name: string): LookedUp {
  const entry = catalogue.find(name);
  if (entry === undefined) {
    const near = nearActions(catalogue, name);
    const reason = "not in the registry, so it is denied";
    return { name, level: "UNKNOWN", effect: null, rule: null, flags: [], confidence: null, reason, near };
  }
  const { level, effect, rule, flags, confidence } = entry;
  const instead = suggestionFor(name)?.instead;
  return {
    name,
    level,
    effect,
    rule,
    flags,
    confidence,
    reason: reasonOf(entry),
    ...(instead === undefined ? {} : { instead }),
  };
}

function asText(answer: LookedUp): string {
  const { name, level, effect, rule, flags, confidence, reason, near, instead } = answer;
  if (level === "UNKNOWN") {
    const lines = [`${name}  UNKNOWN`, `  ${reason}`];
    if (near !== undefined && near.length > 0)
      lines.push(`  did you mean ${near.map((each) => `\`${each}\``).join(" or ")}?`);
    return lines.join("\n");
  }
  const lines = [`${name}  ${level}`, `  effect      ${effect}`, `  rule        ${rule}: ${reason}`];
  if (flags.length > 0) lines.push(`  flags       ${flags.join(" ")}`);
  lines.push(`  confidence  ${confidence}`);
  if (instead !== undefined) lines.push(`  instead     ${instead}`);
  return lines.join("\n");
}

export function renderLookup(catalogue: Catalogue, names: readonly string[], json: boolean): string {
  const answers = names.map((name) => lookUp(catalogue, name));
  return json ? `${JSON.stringify(answers, null, 2)}\n` : `${answers.map(asText).join("\n\n")}\n`;
}

export function lookupCommand(): Command {
  return new Command("lookup")
    .description("say what an action may do, and why the registry thinks so")
    .argument(
      "<name...>",
      "aws:s3:DeleteBucket, gcp:storage.buckets.delete, azure:Microsoft.Compute/virtualMachines/delete",
    )
    .option("--json", "an array, one element a name")
    .addOption(overlayOption())
    .action((names: readonly string[], options: LookupOptions, command: Command) => {
      process.stdout.write(renderLookup(openCatalogueFor(command, options), names, options.json === true));
    });
}
