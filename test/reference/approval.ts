/** Approvals: the digest of what one binds, and which entries of the request discharge it (docs/semantics.md §7). */
import { createHash } from "node:crypto";
import type { Approval, Reference, Rule } from "./contract.ts";
import { plainDecimal } from "./decimal.ts";
import type { Seen } from "./inspection/inspect.ts";
import { canonicalJson } from "./jcs.ts";
import type { ApprovalEntry, Request } from "./request.ts";
import type { Attempt, RefState, UsedApproval } from "./state.ts";
import { unreachable } from "./unreachable.ts";
import type { Value } from "./value.ts";

export type Asked =
  /** A bound value is unknown: nobody can approve what nobody knows. */
  | { readonly kind: "unaskable" }
  | { readonly kind: "asked"; readonly digest: string }
  | { readonly kind: "discharged"; readonly spent: readonly UsedApproval[] };

/** What entries of the request are held against; `actionDigest` is that of a result or a message where one is asked about. */
export interface Granting {
  /** The principal's: whoever's rule asks, it is the principal that is approved. */
  readonly about: About;
  readonly contractDigest: Uint8Array;
  readonly actionDigest: string;
  readonly request: Request;
  readonly state: RefState;
  readonly now: number;
}
/** What is asked about: what it binds, and whether its tool is irreversible. */
export interface About {
  readonly read: (reference: Reference) => Value;
  readonly irreversible: boolean;
  /** Its name. */
  readonly tool: string;
}
export interface Asking extends Granting {
  readonly attempt: Omit<Attempt, "denied">;
  /** What stands in the arguments, of what inspections look for. */
  readonly seen: () => Seen;
  /** Whether other rules deny the call; undefined while they are asked. */
  readonly refused: boolean | undefined;
}

export function ask(rule: Rule, approval: Approval, asking: Granting): Asked {
  const bound = approval.binds.map((reference) => boundValue(asking.about.read(reference)));
  if (bound.includes(undefined)) return { kind: "unaskable" };
  const { request } = asking;
  const parts = [
    utf8("thc.approval.1"),
    asking.contractDigest,
    utf8(rule.name),
    utf8(request.principal),
    utf8(request.session),
    approval.whole ? Buffer.from(asking.actionDigest, "hex") : utf8(asking.about.tool),
    ...bound.map((value) => value!),
    ...(request.chain ?? []).map(({ id, user }) => Buffer.concat([Buffer.from([user ? 1 : 0]), utf8(id)])),
  ];
  const digest = createHash("sha256")
    .update(Buffer.concat(parts.map(prefixed)))
    .digest("hex");
  const once = approval.once || asking.about.irreversible;
  const counting = request.approvals.filter(
    (entry) => entry.rule === rule.name && entry.digest === digest && counts(entry, approval, once, asking),
  );
  if (new Set(counting.map((entry) => entry.by)).size < approval.quorum) return { kind: "asked", digest };
  return { kind: "discharged", spent: once ? counting.map((entry) => usedRow(entry, approval)) : [] };
}

function counts(entry: ApprovalEntry, approval: Approval, once: boolean, asking: Granting): boolean {
  const { roles, expires } = approval;
  if (entry.at > asking.now) return false;
  if (expires !== undefined && asking.now - entry.at > expires) return false;
  if (roles === undefined ? !entry.user : !roles.some((role) => entry.roles.includes(role))) return false;
  if (roles !== undefined && asking.request.chain?.some((link) => link.id === entry.by)) return false;
  if (entry.by === asking.request.principal && !approval.orRequester) return false;
  return !(once && asking.state.approvals.some((used) => used.rule === entry.rule && used.id === entry.id));
}

function usedRow(entry: ApprovalEntry, approval: Approval): UsedApproval {
  const until = approval.expires === undefined ? undefined : entry.at + approval.expires;
  return { rule: entry.rule, id: entry.id, until };
}

/** Undefined when it, or something in it, is unknown. */
export function boundValue(value: Value): Buffer | undefined {
  if (value.kind === "unknown") return undefined;
  if (value.kind === "absent") return Buffer.from([0]);
  const content = boundContent(value);
  return content === undefined ? undefined : Buffer.concat([Buffer.from([1]), content]);
}

function boundContent(value: Exclude<Value, { kind: "absent" | "unknown" }>): Buffer | undefined {
  switch (value.kind) {
    case "bool":
      return utf8(String(value.value));
    case "number":
    case "moment":
      return utf8(plainDecimal(value.value));
    case "command":
      return utf8(value.sent);
    case "text":
      return utf8(value.text);
    case "json":
      return utf8(canonicalJson(value.value));
    case "list":
      return boundParts(value.items);
    case "map":
      return [...value.fields.values()].map(boundValue).includes(undefined)
        ? undefined
        : utf8(canonicalJson(value.sent));
    case "record":
      return boundParts([...value.fields.values()]);
    default:
      return unreachable(value);
  }
}

function boundParts(values: readonly Value[]): Buffer | undefined {
  const parts = values.map(boundValue);
  return parts.includes(undefined) ? undefined : Buffer.concat(parts.map((part) => prefixed(part!)));
}

function prefixed(part: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(part.length);
  return Buffer.concat([length, part]);
}

function utf8(text: string): Buffer {
  return Buffer.from(text, "utf8");
}
