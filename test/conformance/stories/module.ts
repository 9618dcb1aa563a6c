/** What a module must hold for a contract, from the compiler's IR and the sizes that the pages give: for readers of modules. */

import type { Json } from "./story.ts";
import { compileText } from "./tell.ts";

export interface ModuleVector {
  readonly about: string;
  readonly contract: string;
  readonly expected: { readonly [name: string]: Json };
}

const LEVELS = ["read", "write", "delete", "execute"];
const KINDS = "log_full signed_receipt snapshot_first sandbox row_limit timeout credential throttle redact".split(" ");
const CLASSES = { id: 1, number: 2, email: 4, url: 8, host: 16, text: 32 } as const;

/** Of a ledger's counters; a turn is counted in the session's. */
function counterBytes(ir: ReturnType<typeof compileText>["ir"], ledger: string): number {
  const size = ({ ledger: l, window }: (typeof ir.budgets)[number]) =>
    window === undefined ? (l === "turn" ? 16 : 8) : window.kind === "rolling" ? 504 : 16;
  const mine = ir.budgets.filter((b) => b.ledger === ledger || (b.ledger === "turn" && ledger === "session"));
  return mine.reduce((sum, b) => sum + size(b), 0);
}

export function moduleVector(about: string, contract: string): ModuleVector {
  const { ir, manifest } = compileText(contract);
  const priors = ir.rules.flatMap((r) => (r.detail?.kind === "prior" ? [r.detail] : []));
  const O = Math.ceil(ir.obligations.length / 64) * 8;
  const E = ir.sources.length > 0 ? (ir.sources.some((s) => s.argument !== undefined) ? 392 : 264) : 0;
  const K = Math.max(0, ...priors.map((p) => p.current.length));
  const V = Math.max(0, ...priors.map((p) => p.values));
  const F = ir.valueLabels === 0n ? 0 : 16;
  const ids = ir.budgets.some((b) => b.ledger === "run" || b.ledger === "team") ? 16 : 0;
  const pendingRow = 56 + O + 8 * ir.budgets.length + E + F + ids;
  const evidenceRow = 64 + 16 * K + 24 * V;
  const caps = {
    pending: ir.stateful ? 32 : 0,
    evidence: priors.length > 0 ? 128 : 0,
    tokens: ir.classes.length > 0 ? 1024 : 0,
    approvals: ir.rules.some((r) => r.approval !== undefined) ? 32 : 0,
    values: F === 0 ? 0 : 1024,
  };
  const rows =
    caps.pending * pendingRow +
    caps.approvals * 32 +
    caps.evidence * evidenceRow +
    caps.tokens * 16 +
    caps.values * 16 +
    16 * (ir.loops?.rows ?? 0);
  const labels = ir.labels.length === 0 ? 0 : 16 + 8 * ir.labels.length;
  return {
    about,
    contract,
    expected: {
      contract_digest: manifest.contract.digest,
      header: {
        rules: ir.rules.length,
        history: ir.stateful ? 1 : 0,
        obligations: ir.obligations.length,
        classes: ir.classes.reduce((bits, c) => bits | CLASSES[c], 0),
        sources: ir.sources.length,
        B: ir.budgets.length,
        C: counterBytes(ir, "session"),
        P: priors.length,
        O,
        E,
        I: ids === 0 ? 0 : 8 * ir.budgets.length + 16 * E,
        K,
        V,
        L: ir.labels.length,
        flow_row: F === 0 ? 0 : pendingRow - F,
        value_labels: Number(ir.valueLabels & 0xffffffffn),
        attempts: ir.loops?.rows ?? 0,
        stream: 0,
        S: ir.sinces,
        D: ir.delegators,
        Q: 0,
        items: 0,
        item_row: 0,
        pending_row: pendingRow,
        evidence_row: evidenceRow,
        ...caps,
        most: ir.stateful ? 80 + counterBytes(ir, "session") + 8 * Math.ceil(priors.length / 64) + labels + rows : 0,
      },
      tools: ir.tools.map((t) => ({
        name: t.name,
        flags: (t.irreversible ? 1 : 0) | (t.isSource ? 8 : 0) | (t.external ? 16 : 0),
        levels: t.levels.reduce((bits, l) => bits | (1 << LEVELS.indexOf(l)), 0),
      })),
      rules: ir.rules.map((r) => ({
        name: r.name,
        kind: r.kind,
        otherwise: r.otherwise,
        obligations: r.obligations,
        approval: r.approval !== undefined,
      })),
      patterns: (ir.inspection?.patterns ?? []).map((p) => [p.literal, p.kind, (p.fold ? 0 : 1) | (p.starts ? 2 : 0)]),
      obligations: ir.obligations.map((o) => KINDS.indexOf(o.kind)),
    },
  };
}
