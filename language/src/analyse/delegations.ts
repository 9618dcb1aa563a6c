/**
 * Lines of a delegation that come to nothing: the delegator may not itself do what the line admits, so its denial stands. A warning; a
 * line is found only where no `allow` of the delegator names a tool of it, or where their conditions contradict each other.
 */
import { type Report, warning } from "../diagnostics/diagnostic.ts";
import type { Names } from "../resolve/names.ts";
import type { Allow, Decimal, Delegation, DelegationLine, Deny, Rule } from "../types/contract.ts";
import { compareDecimals } from "../types/decimal.ts";
import { boxesOf, overlap } from "./regions.ts";

export function reportUnusable(rules: readonly Rule[], names: Names, report: Report): void {
  rules.forEach((rule, i) => {
    const { origin } = names.rules[i]!;
    if (rule.kind !== "delegation" || origin.kind !== "delegate") return;
    const own = rules.filter((other) => other.agent === undefined || other.agent === rule.from);
    const items = origin.node.items.filter((item) => item.kind === "only");
    rule.lines.forEach((line, k) => {
      if (isUsable(line, own)) return;
      const delegator = names.agents[rule.from]!.name;
      const message = `\`${delegator}\` itself can never do this, so nobody can for it`;
      report(warning("THC4060", message, items[k]!.targets.span, "admits no call", { help: helpFor(rule, names) }));
    });
  });
}

/** A part of a few calls that is less than one. */
export function reportShares(rules: readonly Rule[], names: Names, report: Report): void {
  rules.forEach((rule, i) => {
    const { origin } = names.rules[i]!;
    if (origin.kind !== "share" || rule.kind !== "budget" || rule.measure.kind !== "calls") return;
    if (compareDecimals(rule.limit, ONE_CALL) >= 0) return;
    const { share, budget } = origin;
    const message = `${share.text} of \`${budget.name}\` is less than one call`;
    const help = `write a larger share, or raise the limit of \`${budget.name}\``;
    report(warning("THC4061", message, share.span, "lets no call through", { help }));
  });
}
const ONE_CALL: Decimal = { digits: 1n, exponent: 0 };

const helpFor = ({ from }: Delegation, names: Names): string =>
  `a delegation only narrows: allow it to \`${names.agents[from]!.name}\`, or leave the line out`;

function isUsable(line: DelegationLine, own: readonly Rule[]): boolean {
  return line.targets.some((tool) => {
    const isFor = (rule: Rule): boolean => rule.targets.includes(tool);
    const isShut = own.some((rule) => rule.kind === "deny" && isFor(rule) && isWhole(rule, tool));
    return !isShut && own.some((rule) => rule.kind === "allow" && isFor(rule) && canMeet(rule, line));
  });
}

const isWhole = (rule: Deny, tool: number): boolean =>
  rule.when === undefined && !rule.narrowed.some((narrowed) => narrowed.tool === tool);

function canMeet(allow: Allow, line: DelegationLine): boolean {
  const [a, b] = [boxesOf(allow.when), boxesOf(line.when)];
  return a === undefined || b === undefined || overlap(a, b);
}
