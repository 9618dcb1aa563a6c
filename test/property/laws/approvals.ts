/** Law 6: an approval binds what it looked at and never overrides a deny. */
import { digestOf, type Event } from "../../differential/event.ts";
import { makeCase } from "../../differential/generate/case.ts";
import type { Random } from "../../differential/random.ts";
import type { Instance } from "../../differential/subject.ts";
import { arr, num, obj, type Written } from "../../differential/written.ts";
import type { Approval, Contract, OutcomePart, Rule } from "../../reference/contract.ts";
import {
  holds,
  instead,
  isCall,
  isLetThrough,
  type Law,
  member,
  type Played,
  plainEvents,
  play,
  withMember,
} from "../law.ts";

export const APPROVALS: readonly Law[] = [
  {
    number: 6,
    sentence: "approvals by people who may give them let the call through, and nothing less does",
    trials: 300,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const instance = subject.compile(contract);
      for (const asking of askingsOf(instance, plainEvents(events))) {
        const sound = entriesFor(asking);
        const approved = answer(instance, asking, withApprovals(asking, sound));
        holds(approved.outcome !== "require_approval", () => `asks again: ${approved.rules.join(", ")}`);
        for (const [flaw, entries] of flawed(asking, sound, contract, random))
          holds(
            !isLetThrough(answer(instance, asking, withApprovals(asking, entries))),
            () => `let through although ${flaw}`,
          );
      }
    },
  },
  {
    number: 6,
    sentence: "an approval of one call is worth nothing for another",
    trials: 400,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const instance = subject.compile(contract);
      for (const asking of askingsOf(instance, plainEvents(events))) {
        const sound = entriesFor(asking);
        const tool = contract.tools.find((t) => t.name === member(asking.event.request, "action", "tool"))!;
        const facts = contract.facts.map((fact) => [fact.root, fact.name]);
        const bound = [
          // a declared team is the agent's, whether the request says so or not
          ...(contract.agents.every(({ team }) => team === undefined) ? [["principal", "team"]] : []),
          ["principal", "roles"],
          ["context", "run"],
          ["context", "origin"],
          ...facts,
        ];
        const approvals = approvalsOf(asking, contract);
        const binds = (name: string) => (a: Approval) =>
          a.whole || a.binds.some(({ root, path }) => root === "args" && path[0] === name);
        const changes: readonly (readonly [path: readonly string[], to: Written | undefined])[] = [
          ...tool.params
            .filter(({ name }) => approvals.every(binds(name)))
            .map(
              (p) =>
                [["action", "args", p.name], random.pick<Written>(["B9", num("7"), "zz@acme.example", true])] as const,
            ),
          ...boundBy(asking, contract, bound).map((path) => [path, undefined] as const),
          [["principal", "id"], random.pick(["support-bot-other", "triage-other-bot"])],
        ];
        for (const [path, to] of changes) {
          if (JSON.stringify(member(asking.event.request, ...path)) === JSON.stringify(to)) continue;
          const other = withMember(asking.event.request, path, to);
          const without = instead(instance, asking, fresh(other));
          const withThem = answer(
            instance,
            asking,
            withApprovals({ ...asking, event: { ...asking.event, request: other } }, sound),
          );
          holds(
            withThem.outcome === without.outcome,
            () => `${path.join(".")} changed: ${without.outcome} became ${withThem.outcome}`,
          );
        }
        // an argument that is not bound may be another
        for (const { name } of tool.params.filter((param) => !approvals.some(binds(param.name)))) {
          const other = withMember(asking.event.request, ["action", "args", name], "B9");
          for (const { rule, digest } of instead(instance, asking, fresh(other)).approvals)
            holds((asking.asked.get(rule) ?? digest) === digest, () => `${name} is not bound, and yet it is`);
        }
      }
    },
  },
  {
    number: 6,
    sentence: "no approval overrides a deny",
    trials: 200,
    check: (subject, random) => {
      const { contract, events } = makeCase(random.below(1e9));
      const stop: Rule = {
        ...contract.rules[0]!,
        kind: "deny",
        name: "stop",
        targets: contract.tools.map((_, i) => i),
        when: {
          kind: "has",
          value: {
            kind: "reference",
            root: "context",
            depth: 0,
            path: ["task"],
            member: undefined,
            type: { kind: "id" },
            optional: true,
          },
        },
      };
      const rules = [...contract.rules, stop].sort((a, b) => (a.name < b.name ? -1 : 1));
      const instance = subject.compile({ ...contract, rules });
      for (const asking of askingsOf(instance, plainEvents(events))) {
        const stopped = withMember(withApprovals(asking, entriesFor(asking)), ["context", "task"], "t-1");
        holds(answer(instance, asking, stopped).outcome === "deny", () => "approved past a deny");
      }
    },
  },
];

