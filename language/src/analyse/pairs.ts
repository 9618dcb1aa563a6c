/**
 * Findings about two rules: an allow that a denial always covers, a rule that another makes needless, allows of one tool that
 * can hold together and carry different obligations. Warnings; regions.ts says how far they see.
 */
import { type Report, warning } from "../diagnostics/diagnostic.ts";
import { fold } from "../types/analysis.ts";
import type { Allow, Carried, Condition, Deny, Rule, Tool } from "../types/contract.ts";
import { type Box, boxesOf, covers, overlap, possibleBoxesOf } from "./regions.ts";

/** Rules compared pair by pair: with more than this of one kind that is left out, for the sake of time. */
const MOST_RULES = 1_000;

interface Seen<R extends Rule> {
  readonly rule: R;
  readonly boxes: readonly Box[];
  readonly targets: ReadonlySet<number>;
}

export function comparePairs(all: readonly Rule[], tools: readonly Tool[], report: Report): void {
  // what is only observed changes no decision today, and all of them later
  const rules = all.filter((rule) => rule.observe === undefined);
  const seen = <R extends Allow | Deny>(rule: R, of = boxesOf): Seen<R>[] => {
    const boxes = of(rule.when);
    // where it can never match another finding says so
    const targets = rule.targets.filter((tool) => !isNever(rule.when, tools[tool]!));
    return boxes === undefined || boxes.length === 0 || targets.length === 0
      ? []
      : [{ rule, boxes, targets: new Set(targets) }];
  };
  const allows: Seen<Allow>[] = [];
  const denials: Seen<Deny>[] = [];
  for (const rule of rules) {
    if (rule.kind === "allow") allows.push(...seen(rule));
    if (rule.kind === "deny") denials.push(...seen(rule));
    if (allows.length > MOST_RULES || denials.length > MOST_RULES) return;
  }
  for (const allow of allows) {
    const denier = denials.find((deny) => isCovered(allow, deny));
    if (denier !== undefined) reportShadowed(allow.rule, denier.rule, report);
  }
  const possible = <R extends Allow | Deny>(all: readonly Seen<R>[]) =>
    all.flatMap(({ rule }) => seen(rule, possibleBoxesOf));
  reportNeedless(possible(allows), sameObligations, report);
  reportNeedless(possible(denials), () => true, report);
  reportDifferent(allows, tools, report);
}

/** All that `inner` says of calls, `outer` says too. */
function isCovered(inner: Seen<Allow | Deny>, outer: Seen<Allow | Deny>): boolean {
  if (outer.rule.narrowed.length > 0 || inner.rule.narrowed.length > 0) return false;
  if (outer.rule.agent !== undefined && outer.rule.agent !== inner.rule.agent) return false;
  return [...inner.targets].every((tool) => outer.targets.has(tool)) && covers(outer.boxes, inner.boxes);
}

const key = (obligation: Carried): string => JSON.stringify(obligation, Object.keys(obligation).sort());
const has = (all: readonly Carried[], one: Carried): boolean => all.some((each) => key(each) === key(one));
const sameObligations = (a: Allow, b: Allow): boolean =>
  a.obligations.every((o) => has(b.obligations, o)) && b.obligations.every((o) => has(a.obligations, o));

const isNever = (when: Condition | undefined, tool: Tool): boolean => when !== undefined && fold(when, tool) === false;

function reportShadowed(allow: Allow, deny: Deny, report: Report): void {
  report(
    warning("THC4050", `\`${allow.name}\` allows only what \`${deny.name}\` denies`, allow.span, "never takes effect", {
      help: "a deny wins over every allow, wherever it stands",
      related: [{ span: deny.span, text: "denied here" }],
    }),
  );
}

function reportNeedless<R extends Allow | Deny>(
  all: readonly Seen<R>[],
  isSafe: (needless: R, by: R) => boolean,
  report: Report,
): void {
  const needless = new Set<Seen<R>>();
  for (const one of all) {
    const by = all.find(
      (other) => other !== one && !needless.has(other) && isCovered(one, other) && isSafe(one.rule, other.rule),
    );
    if (by === undefined) continue;
    needless.add(one);
    const does = one.rule.kind === "allow" ? "allows" : "denies";
    report(
      warning(
        "THC4051",
        `\`${by.rule.name}\` ${does} everything that \`${one.rule.name}\` ${does}`,
        one.rule.span,
        "changes no decision",
        {
          help: `remove it, or let \`${by.rule.name}\` say less`,
          related: [{ span: by.rule.span, text: "covers it" }],
        },
      ),
    );
  }
}

function reportDifferent(allows: readonly Seen<Allow>[], tools: readonly Tool[], report: Report): void {
  for (const [i, a] of allows.entries())
    for (const b of allows.slice(i + 1)) {
      const shared = [...a.targets].find((tool) => b.targets.has(tool));
      if (shared === undefined || a.rule.narrowed.length > 0 || b.rule.narrowed.length > 0) continue;
      if (a.rule.agent !== b.rule.agent && a.rule.agent !== undefined && b.rule.agent !== undefined) continue;
      if (sameObligations(a.rule, b.rule) || !overlap(a.boxes, b.boxes)) continue;
      const [first, second] = a.rule.span.start < b.rule.span.start ? [a.rule, b.rule] : [b.rule, a.rule];
      report(
        warning(
          "THC4052",
          `\`${first.name}\` and \`${second.name}\` can both allow \`${tools[shared]!.name}\`, with different obligations`,
          second.span,
          "all obligations of both are carried then",
          {
            help: "say it in one `oblige` rule, or let their conditions exclude each other",
            related: [{ span: first.span, text: "the other one" }],
          },
        ),
      );
    }
}
