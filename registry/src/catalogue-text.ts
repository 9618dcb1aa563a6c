/**
 * The catalogue's text form: one file a provider, one line an action, sorted, so that a diff can be read by a person.
 *
 *     # comment
 *     s3
 *      DeleteBucket w Cd+ curated data,irreversible
 *
 * A line without a space in front names a service; the others are `operation signal code rule [flags]`, the code being
 * level (RWDC), effect (r w d x), confidence (+ ~ ?). Written by the generator only; a file that does not read is a bug.
 */

import {
  type Classification,
  CONFIDENCES,
  type Confidence,
  type Effect,
  FLAGS,
  type Flag,
  LEVELS,
  type Level,
  type Provider,
  RULES,
  type Rule,
  SIGNALS,
  type Signal,
} from "./action.ts";
import { formatName } from "./name.ts";

/** One action of the catalogue. */
export interface Entry extends Classification {
  readonly name: string;
  readonly provider: Provider;
  readonly service: string;
  readonly operation: string;
  readonly signal: Signal;
}

const EFFECT_OF = { r: "read", w: "write", d: "delete", x: "execute" } as const satisfies Record<string, Effect>;
const MARKS = "+~?";

export function codeOf(entry: Pick<Entry, "level" | "effect" | "confidence">): string {
  const effect = entry.effect === "execute" ? "x" : entry.effect.charAt(0);
  return `${entry.level.charAt(0)}${effect}${MARKS.charAt(CONFIDENCES.indexOf(entry.confidence))}`;
}

/** Writes one provider's file. Entries come in any order; services and operations are sorted by code unit. */
export function formatCatalogue(provider: Provider, head: readonly string[], entries: readonly Entry[]): string {
  const services = new Map<string, string[]>();
  for (const entry of entries) {
    const flags = entry.flags.length === 0 ? "" : ` ${entry.flags.join(",")}`;
    const line = ` ${entry.operation} ${entry.signal} ${codeOf(entry)} ${entry.rule}${flags}`;
    const lines = services.get(entry.service);
    if (lines === undefined) services.set(entry.service, [line]);
    else lines.push(line);
  }
  const blocks = [...services.keys()]
    .sort()
    .map((service) => `${service}\n${services.get(service)!.sort().join("\n")}\n`);
  return [`# thc registry, format 1: ${provider}\n`, ...head.map((line) => `# ${line}\n`), ...blocks].join("");
}

function broken(provider: Provider, at: number, line: string): never {
  throw new Error(`registry data of ${provider}, line ${at + 1}, does not read: ${line}`);
}

/** Reads one provider's file. */
export function parseCatalogue(provider: Provider, text: string): readonly Entry[] {
  const entries: Entry[] = [];
  // Few combinations of flags exist; sharing them keeps 55,000 entries small.
  const shared = new Map<string, readonly Flag[]>([["", []]]);
  let service = "";
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    if (line === "" || line.startsWith("#")) continue;
    if (!line.startsWith(" ")) {
      service = line;
      continue;
    }
    const [, operation = "", signal = "", code = "", rule = "", flagText = ""] = line.split(" ");
    let flags = shared.get(flagText);
    if (flags === undefined) {
      flags = flagText.split(",").map((flag) => FLAGS.find((each) => each === flag) ?? broken(provider, at, line));
      shared.set(flagText, flags);
    }
    const effect = EFFECT_OF[code.charAt(1) as keyof typeof EFFECT_OF];
    const level: Level | undefined = LEVELS.find((each) => each.charAt(0) === code.charAt(0));
    const confidence: Confidence | undefined = CONFIDENCES[MARKS.indexOf(code.charAt(2))];
    if (level === undefined || effect === undefined || confidence === undefined || code.length !== 3)
      broken(provider, at, line);
    if (
      !(SIGNALS as readonly string[]).includes(signal) ||
      !Object.hasOwn(RULES, rule) ||
      operation === "" ||
      service === ""
    ) {
      broken(provider, at, line);
    }
    entries.push({
      name: formatName({ provider, service, operation }),
      provider,
      service,
      operation,
      signal: signal as Signal,
      level,
      effect,
      rule: rule as Rule,
      flags,
      confidence,
    });
  }
  return entries;
}
