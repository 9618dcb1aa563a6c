/**
 * The kernel's answer, decoded: entries of (rule, effects) and a set of obligations become a Decision
 * (docs/formats/decision.md, "Answer region").
 */
import type {
  ApprovalRequest,
  Decision,
  DenyReason,
  Explanation,
  Hint,
  NonEmpty,
  Obligation,
  Reason,
  Truth,
} from "./decision.ts";
import type { Kernel } from "./kernel.ts";
import type { ExplainTable, Manifest } from "./manifest.ts";

/** Wire codes (language/src/vocabulary.ts). */
export const REASONS: readonly Reason[] = [
  "none",
  "too_large",
  "bad_utf8",
  "bad_json",
  "duplicate_key",
  "number_range",
  "too_deep",
  "bad_request",
  "unknown_agent",
  "unknown_tool",
  "bad_arguments",
  "bad_facts",
  "bad_state",
  "clock_jump",
  "unknown_call",
  "call_id_reused",
  "no_allow",
  "denied_by_rule",
  "evidence_missing",
  "not_grounded",
  "budget_exceeded",
  "approval_required",
  "obligation_conflict",
  "obligation_not_kept",
  "state_full",
  "internal",
];
const STATE_FAULTS = [
  "",
  "the state is cut short",
  "the state does not begin as a state does",
  "the state is of another format",
  "the state was written by another contract, or another version of this one",
  "the state is damaged: its bytes do not give its checksum",
  "the state belongs to another session, or `context.key` is another",
  "the state's tables do not have the sizes of this contract",
];
const GRANTS = 1;
const CARRIES = 2;
const DENIES = 4;
const ASKS = 8;
const WARNS = 16;
const HINTS = 32;
const SATISFIED = 64;
const UNSATISFIED = 128;
const DUPLICATE = 1;
const CLOCK_BEHIND = 2;
const TRUTHS: readonly Truth[] = ["false", "unknown", "true"];

/** Names, words and tags of determining rules; decisions mostly rest on one, whose answer is made once. */
interface Said {
  readonly rules: readonly string[];
  readonly because: readonly { readonly rule: string; readonly text: string }[];
  readonly maps: readonly string[];
}

export interface AnswerReader {
  /** @param packed what `decide` returned */
  readonly read: (packed: number, state: Uint8Array) => Decision;
}

export function createAnswerReader(kernel: Kernel, manifest: Manifest, explainTable: () => ExplainTable): AnswerReader {
  const obligationBytes = Math.ceil(manifest.obligations.length / 64) * 8;
  const single: (Said | undefined)[] = [];
  const nothing: Said = { rules: [], because: [], maps: [] };
  const none: readonly never[] = [];
  let generation = 0;
  let table: ExplainTable | undefined;
  let view = new DataView(kernel.memory.buffer);

  function say(ids: readonly number[]): Said {
    if (ids.length === 0) return nothing;
    const known = ids.length === 1 ? single[ids[0] as number] : undefined;
    if (known !== undefined) return known;
    const rules = ids.flatMap((id) => manifest.rules[id] ?? []);
    const said: Said = {
      rules: rules.map((r) => r.name),
      because: rules.flatMap((r) => (r.because === undefined ? [] : [{ rule: r.name, text: r.because }])),
      maps: [...new Set(rules.flatMap((r) => r.maps ?? []))].sort(),
    };
    if (ids.length === 1) single[ids[0] as number] = said;
    return said;
  }
  const name = (id: number): string => manifest.rules[id]?.name ?? "";

  function obligations(answer: number): Obligation[] {
    return manifest.obligations.filter((_, i) => (view.getUint8(answer + 16 + (i >> 3)) >> (i & 7)) & 1);
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
      once: a?.once ?? true,
      digest,
    };
  }
  function hint(id: number): Hint {
    return { rule: name(id), tools: manifest.rules[id]?.evidence ?? none };
  }

  function explainNow(
    entries: ReadonlyMap<number, number>,
    determining: ReadonlySet<number>,
    tool: string | undefined,
  ): Explanation {
    table ??= explainTable();
    const t = tool === undefined ? -1 : manifest.tools.indexOf(tool);
    const rules = table.rules.flatMap((r, id) => {
      const effects = entries.get(id);
      if (effects === undefined && (t < 0 || (r.targets !== "*" && !r.targets.includes(t)))) return [];
      return [
        {
          rule: name(id),
          kind: manifest.rules[id]?.kind ?? "",
          determining: determining.has(id),
          when: r.when === 0 ? "true" : (TRUTHS[kernel.evaluate(r.when)] ?? "unknown"),
          satisfied:
            effects === undefined || (effects & (SATISFIED | UNSATISFIED)) === 0
              ? undefined
              : (effects & SATISFIED) !== 0,
          atoms: r.atoms.map((a) => ({ text: a.text, value: TRUTHS[kernel.evaluate(a.at)] ?? "unknown" })),
        } as const,
      ];
    });
    return { rules };
  }

  function read(packed: number, state: Uint8Array): Decision {
    const mine = ++generation;
    if (view.buffer !== kernel.memory.buffer) view = new DataView(kernel.memory.buffer);
    const outcome = packed & 255;
    const reason = REASONS[(packed >> 8) & 255] ?? "internal";
    const answer = kernel.answer();
    const met = view.getUint32(answer, true);
    const flags = view.getUint32(answer + 8, true);
    const entries: [number, number][] = [];
    for (let i = 0, at = answer + 16 + obligationBytes; i < met; i++, at += 8)
      entries.push([view.getUint32(at, true), view.getUint32(at + 4, true)]);
    if (met > 1) entries.sort((a, b) => a[0] - b[0]);
    const having = (mask: number) => entries.flatMap(([id, e]) => ((e & mask) !== 0 ? [id] : []));
    const determining =
      outcome === 0
        ? reason === "obligation_conflict"
          ? having(CARRIES).filter((id) => carriesSandbox(id))
          : having(DENIES)
        : having(outcome === 1 ? ASKS : GRANTS | CARRIES);
    const said = say(determining);
    const explain = (): Explanation => {
      if (mine !== generation) throw new Error("explain() was called after another decision of the same module");
      return explainNow(new Map(entries), new Set(determining), manifest.tools[kernel.last_tool() - 1]);
    };
    const base = {
      rules: said.rules,
      because: said.because,
      maps: said.maps,
      warnings: outcome === 0 || met === 0 ? none : having(WARNS).map(name),
      hints: met === 0 ? none : having(HINTS).map(hint),
      duplicate: (flags & DUPLICATE) !== 0,
      clockBehind: (flags & CLOCK_BEHIND) !== 0,
      state,
      explain,
    };
    switch (outcome) {
      case 3:
        return { outcome: "allow", reason: "none", ...base };
      case 2:
        return {
          outcome: "allow_with_obligations",
          reason: "none",
          obligations: obligations(answer) as unknown as NonEmpty<Obligation>,
          ...base,
        };
      case 1:
        return {
          outcome: "require_approval",
          reason: "approval_required",
          approvals: determining.map(approvalRequest) as unknown as NonEmpty<ApprovalRequest>,
          ...base,
        };
      default:
        return {
          outcome: "deny",
          reason: reason as DenyReason,
          fault: reason === "bad_state" ? STATE_FAULTS[kernel.state_fault()] : undefined,
          ...base,
        };
    }
  }
  function carriesSandbox(id: number): boolean {
    return manifest.rules[id]?.sandbox === true;
  }
  return { read };
}

function hex(bytes: Uint8Array): string {
  let out = "";
  for (const b of bytes) out += b.toString(16).padStart(2, "0");
  return out;
}
