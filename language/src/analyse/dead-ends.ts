/**
 * A flow that ends a session's work: once one allowed tool was called, it denies every call that any rule allows. Nobody means that:
 * an agent that reads at all would stop there. Warnings; only what is certain is said, so a flow with a condition, by value, or
 * one that asks instead of denying is left alone.
 */
import { type Report, warning } from "../diagnostics/diagnostic.ts";
import { UNTRUSTED } from "../resolve/labels.ts";
import type { Names } from "../resolve/names.ts";
import type { Flow, Rule, Tool } from "../types/contract.ts";

export function reportDeadEnds(rules: readonly Rule[], { tools, labels }: Names, report: Report): void {
  const allowed = new Set(rules.flatMap((rule) => (rule.kind === "allow" ? rule.targets : [])));
  if (allowed.size < 2) return;
  for (const rule of rules) {
    if (rule.kind !== "flow" || !stopsAll(rule, allowed)) continue;
    const giver = [...allowed].map((i) => tools[i]!).find((tool) => isGiven(rule, labelsOf(tool, labels)));
    if (giver === undefined) continue;
    const message = `after one call of \`${giver.name}\`, \`${rule.name}\` denies every call of the session`;
    const help = "say which tools it is about, as in `into level(write, delete)`, or ask: `then approval from user`";
    report(warning("THC4080", message, rule.span, "every tool that a rule allows", { help }));
  }
}

function stopsAll({ byValue, when, narrowed, targets, otherwise }: Flow, allowed: ReadonlySet<number>): boolean {
  const denies = otherwise.some(({ kind }) => kind === "deny" || kind === "cancel" || kind === "suspend");
  const covered = new Set(targets);
  return denies && !byValue && when === undefined && narrowed.length === 0 && [...allowed].every((i) => covered.has(i));
}

function isGiven({ labels, join }: Flow, given: ReadonlySet<number>): boolean {
  const holds = labels.map(({ anyOf }) => anyOf.some((label) => given.has(label)));
  return join === "and" ? holds.every(Boolean) : holds.some(Boolean);
}

/** Labels that each call of the tool gives, whatever its arguments. */
function labelsOf({ gives, trusted, levels, external }: Tool, labels: Names["labels"]): ReadonlySet<number> {
  const always = gives.flatMap(({ label, when }) => (when === undefined ? [label] : []));
  const strange =
    trusted === undefined && (external || levels.some((level) => level === "read" || level === "execute"));
  return new Set(strange ? [...always, labels.findIndex(({ name }) => name === UNTRUSTED)] : always);
}
