/**
 * The kernel's answer, decoded: entries of (rule, effects) and a set of obligations become a Decision
 * (docs/formats/decision.md, "Answer region").
 */
import { type Blobs, DELEGATOR_LEDGERS, OTHER_LEDGERS } from "./blobs.ts";
import type {
  ApprovalRequest,
  BlastRadius,
  Decision,
  DenyReason,
  Explanation,
  Hint,
  Inspected,
  Level,
  NonEmpty,
  Obligation,
  ObservedRule,
  Risk,
  RuleExplanation,
  Truth,
  WouldDo,
} from "./decision.ts";
import { readFindings } from "./findings.ts";
import { hex } from "./hex.ts";
import type { Kernel } from "./kernel.ts";
import type { ExplainTable, Manifest } from "./manifest.ts";
import { together } from "./obligations.ts";
import { REASONS, STATE_FAULTS } from "./reasons.ts";

/** By what is left of a severity there, in thousandths (the kernel's condition.ts). */
const ENVIRONMENTS: Readonly<Record<number, BlastRadius["environment"]>> = { 250: "dev", 350: "test", 600: "staging" };
const GRANTS = 1;
const CARRIES = 2;
const DENIES = 4;
const ASKS = 8;
const WARNS = 16;
const HINTS = 32;
const SATISFIED = 64;
const UNSATISFIED = 128;
const EXCEEDS = 32768;
/** What a rule that is only observed would have done. */
const OBSERVED: readonly (readonly [bit: number, would: WouldDo])[] = [
  [0x40000, "deny"],
  [0x80000, "ask"],
  [0x20000, "oblige"],
  [0x100000, "warn"],
  [0x200000, "label"],
];
const WOULD = 0x3e0000;
const IS_OBSERVED = 0x400000;
const DUPLICATE = 1;
const CLOCK_BEHIND = 2;
const UNENFORCED = 16;
const UNFIT = 32;
/** Of a result or message that rules looked at. */
const CONTENT = 4;
const CHUNK = 8;
const LEVELS: readonly Level[] = ["read", "write", "delete", "execute"];
const RISKS: readonly Risk[] = ["read", "write", "destructive", "critical"];
const LEVEL_SETS: readonly (readonly Level[])[] = Array.from({ length: 16 }, (_, set) =>
  Object.freeze(LEVELS.filter((_, i) => (set >> i) & 1)),
);
/** Answers that are made once and handed out again. */
const MOST_REMEMBERED = 4096;
const TRUTHS: readonly Truth[] = ["false", "unknown", "true"];

/** Names, words and tags of determining rules; decisions mostly rest on one, whose answer is made once. Frozen, as they share it. */
interface Said {
  readonly rules: readonly string[];
  readonly because: readonly { readonly rule: string; readonly text: string }[];
  readonly suggestions: readonly { readonly rule: string; readonly instead: string; readonly because?: string }[];
  readonly maps: readonly string[];
}

export interface AnswerReader {
  /** @param packed what `decide` returned */
  readonly read: (packed: number, state: Uint8Array, blobs: Blobs) => Decision;
  /** The denial for what should not happen. */
  readonly internal: (state: Uint8Array, blobs: Blobs) => Decision;
}