/** The calls of a history that ask for approval when they bring none, with the digests they ask for. */
function askingsOf(instance: Instance, events: readonly Event[]): readonly Played[] {
  return play(instance, events).flatMap((played) => {
    if (!isCall(played.event)) return [];
    const request = fresh(withMember(played.event.request, ["context", "approvals"], undefined));
    const decision = instead(instance, played, request);
    if (decision.outcome !== "require_approval") return [];
    const asked = new Map(decision.approvals.map((a) => [a.rule, a.digest]));
    return [{ ...played, event: { ...played.event, request }, decision, asked }];
  });
}

function answer(instance: Instance, asking: Played, request: Written) {
  return instead(instance, asking, fresh(request));
}

/** Another call: its id has not been used. */
function fresh(request: Written): Written {
  return withMember(request, ["context", "call_id"], "retry");
}

/** Two people for every rule, with every role and as users, granted just now. */
function entriesFor(asking: Played): readonly Written[] {
  const at = member(asking.event.request, "context", "time")!;
  return [...asking.asked.keys()].flatMap((rule) =>
    ["zoe", "yan"].map((by) =>
      obj({
        id: `n-${rule}-${by}`,
        rule,
        digest: digestOf(rule),
        by,
        roles: arr(["finance", "lead", "oncall"]),
        user: true,
        at,
      }),
    ),
  );
}

function withApprovals(asking: Played, entries: readonly Written[]): Written {
  return withMember(asking.event.request, ["context", "approvals"], arr(entries));
}

/** The entries, all with one flaw that makes them count for nothing. */
function flawed(
  asking: Played,
  sound: readonly Written[],
  contract: Contract,
  random: Random,
): readonly (readonly [flaw: string, entries: readonly Written[]])[] {
  const all = (name: string, to: Written | undefined) => sound.map((entry) => withMember(entry, [name], to));
  const approvals = approvalsOf(asking, contract);
  const at = Number((member(asking.event.request, "context", "time") as { raw: string }).raw);
  const flaws: (readonly [string, readonly Written[]])[] = [
    ["the digest is another one", all("digest", random.pick(["0".repeat(64), "ab".repeat(32)]))],
    ["the rule is another one", all("rule", "another_rule")],
    ["they are granted in the future", all("at", num(at + 86_400_000))],
  ];
  const principal = member(asking.event.request, "principal", "id")!;
  if (approvals.some((a) => !a.orRequester)) flaws.push(["the requester gave them", all("by", principal)]);
  if (approvals.some((a) => a.quorum > 1)) flaws.push(["one person gave all", all("by", "zoe")]);
  if (approvals.some((a) => a.roles !== undefined)) flaws.push(["nobody has the role", all("roles", arr(["guest"]))]);
  if (approvals.some((a) => a.roles === undefined)) flaws.push(["nobody is the user", all("user", undefined)]);
  const expiring = approvals.flatMap((a) => (a.expires === undefined ? [] : [a.expires]));
  if (expiring.length > 0) flaws.push(["they have expired", all("at", num(at - Math.max(...expiring) - 1))]);
  return flaws;
}

/** What each of the rules that ask asks for: the rule's own, or that of an outcome or of a loop's step. */
function approvalsOf(asking: Played, contract: Contract): readonly Approval[] {
  return [...asking.asked.keys()].flatMap((name) => {
    const rule = contract.rules.find((r) => r.name === name)!;
    const approvals = rule.kind === "require_approval" ? [rule.approval] : outcomesOf(rule).flatMap(approvalIn);
    holds(approvals.length > 0, () => `\`${name}\` asks for nothing`);
    return approvals;
  });
}

function outcomesOf(rule: Rule): readonly OutcomePart[] {
  if (rule.kind === "loop") return rule.steps.flatMap(({ otherwise }) => otherwise);
  return "otherwise" in rule ? rule.otherwise : [];
}

function approvalIn(part: OutcomePart): readonly Approval[] {
  return part.kind === "approval" ? [part.approval] : [];
}

/** Those of the fields that every rule that asks has bound, so that changing one voids all approvals. */
function boundBy(asking: Played, contract: Contract, fields: readonly (readonly string[])[]) {
  const approvals = approvalsOf(asking, contract);
  return fields.filter((path) =>
    approvals.every((a) => a.binds.some((b) => b.root === path[0] && b.path[0] === path[1])),
  );
}
