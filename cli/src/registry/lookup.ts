/** `thc registry lookup NAME…`: what the registry says about an action, and why. */

import { type Catalogue, type Entry, nearActions, reasonOf, suggestionFor } from "@thc/registry";
import { Command } from "commander";
import { EXIT, type Exit } from "../exit.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { examples, type Runner, refuse } from "../verbs/verb.ts";
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

function asLines(answer: LookedUp): readonly string[] {
  const { level, effect, rule, flags, confidence, reason, near, instead } = answer;
  const name = visible(answer.name);
  if (level === "UNKNOWN") {
    const lines = [`${name}  UNKNOWN`, `  ${reason}`];
    if (near !== undefined && near.length > 0) {
      lines.push(`  did you mean ${near.map((each) => `\`${each}\``).join(" or ")}?`);
    }
    return lines;
  }
  const lines = [`${name}  ${level}`, `  effect      ${effect}`, `  rule        ${rule}: ${visible(reason)}`];
  if (flags.length > 0) lines.push(`  flags       ${flags.join(" ")}`);
  lines.push(`  confidence  ${confidence}`);
  if (instead !== undefined) lines.push(`  instead     ${instead}`);
  return lines;
}

async function lookup(names: readonly string[], options: LookupOptions, shell: Shell): Promise<Exit> {
  const opened = openCatalogueFor(options);
  if (!opened.ok) return refuse(shell, opened);
  const answers = names.map((name) => lookUp(opened.catalogue, name));
  if (options.json === true) printJson(shell, answers);
  else
    printLines(
      shell,
      answers.flatMap((answer, at) => (at === 0 ? asLines(answer) : ["", ...asLines(answer)])),
    );
  return EXIT.fine;
}

export function lookupCommand(run: Runner): Command {
  return new Command("lookup")
    .description("say what an action may do, and why the registry thinks so")
    .argument("<name...>", "names of actions: aws:s3:DeleteBucket, gcp:storage.buckets.delete")
    .option("--json", "print an array, one element a name")
    .addOption(overlayOption())
    .addHelpText(
      "after",
      examples("thc registry lookup aws:s3:DeleteBucket azure:Microsoft.Compute/virtualMachines/delete"),
    )
    .action((names: readonly string[], options: LookupOptions) => run((shell) => lookup(names, options, shell)));
}