export function createAnswerReader(kernel: Kernel, manifest: Manifest, explainTable: () => ExplainTable): AnswerReader {
  const irreversible = new Set(manifest.irreversible);
  const obligationBytes = Math.ceil(manifest.obligations.length / 64) * 8;
  const ones: (Said | undefined)[] = [];
  const twos = new Map<number, Said>();
  const sets = new Map<number, NonEmpty<Obligation>>();
  const none: readonly never[] = Object.freeze([]);
  const noMatching = Object.freeze({});
  const nothing: Said = { rules: none, because: none, suggestions: none, maps: none };
  const answerAt = kernel.answer() >> 2;
  const entriesAt = answerAt + 4 + (obligationBytes >> 2);
  const flowAt = entriesAt + 2 * manifest.rules.length;
  /** What inspections found stands behind labels and budgets. */
  const findingsAt = (flowAt + 8) << 2;
  const inspecting = new Set(manifest.rules.flatMap((r, id) => (r.finds === undefined ? [] : [id])));
  let generation = 0;
  /** The last event ended in a trap: what the kernel holds explains nothing. */
  let broken = false;
  let table: ExplainTable | undefined;
  let words = new Uint32Array(kernel.memory.buffer);

  // flat, as a large contract's rules are in no cache: a decision looks up two of them
  const names = manifest.rules.map((r) => r.name);
  /** Most rules say nothing but their names: the others by number. */
  const wordy = manifest.rules.map((r) => r.because !== undefined || r.suggest !== undefined || r.maps !== undefined);
  const allSilent = !wordy.includes(true);
  const isSilent = (id: number): boolean => allSilent || wordy[id] === false;
  function say(ids: readonly number[]): Said {
    const said = ids.map(name);
    if (ids.every(isSilent)) return { ...nothing, rules: Object.freeze(said) };
    const rules = ids.flatMap((id) => (wordy[id] === true ? (manifest.rules[id] ?? []) : []));
    return {
      rules: Object.freeze(said),
      because: Object.freeze(
        rules.flatMap((r) => (r.because === undefined ? [] : [Object.freeze({ rule: r.name, text: r.because })])),
      ),
      suggestions: Object.freeze(
        rules.flatMap((r) => (r.suggest === undefined ? [] : [Object.freeze({ rule: r.name, ...r.suggest })])),
      ),
      maps: Object.freeze([...new Set(rules.flatMap((r) => r.maps ?? []))].sort()),
    };
  }
  function sayOne(id: number): Said {
    let said = ones[id];
    if (said === undefined) {
      said = say([id]);
      ones[id] = said;
    }
    return said;
  }
  function sayTwo(low: number, high: number): Said {
    const key = low * names.length + high;
    let said = twos.get(key);
    if (said === undefined) {
      said = say([low, high]);
      if (twos.size < MOST_REMEMBERED) twos.set(key, said);
    }
    return said;
  }
  const name = (id: number): string => names[id] ?? "";

  function obligations(): NonEmpty<Obligation> {
    const few = manifest.obligations.length <= 32;
    const key = words[answerAt + 4] as number;
    const known = few ? sets.get(key) : undefined;
    if (known !== undefined) return known;
    const set = together(
      manifest.obligations.filter((_, i) => ((words[answerAt + 4 + (i >> 5)] as number) >>> (i & 31)) & 1),
    );
    Object.freeze(set);
    if (few && sets.size < MOST_REMEMBERED) sets.set(key, set as unknown as NonEmpty<Obligation>);
    return set as unknown as NonEmpty<Obligation>;
  }
  function approvalRequest(id: number): ApprovalRequest {
    const a = manifest.rules[id]?.approval;
    const at = kernel.approval_digest(id);
    const digest = at === 0 ? "" : hex(new Uint8Array(kernel.memory.buffer, at, 32));
    return {
      rule: name(id),
      roles: a?.roles,
      quorum: a?.quorum ?? 1,
      expires: a?.expires,
      once: a?.once !== false || irreversible.has(kernel.last_tool() - 1),
      binds: a?.binds,
      digest,
    };
  }
  /** The largest score of the terms that the contract reads. */
  function blastRadius(terms: readonly number[]): BlastRadius | undefined {
    let most: BlastRadius | undefined;
    for (const term of terms) {
      const at = kernel.blast(term);
      if (at === 0) return undefined;
      const out = new DataView(kernel.memory.buffer, at, 32);
      const score = out.getUint32(0, true) / 1000;
      if (most !== undefined && most.score >= score) continue;
      const count = Number(out.getBigInt64(16, true)) * 10 ** out.getInt32(24, true);
      most = Object.freeze({
        environment: ENVIRONMENTS[out.getUint32(4, true)] ?? "prod",
        ...(out.getUint32(12, true) === 1 ? { resource_count_estimate: count } : {}),
        rollback_available: out.getUint32(8, true) === 1,
        score,
      });
    }
    return most;
  }
  function hint(id: number): Hint {
    const { evidence = none, matching = noMatching } = manifest.rules[id] ?? {};
    return { rule: name(id), tools: evidence, matching };
  }

  function observedRule(id: number): ObservedRule {
    const effects = effectsOf(id);
    return { rule: name(id), would: OBSERVED.flatMap(([bit, would]) => ((effects & bit) === 0 ? [] : [would])) };
  }
  function effectsOf(id: number): number {
    for (let i = 0, at = entriesAt; i < (words[answerAt] as number); i++, at += 2)
      if (words[at] === id) return words[at + 1] as number;
    return 0;
  }

  function truthAt(condition: number): Truth {
    try {
      return TRUTHS[kernel.evaluate(condition)] ?? "unknown";
    } catch {
      return "unknown"; // an address that no compiler wrote
    }
  }
  /** Shared by all decisions of this reader: a closure for each would cost more than some rules do. */
  function explain(this: Pick<Decision, "event" | "reason" | "rules">): Explanation {
    if (this.event !== generation) throw new Error("explain() was called after another decision of the same module");
    // Refused before any rule, answered before, a result or a message: no rule was evaluated, so none took part.
    const evaluated = this.rules.length > 0 || this.reason === "no_allow" || this.reason === "state_full";
    const isContent = ((words[answerAt + 2] as number) & CONTENT) !== 0;
    if (broken || !(evaluated || isContent)) return { rules: [], labels: none };
    const determining = this.rules;
    table ??= explainTable();
    const entries = new Map<number, number>();
    for (let i = 0, at = entriesAt; i < (words[answerAt] as number); i++, at += 2)
      entries.set(words[at] as number, words[at + 1] as number);
    const tool = kernel.last_tool() - 1;
    const rules = table.rules.flatMap((r, id): RuleExplanation[] => {
      const effects = entries.get(id);
      if (effects === undefined && isContent) return [];
      const only = r.narrowed?.find((n) => n.tool === tool);
      if (effects === undefined && r.only !== undefined && truthAt(r.only) !== "true") return [];
      if (effects === undefined && only !== undefined && truthAt(only.at) === "false") return [];
      if (effects === undefined && (tool < 0 || (r.targets !== "*" && !r.targets.includes(tool)))) return [];
      const asked = effects !== undefined && (effects & (SATISFIED | UNSATISFIED)) !== 0;
      return [
        {
          rule: name(id),
          kind: manifest.rules[id]?.kind ?? "",
          determining: determining.includes(name(id)),
          when: r.when === 0 ? "true" : truthAt(r.when),
          satisfied: asked ? (effects & SATISFIED) !== 0 : undefined,
          observed: effects !== undefined && (effects & IS_OBSERVED) !== 0,
          atoms: r.atoms.map((a) => ({ text: a.text, value: truthAt(a.at) })),
        },
      ];
    });
    return { rules, labels: manifest.labels === undefined ? none : labelSet(flowAt) };
  }

  /** Names of the labels in the 64 bits at a word. */
  function labelSet(at: number): readonly string[] {
    if (((words[at] as number) | (words[at + 1] as number)) === 0) return none;
    return (manifest.labels ?? none).filter((_, i) => (((words[at + (i >> 5)] as number) >>> (i & 31)) & 1) === 1);
  }

  function inspection(): Inspected | undefined {
    const asked = having(SATISFIED | UNSATISFIED).filter((id) => inspecting.has(id));
    return asked.length === 0 ? undefined : readFindings(kernel, manifest, asked, findingsAt);
  }

  /** Ids of the met rules with one of these effects, ascending. */
  function having(mask: number): number[] {
    const out: number[] = [];
    for (let i = 0, at = entriesAt; i < (words[answerAt] as number); i++, at += 2)
      if (((words[at + 1] as number) & mask) !== 0) out.push(words[at] as number);
    return ascending(out);
  }

  function read(packed: number, state: Uint8Array, blobs: Blobs): Decision {
    const event = ++generation;
    broken = false;
    if (words.length === 0) words = new Uint32Array(kernel.memory.buffer);
    const outcome = packed & 255;
    const met = words[answerAt] as number;
    const flags = words[answerAt + 2] as number;
    const wanted = outcome === 0 ? DENIES : outcome === 1 ? ASKS : GRANTS | CARRIES;
    // one pass without allocation: most decisions rest on one or two rules
    let all = 0;
    let count = 0;
    let first = 0;
    let second = 0;
    for (let i = 0, at = entriesAt; i < met; i++, at += 2) {
      const effects = words[at + 1] as number;
      all |= effects;
      if ((effects & wanted) === 0) continue;
      if (count === 0) first = words[at] as number;
      else second = words[at] as number;
      count++;
    }
    const reason = REASONS[(packed >> 8) & 255] ?? "internal";
    let rules: readonly string[] = none;
    let because: Said["because"] = none;
    let suggestions: Said["suggestions"] = none;
    let maps: readonly string[] = none;
    if (count === 1 && isSilent(first)) rules = [name(first)];
    else if (count === 2 && isSilent(first) && isSilent(second))
      rules = first < second ? [name(first), name(second)] : [name(second), name(first)];
    else if (count > 0 || reason === "obligation_conflict") {
      const said =
        count === 0
          ? say(having(CARRIES).filter((id) => manifest.rules[id]?.sandbox === true))
          : count === 1
            ? sayOne(first)
            : count === 2
              ? sayTwo(Math.min(first, second), Math.max(first, second))
              : say(having(wanted));
      ({ rules, because, maps } = said);
      if (outcome <= 1) suggestions = said.suggestions;
    }
    const warnings = outcome !== 0 && (all & WARNS) !== 0 ? having(WARNS).map(name) : none;
    const hints = (all & HINTS) !== 0 ? having(HINTS).map(hint) : none;
    const observed = (all & WOULD) === 0 ? none : having(WOULD).map(observedRule);
    const labels = manifest.labels === undefined ? none : labelSet(flowAt + 2);
    const inspected = inspecting.size === 0 ? undefined : inspection();
    const duplicate = (flags & DUPLICATE) !== 0;
    const enforce = (flags & UNENFORCED) === 0;
    const clockBehind = (flags & CLOCK_BEHIND) !== 0;
    const unfit = (flags & UNFIT) !== 0;
    const release = (flags & CHUNK) !== 0 ? kernel.release() : undefined;
    const ability = words[answerAt + 3] as number;
    const levels = LEVEL_SETS[ability & 15] as readonly Level[];
    const risk = ability === 0 ? undefined : RISKS[31 - Math.clz32(ability >>> 8)];
    const blast = ability === 0 || manifest.blast === undefined ? undefined : blastRadius(manifest.blast);
    const retryAfter = outcome <= 1 && (all & (UNSATISFIED | EXCEEDS)) !== 0 ? waitingTime() : undefined;
    const validUntil = manifest.valid === undefined ? undefined : kernel.valid_until() || undefined;
    // each a literal of its own: to spread what they share would cost as much as some rules
    switch (outcome) {
      case 3:
        return {
          outcome: "allow",
          reason: "none",
          rules,
          because,
          suggestions,
          maps,
          warnings,
          observed,
          enforce,
          hints,
          labels,
          inspected,
          release,
          duplicate,
          clockBehind,
          unfit,
          levels,
          risk,
          blast,
          retryAfter,
          validUntil,
          state,
          blobs,
          event,
          explain,
        };
      case 2:
        return {
          outcome: "allow_with_obligations",
          reason: "none",
          obligations: obligations(),
          rules,
          because,
          suggestions,
          maps,
          warnings,
          observed,
          enforce,
          hints,
          labels,
          inspected,
          release,
          duplicate,
          clockBehind,
          unfit,
          levels,
          risk,
          blast,
          retryAfter,
          validUntil,
          state,
          blobs,
          event,
          explain,
        };
      case 1: {
        const approvals = having(ASKS).map(approvalRequest) as unknown as NonEmpty<ApprovalRequest>;
        return {
          outcome: "require_approval",
          reason: "approval_required",
          approvals,
          rules,
          because,
          suggestions,
          maps,
          warnings,
          observed,
          enforce,
          hints,
          labels,
          inspected,
          release,
          duplicate,
          clockBehind,
          unfit,
          levels,
          risk,
          blast,
          retryAfter,
          validUntil,
          state,
          blobs,
          event,
          explain,
        };
      }
      default: {
        const fault = reason === "bad_state" ? stateFault(kernel.state_fault()) : undefined;
        return {
          outcome: "deny",
          reason: reason as DenyReason,
          fault,
          rules,
          because,
          suggestions,
          maps,
          warnings,
          observed,
          enforce,
          hints,
          labels,
          inspected,
          release,
          duplicate,
          clockBehind,
          unfit,
          levels,
          risk,
          blast,
          retryAfter,
          validUntil,
          state,
          blobs,
          event,
          explain,
        };
      }
    }
  }
  function waitingTime(): number | undefined {
    const ms = kernel.retry_after();
    return ms > 0 ? ms : undefined;
  }
  function internal(state: Uint8Array, blobs: Blobs): Decision {
    const event = ++generation;
    broken = true;
    const { rules, because, suggestions, maps } = nothing;
    const empty = {
      rules,
      because,
      suggestions,
      maps,
      warnings: none,
      observed: none,
      enforce: manifest.observe === undefined || manifest.observe.until !== undefined,
      hints: none,
      labels: none,
      inspected: undefined,
      release: undefined,
      duplicate: false,
      clockBehind: false,
      unfit: false,
      levels: LEVEL_SETS[0] as readonly Level[],
      risk: undefined,
      blast: undefined,
      retryAfter: undefined,
      validUntil: undefined,
    };
    return { outcome: "deny", reason: "internal", fault: undefined, ...empty, state, blobs, event, explain };
  }
  return { read, internal };
}

/** Sorted where it is not yet: the classifier meets most rules in their order. */
function ascending(ids: number[]): number[] {
  for (let i = 1; i < ids.length; i++)
    if ((ids[i] as number) < (ids[i - 1] as number)) return ids.sort((a, b) => a - b);
  return ids;
}

/** Of a ledger beside the session its number stands in the second byte. */
function stateFault(code: number): string | undefined {
  const said = STATE_FAULTS[code & 255];
  const place = (code >> 8) - 1;
  if (place < 0) return said;
  const beyond = place - OTHER_LEDGERS.length;
  if (beyond < 0) return `${OTHER_LEDGERS[place]}: ${said}`;
  return `${DELEGATOR_LEDGERS[beyond % 2]} of delegator ${(beyond >> 1) + 1}: ${said}`;
}
