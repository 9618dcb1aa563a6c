/** Members of the known kinds, as a reader demands them: docs/formats/audit-log.md section 4, nothing more and nothing less. */

type Check = (value: unknown) => boolean;

const text: Check = (v) => typeof v === "string";
const count: Check = (v) => Number.isSafeInteger(v) && (v as number) >= 0;
const hash: Check = (v) => typeof v === "string" && /^[0-9a-f]{64}$/.test(v);
const orNull =
  (check: Check): Check =>
  (v) =>
    v === null || check(v);
const list =
  (check: Check): Check =>
  (v) =>
    Array.isArray(v) && v.every(check);
const oneOf =
  (...words: readonly string[]): Check =>
  (v) =>
    typeof v === "string" && words.includes(v);
const time: Check = (v) => typeof v === "string" && isRecordTime(v);
const exactly =
  (members: Readonly<Record<string, Check>>): Check =>
  (v) => {
    if (typeof v !== "object" || v === null || Array.isArray(v)) return false;
    const keys = Object.keys(v);
    const wanted = Object.keys(members);
    return (
      keys.length === wanted.length &&
      wanted.every((key) => Object.hasOwn(v, key) && (members[key] as Check)((v as Record<string, unknown>)[key]))
    );
  };

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function isRecordTime(value: string): boolean {
  if (!TIME.test(value)) return false;
  const instant = Date.parse(value);
  return Number.isFinite(instant) && new Date(instant).toISOString() === value;
}

const COMMON = { _hash: hash, _prev: hash, _seq: count, kind: text, time } as const;

export const FORMATS = ["thc-audit-log/1", "thc-audit-log/2"] as const;
const FIRST = FORMATS[0];

const KINDS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  segment: {
    cadence: orNull(exactly({ records: count, seconds: count })),
    format: oneOf(...FORMATS),
    index: count,
    key: text,
    mac: orNull(oneOf("hmac-sha256")),
    origin: text,
    peaks: list(hash),
    seal: orNull(hash),
  },
  seal: { index: count, macs: orNull(hash), root: hash, size: count },
  checkpoint: { macs: orNull(hash), note: text },
  anchor: {
    checkpoint: count,
    nonce: (v) => typeof v === "string" && /^(?:[0-9a-f]{2}){1,32}$/.test(v),
    received: time,
    response: text,
    sent: time,
    tsa: text,
  },
  anchor_failed: { checkpoint: count, reason: text, tsa: text },
  key: { note: text },
  recovered: { bytes: count, digest: hash, file: text },
  erased: { reason: text, record: count },
  decision: {
    action: hash,
    agent: orNull(text),
    answer: hash,
    approvals: list(exactly({ approver: text, id: text, role: text, rule: text })),
    contract: exactly({
      digest: (v) => typeof v === "string" && /^sha256:[0-9a-f]{64}$/.test(v),
      name: text,
      version: text,
    }),
    obligations: list(text),
    outcome: oneOf("allow", "allow_with_obligations", "require_approval", "deny"),
    reason: orNull(text),
    request: hash,
    rules: list(text),
    state: exactly({ after: hash, before: hash }),
    tags: list(text),
    tool: orNull(text),
    trace_id: orNull(text),
  },
};

/** What decisions say in segments of the second format, and not in those of the first. */
const SINCE_SECOND: Readonly<Record<string, Check>> = {
  enforce: (v) => typeof v === "boolean",
  observed: list(exactly({ rule: text, would: list(oneOf("deny", "ask", "oblige", "warn", "label")) })),
  valid_until: orNull(count),
};

const formOf = (members: Readonly<Record<string, Check>>) => ({
  plain: exactly({ ...COMMON, ...members }),
  keyed: exactly({ ...COMMON, ...members, _mac: hash }),
});
const FORMS = new Map(Object.entries(KINDS).map(([kind, members]) => [kind, formOf(members)]));
const DECISION = formOf({ ...KINDS.decision, ...SINCE_SECOND });

export type ParsedRecord = Readonly<Record<string, unknown>>;

export const isKnownKind = (kind: string): boolean => FORMS.has(kind) || kind.startsWith("x_");

/** What a record of this kind, in a segment of this format, lacks; `null` when it is as it must be. */
export function recordProblem(record: ParsedRecord, format: string): string | null {
  const { kind } = record;
  if (typeof kind !== "string" || !isKnownKind(kind)) return `unknown kind \`${String(kind)}\``;
  const form = kind === "decision" && format !== FIRST ? DECISION : FORMS.get(kind);
  if (form === undefined)
    return typeof record.time === "string" && isRecordTime(record.time) ? null : "a record without a time";
  const check = Object.hasOwn(record, "_mac") ? form.keyed : form.plain;
  return check(record) ? null : `the members of a \`${kind}\` record are not as they must be`;
}
