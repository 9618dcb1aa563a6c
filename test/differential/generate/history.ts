/**
 * Histories: calls, results and messages of one session, written while the reference interpreter decides them, so that
 * what matters really happens: results of calls that were let through, approvals of what was asked for, repeated calls.
 */
import type { Contract } from "../../reference/contract.ts";
import type { RefDecision } from "../../reference/decision.ts";
import { digestOf, type Event } from "../event.ts";
import type { Random } from "../random.ts";
import { arr, num, obj, type Written } from "../written.ts";
import { makeWhom, NOBODY, type Whom } from "./delegations.ts";
import { disturbed, makeDamage, withMore } from "./hostile.ts";
import { writeMessage } from "./messages.ts";
import { suspicious } from "./suspicious.ts";
import { type Seen, writeFields, writeMisfit, writeValue } from "./values.ts";

export type Step = (event: Event) => RefDecision;
export interface Call {
  readonly id: string;
  readonly tool: number;
  readonly args: Written;
  /** Whom it is made for. */
  readonly whom: Whom;
}
interface OpenCall extends Call {
  readonly obligations: readonly string[];
}

const START = 1_767_225_600_000;

export interface Narrator {
  readonly call: (call?: Partial<Call>) => RefDecision;
  readonly result: (value?: Written) => void;
  readonly message: (text?: string) => void;
  /** Pieces of a result, whose call stays open. */
  readonly stream: (text?: string) => void;
  /** Of what was asked for last; `sound`: by entries that count, each with an id of its own. */
  readonly approve: (sound?: boolean) => void;
  readonly wait: (ms: number) => void;
  readonly any: () => void;
  readonly events: () => readonly Event[];
}

