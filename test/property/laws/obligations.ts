/** Law 8: obligations are kept, or the answer is deny. */
import { allow, approval, budget, contract, tool } from "../../contracts/build.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Random } from "../../differential/random.ts";
import { arr, type Written } from "../../differential/written.ts";
import type { Contract, OutcomePart, Rule } from "../../reference/contract.ts";
import {
  holds,
  instead,
  isCall,
  isLetThrough,
  isResult,
  type Law,
  member,
  plainEvents,
  play,
  withMember,
} from "../law.ts";
import { openSession } from "../session-of.ts";

export const OBLIGATIONS: readonly Law[] = [
  {
    number: 8,
    sentence: "every obligation that applies for certain is carried by whatever lets the call through",
    trials: 100,
    check: (subject, random) => {
      const { contract: given, events } = makeCase(random.below(1e9));
      const rules = [...given.rules, ...boxes(given, random)].sort((a, b) => (a.name < b.name ? -1 : 1));
      const contract = { ...given, rules };
      for (const { event, decision } of play(subject.compile(contract), plainEvents(events))) {
        if (!isCall(event) || !isLetThrough(decision) || decision.duplicate) continue;
        const tool = contract.tools.findIndex((t) => t.name === member(event.request, "action", "tool"));
        const sure = contract.rules.flatMap((rule) =>
          (rule.kind === "oblige" || rule.kind === "allow") &&
          rule.when === undefined &&
          rule.agent === undefined &&
          rule.observe === undefined &&
          rule.targets.includes(tool)
            ? rule.obligations.filter((o) => o.kind !== "rate")
            : [],
        );
        for (const obligation of sure)
          holds(
            decision.obligations.some((text) => JSON.parse(text).kind === obligation.kind),
            () => `${obligation.kind} was lost: ${decision.obligations.join(", ")}`,
          );
        const profiles = new Set(sure.flatMap((o) => (o.kind === "sandbox" ? [o.profile] : [])));
        holds(profiles.size < 2, () => "let through in two sandboxes");
        holds((decision.outcome === "allow") === (decision.obligations.length === 0), () => decision.outcome);
      }
    },
  },
  {
    number: 8,
    sentence: "an outcome is a list, and all of it happens: asked, warned and carried, and a denial stays one",
    trials: 40,
    check: (subject, random) => {
      const parts: readonly OutcomePart[] = [
        { kind: "deny" },
        { kind: "approval", approval: approval({}) },
        { kind: "warn" },
        { kind: "with", obligations: [{ kind: "log_full" }] },
        { kind: "cancel" },
      ];
      const otherwise = random.some(parts, 4);
      const has = (kind: OutcomePart["kind"]) => otherwise.some((part) => part.kind === kind);
      const cap = budget("cap", ["*"], "1", { otherwise });
      const session = openSession(subject, contract([tool("go", {})], [allow("all", ["*"]), cap]));
      holds(session.call("go", {}).outcome === "allow", () => "within the budget, and yet something happened");
      const first = session.call("go", {});
      const denies = has("deny") || has("cancel");
      const expected = denies ? "deny" : has("approval") ? "require_approval" : has("with") ? CARRIED : "allow";
      holds(first.outcome === expected, () => `${first.outcome} instead of ${expected}`);
      holds(denies || first.warnings.includes("cap") === has("warn"), () => `warnings: ${first.warnings.join()}`);
      if (!has("approval") || denies) return;
      const entry = { id: "p", rule: "cap", digest: first.approvals[0]!.digest, by: "zoe", roles: ["lead"], at: 1 };
      const granted = session.call("go", {}, { also: { context: { approvals: [entry] } } });
      holds(granted.outcome === (has("with") ? CARRIED : "allow"), () => `granted, and ${granted.outcome}`);
      holds(granted.warnings.includes("cap") === has("warn"), () => "a granted approval took the warning away");
    },
  },
  {
    number: 8,
    sentence:
      "a result that names one obligation less than were given is withheld, and is worth what a withheld one is",
    trials: 400,
    check: (subject, random) => {
      const { contract: made, events } = makeCase(random.below(1e9));
      // where answers are not enforced nothing is withheld
      if (made.observe !== undefined) return;
      // values under labels narrow: a withheld result is seen by flows, one whose obligations were not kept never came
      const rules = made.rules.filter((rule) => rule.kind !== "flow");
      const contract = { ...made, rules };
      const instance = subject.compile(contract);
      const given = new Map<string, readonly string[]>();
      for (const played of play(instance, plainEvents(events))) {
        const { request } = played.event;
        const id = member(request, "context", "call_id");
        if (isCall(played.event) && isLetThrough(played.decision) && !played.decision.duplicate)
          given.set(String(id), [
            ...new Set(played.decision.obligations.map((text) => JSON.parse(text).kind as string)),
          ]);
        const kinds = isResult(played.event) ? given.get(String(id)) : undefined;
        if (kinds === undefined || kinds.length === 0 || played.decision.reason !== "none") continue;
        const kept = (names: readonly string[], on: Written) => withMember(on, ["result", "kept"], arr([...names]));
        const missing = random.pick(kinds);
        const short = kept(
          kinds.filter((kind) => kind !== missing),
          withMember(request, ["result", "status"], "ok"),
        );
        const { outcome, reason } = instead(instance, played, short);
        // Without history there is no pending call, and nothing that a result could be held against.
        if (played.after.length === 0) continue;
        holds(outcome === "deny" && reason === "obligation_not_kept", () => `${missing} was not kept: ${outcome}`);
        const withheld = kept(kinds, withMember(request, ["result", "status"], "withheld"));
        const after = (changed: Written) =>
          play(instance, [{ ...played.event, request: changed }], played.before)[0]!.after;
        holds(Buffer.from(after(short)).equals(after(withheld)), () => "it was worth more than a withheld result");
        const full = instead(instance, played, kept(kinds, request));
        holds(full.outcome === "allow", () => "all were kept, and yet it is denied");
      }
    },
  },
];

const CARRIED = "allow_with_obligations";

/** None, one or two sandboxes over everything. */
function boxes(contract: Contract, random: Random): readonly Rule[] {
  return Array.from({ length: random.below(3) }, (_, i) => ({
    ...contract.rules[0]!,
    kind: "oblige",
    name: `box${i}`,
    targets: contract.tools.map((__, rank) => rank),
    when: undefined,
    obligations: [{ kind: "sandbox", profile: random.pick(["jail", "read_replica"]) }],
  }));
}