/** One session's author: each method writes an event, sends it through `step` and remembers what came of it. */
export function narrate(contract: Contract, random: Random, step: Step): Narrator {
  const seen: Seen = new Map();
  const events: Event[] = [];
  const agent = random.pick(contract.agents);
  const number = contract.agents.indexOf(agent);
  const known = random.pick(agent.ids);
  const principal = random.chance(0.97) ? known.replaceAll("*", random.pick(["7", "", "x-bot"])) : "support-bot";
  const session = random.pick([undefined, "s-1", ""]);
  const facts = makeFacts();
  const counted = contract.rules.flatMap((rule) => (rule.kind === "budget" ? [rule] : []));
  const runs = counted.some((rule) => rule.ledger === "run" || rule.ledger === "team") ? 0.9 : 0.3;
  const loops = contract.rules.some((rule) => rule.kind === "loop");
  const kinds = counted.map((rule) => rule.measure.kind as string);
  let time = START;
  let calls = 0;
  let recent: readonly Call[] = [];
  let open: readonly OpenCall[] = [];
  let asked: { readonly call: Call; readonly rules: readonly string[] } | undefined;
  let grants: readonly Written[] = [];

  function makeFacts(): ReadonlyMap<string, Written> {
    return new Map(
      contract.facts.flatMap((f) =>
        random.chance(0.9)
          ? [
              [
                f.path,
                f.path === "principal.trust" ? num(random.pick(["0", "0.5", "1"])) : writeValue(f.type, random, seen),
              ] as const,
            ]
          : [],
      ),
    );
  }

  /** What the call costs: mostly sent when some budget counts it, now and then missing, negative or not whole. */
  function figures(root: "context" | "result"): Record<string, Written | undefined> {
    const often = (kind: string) => random.chance(kinds.includes(kind) ? (root === "context" ? 0.93 : 0.6) : 0.03);
    const cost = () => random.pick(["0", "0.25", "1", "0.5", "2.00", "3", "0.1234567891234", "1e9", "-1", "-0"]);
    const whole = () => random.pick(["0", "10", "250", "1e3", "1500.0", "20000", "9007199254740991", "-1", "-0"]);
    return {
      cost: often("cost") ? num(cost()) : undefined,
      tokens: often("tokens") ? num(whole()) : undefined,
      elapsed: often("elapsed") ? num(whole()) : undefined,
    };
  }

  /** Mostly the agent's own, where it has one. */
  function team(): string {
    return agent.team !== undefined && random.chance(0.9) ? agent.team : random.pick(["payments", "hello"]);
  }

  function send(
    event: string,
    context: Record<string, Written | undefined>,
    rest: Record<string, Written>,
    { scopes, chain }: Whom,
  ): RefDecision {
    const root = (name: string, own: Record<string, Written | undefined>) =>
      obj({
        ...own,
        ...Object.fromEntries(
          [...facts].flatMap(([p, v]) => (p.startsWith(`${name}.`) ? [[p.slice(name.length + 1), v]] : [])),
        ),
      });
    const action = rest.action;
    const whole = obj({
      event,
      principal: root("principal", {
        id: random.chance(0.99) ? principal : random.pick(["someone", "support-bo", "*", "triage", "writer"]),
        team: random.chance(runs) ? team() : undefined,
        roles: random.chance(0.3) ? arr(random.several(0, 2, () => random.pick(["A1", "lead", "hello"]))) : undefined,
        scopes: scopes.length > 0 ? arr(scopes) : undefined,
        chain,
      }),
      ...rest,
      action:
        action !== undefined && typeof action === "object" && action !== null && "members" in action
          ? root("action", Object.fromEntries(action.members))
          : root("action", {}),
      resource: root("resource", {}),
      context: root("context", {
        time: num(time),
        session: random.chance(0.005) ? "another" : session,
        key: random.chance(0.002) ? "0123456789abcdef".repeat(2) : undefined,
        cwd: random.chance(0.6) ? random.pick(["/srv/app", "/home/ann/", "relative", "/"]) : undefined,
        run: random.chance(runs) ? random.pick(["A1", "r-1"]) : undefined,
        ledger_key: random.chance(0.003) ? "fedcba9876543210".repeat(2) : undefined,
        ...figures("context"),
        origin: random.chance(0.2) ? "hello" : undefined,
        ...context,
      }),
    });
    const request = random.chance(0.03) ? disturbed(whole, random) : whole;
    const written: Event = {
      request,
      style: random.chance(0.2) ? random.below(1_000_000) : undefined,
      damage: random.chance(0.01) ? makeDamage(random) : [],
    };
    events.push(written);
    return step(written);
  }

  function pass(): void {
    time += random.weighted([
      [12, () => random.below(2_000)],
      [3, () => 60_000 * (1 + random.below(16))],
      [1, () => random.pick([60_000, 300_000, 900_000, 1_800_000, 3_600_000, 3_600_001])],
      [random.chance(0.3) ? 1 : 0, () => random.pick([43_200_000, 86_399_000])],
      [1, () => -random.pick([1, 4_999, 5_001, 7_000])],
      [random.chance(0.05) ? 1 : 0, () => random.pick([86_400_000, 86_400_001, 90_000_000])],
    ]);
  }

  function makeArgs(tool: number): Written {
    const args = writeFields(contract.tools[tool]!.params, random, seen);
    if (contract.tools[tool]!.open && random.chance(0.3)) return withMore(args, random);
    return random.chance(0.03) ? disturbed(args, random) : args;
  }

  /** Of an imported tool's definition: mostly the pinned one; of another it means nothing. */
  function makeDigest(tool: number): Written | undefined {
    const pinned = contract.tools[tool]!.definition;
    if (pinned === undefined) return random.chance(0.03) ? "0".repeat(64) : undefined;
    return random.weighted<Written | undefined>([
      [10, () => pinned],
      [5, () => undefined],
      [1, () => random.pick(["0".repeat(64), pinned.toUpperCase(), pinned.slice(1), "", null])],
    ]);
  }

  function call(given: Partial<Call> = {}, approvals: readonly Written[] = []): RefDecision {
    calls += 1;
    const tool = given.tool ?? random.below(contract.tools.length);
    const id = calls > 1 && random.chance(0.04) ? `c${1 + random.below(calls - 1)}` : `c${calls}`;
    const whom = given.whom !== undefined && random.chance(0.9) ? given.whom : makeWhom(contract, number, time, random);
    const made: Call = { id: given.id ?? id, tool, args: given.args ?? makeArgs(tool), whom };
    const name = random.chance(0.99) ? contract.tools[tool]!.name : random.pick(["no.such", "Orders.lookup", ""]);
    const turn = random.chance(0.4) ? num(random.below(4)) : undefined;
    recent = [...recent, made].slice(-6);
    const decision = send(
      "call",
      { call_id: made.id, turn, approvals: approvals.length > 0 ? arr(approvals) : undefined },
      { action: obj({ tool: name, args: made.args, digest: makeDigest(tool) }) },
      whom,
    );
    if (decision.outcome === "require_approval") asked = { call: made, rules: decision.rules };
    if ((decision.outcome === "allow" || decision.outcome === "allow_with_obligations") && !decision.duplicate)
      open = [...open, { ...made, obligations: decision.obligations.map(kindOf) }];
    return decision;
  }

  function result(value?: Written): void {
    const of = open.length > 0 && random.chance(0.97) ? random.pick(open.slice(-4)) : undefined;
    const returns = of === undefined ? undefined : contract.tools[of.tool]!.returns;
    const kept = of?.obligations ?? [];
    const partial = random.chance(0.1);
    const whole = value ?? (returns === undefined ? writeMisfit(random) : writeValue(returns, random, seen));
    const fitted = random.chance(0.08) ? disturbed(whole, random) : whole;
    const turn = random.chance(0.2) ? num(random.below(4)) : undefined;
    const answer = held(
      "result",
      { call_id: of?.id ?? "c0", turn },
      {
        result: obj({
          status: random.chance(0.85) ? "ok" : random.pick(["failed", "withheld"]),
          value: random.chance(0.03) ? undefined : fitted,
          partial: partial ? true : undefined,
          no_effect: random.chance(0.15) ? true : undefined,
          ...figures("result"),
          kept: kept.length > 0 || random.chance(0.1) ? arr(random.chance(0.9) ? kept : kept.slice(1)) : undefined,
        }),
      },
      reporter(of),
    );
    if (answer.outcome !== "require_approval") open = open.filter((c) => c !== of);
  }

  function message(text = writeMessage(random, seen)): void {
    held("message", {}, { message: obj({ from: random.chance(0.9) ? "user" : "assistant", text }) }, reporter());
  }

  /** Of an open call: a text in pieces, one after the other. */
  function stream(text = suspicious(random)): void {
    const of = open.length > 0 && random.chance(0.97) ? random.pick(open.slice(-4)) : undefined;
    for (let at = 0; at <= text.length; ) {
      const size = 1 + random.below(random.chance(0.3) ? 600 : 20);
      // never within a surrogate pair
      const end = /[\ud800-\udbff]/.test(text[at + size - 1] ?? "") ? at + size + 1 : at + size;
      const isLast = end >= text.length && random.chance(0.7);
      const piece = obj({ text: text.slice(at, end), last: isLast ? true : random.pick([undefined, false]) });
      held("chunk", { call_id: of?.id ?? "c0" }, { chunk: piece }, reporter(of));
      at = end;
      if (of === undefined || random.chance(0.05)) return;
    }
  }

  /** What comes in may be held back until somebody looked at it; then it comes again. */
  function held(
    event: string,
    context: Record<string, Written | undefined>,
    rest: Record<string, Written>,
    whom: Whom,
  ): RefDecision {
    const answer = send(event, context, rest, whom);
    if (answer.outcome !== "require_approval" || random.chance(0.2)) return answer;
    const sound = random.chance(0.6);
    const entries = answer.rules.flatMap((rule) => (sound ? [soundEntry(rule)] : [makeEntry(rule), makeEntry(rule)]));
    return send(event, { ...context, approvals: arr(entries) }, rest, whom);
  }
  /** For whom an event is told that is no call: mostly as its call was made. */
  function reporter(of?: Call): Whom {
    if (of !== undefined && random.chance(0.85)) return of.whom;
    return random.chance(0.1) ? makeWhom(contract, number, time, random) : NOBODY;
  }

  /** Of what was asked for last: the wanted entries, or something close to them. */
  function approve(sound = false): void {
    if (asked === undefined) return;
    const entries = asked.rules.flatMap((rule) =>
      sound ? [soundEntry(rule)] : random.several(1, 2, () => makeEntry(rule)),
    );
    grants = [...grants, ...entries].slice(-4);
    call({ ...asked.call, id: `c${calls + 1}` }, grants);
  }

  function soundEntry(rule: string): Written {
    const roles = arr(["lead", "finance", "oncall"]);
    return obj({ id: `s${calls}`, rule, digest: digestOf(rule), by: "ann", roles, user: true, at: num(time) });
  }

  function makeEntry(rule: string): Written {
    return obj({
      id: random.pick(["p1", "p2", "p3", `q${calls}`]),
      rule: random.chance(0.97) ? rule : "other",
      digest: random.chance(0.95) ? digestOf(rule) : "0".repeat(64),
      by: random.weighted([
        [6, () => random.pick(["ann", "bob", "cy"])],
        [1, () => contract.agents[0]!.ids[0]!.replaceAll("*", "8")],
        [1, () => principal],
      ]),
      roles: arr(random.chance(0.85) ? ["lead", "finance", "oncall"] : []),
      user: random.chance(0.7) ? true : undefined,
      at: num(time - random.pick([0, 0, 1_000, 59_000, 61_000, 1_800_000, -1])),
    });
  }

  /** One of the last calls once more, as agents do that go round in circles. */
  function repeat(): void {
    const of = recent.length > 0 ? recent[Math.max(0, recent.length - 1 - random.pick([0, 0, 1, 1, 2]))] : undefined;
    if (of === undefined) call();
    else call({ tool: of.tool, args: of.args, whom: of.whom });
  }

  function again(): void {
    const of = open.length > 0 ? random.pick(open) : undefined;
    if (of === undefined) call();
    else call({ ...of, args: random.chance(0.75) ? of.args : makeArgs(of.tool) });
  }

  function any(): void {
    pass();
    random.weighted<void>([
      [10, () => void call()],
      [open.length > 0 ? 9 : 1, () => result()],
      [4, () => message()],
      [open.length > 0 && random.chance(0.15) ? 2 : 0, () => stream()],
      [asked === undefined ? 0 : 6, () => approve(random.chance(0.3))],
      [1, again],
      [loops ? 14 : 0, repeat],
    ]);
  }

  const wait = (ms: number) => {
    time += ms;
  };
  return { call, result, message, stream, approve, wait, any, events: () => events };
}

function kindOf(obligation: string): string {
  return (JSON.parse(obligation) as { readonly kind: string }).kind;
}
