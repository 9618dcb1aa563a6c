/**
 * Literals against the type that they are compared with: the result is canonical, and a literal that has no canonical form, the wrong
 * currency or the wrong kind is an error here and never a comparison that silently fails.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { canonicalAccount } from "./canonical/account.ts";
import { canonicalEmail } from "./canonical/email.ts";
import { canonicalHost } from "./canonical/host.ts";
import { canonicalIp } from "./canonical/ip.ts";
import { canonicalDate, canonicalDuration, canonicalTime } from "./canonical/moment.ts";
import { canonicalPath } from "./canonical/path.ts";
import { canonicalUrl } from "./canonical/url.ts";
import type { Decimal, Literal, Type } from "./contract.ts";
import { isInteger, normalise, readDecimal, readDuration } from "./decimal.ts";
import { showType } from "./type.ts";

/** An operand that is written out, not read. */
export type LiteralNode = Extract<
  Ast.Operand,
  { kind: "text" | "number" | "bool" | "duration" | "moment" | "regex" | "action" | "list" | "record" }
>;

const READ: ReadonlySet<string> = new Set(["path", "count", "blast", "arithmetic", "function"]);
export const isLiteral = (node: Ast.Operand): node is LiteralNode => !READ.has(node.kind);

const CANONICAL = {
  email: { read: canonicalEmail, what: "an email address" },
  url: { read: canonicalUrl, what: "a URL" },
  host: { read: canonicalHost, what: "a host name" },
  path: { read: canonicalPath, what: "an absolute path" },
  ip: { read: canonicalIp, what: "an IP address" },
  account: { read: canonicalAccount, what: "an account number" },
} as const;
const ACCOUNT_HELP = "spaces and hyphens stand in an IBAN only; elsewhere they may mean something";

/** Undefined when it was reported. */
export function literalOf(type: Type, node: LiteralNode, report: Report): Literal | undefined {
  switch (type.kind) {
    case "bool":
      return node.kind === "bool" ? { kind: "literal", type, value: node.value } : mismatch(type, node, report);
    case "int":
    case "decimal":
    case "money":
      return numberOf(type, node, report);
    case "text":
    case "id":
      return node.kind === "text" ? { kind: "literal", type, value: node.value } : mismatch(type, node, report);
    case "literals": {
      if (node.kind !== "text") return mismatch(type, node, report);
      if (type.values.includes(node.value)) return { kind: "literal", type, value: node.value };
      const help = didYouMean(node.value, type.values) ?? `declared are ${list(type.values, "and")}`;
      return void report(error("THC3006", `\`${node.value}\` is none of the declared texts`, node.span, "", { help }));
    }
    case "email":
    case "url":
    case "host":
    case "path":
    case "ip":
    case "account": {
      if (node.kind !== "text") return mismatch(type, node, report);
      const { read, what } = CANONICAL[type.kind];
      const value = read(node.value);
      const help = type.kind === "account" && /[ -]/.test(node.value) ? ACCOUNT_HELP : undefined;
      if (value === undefined) return void report(error("THC3005", `this is not ${what}`, node.span, "", { help }));
      return { kind: "literal", type, value };
    }
    case "command": {
      const help = "ask what it runs: `any p in ….programs (p == …)`";
      return void report(error("THC3003", "Command is not compared with a text", node.span, "", { help }));
    }
    case "date":
    case "time":
    case "duration":
      return momentOf(type, node, report);
    default:
      return mismatch(type, node, report);
  }
}

const MOMENTS = {
  date: { read: canonicalDate, what: "a date", help: "a date is written `2026-12-31`" },
  time: { read: canonicalTime, what: "a time", help: "a time is written `2026-12-31T18:00:00Z`, or with `+02:00`" },
  duration: { read: canonicalDuration, what: "a duration", help: 'a duration is written `15m`, or `"PT15M"`' },
} as const;

/** Dates and times bare or in quotes, durations as `15m` or in quotes as ISO 8601 has them. */
function momentOf(type: Type & { readonly kind: keyof typeof MOMENTS }, node: LiteralNode, report: Report) {
  const { read, what, help } = MOMENTS[type.kind];
  if (type.kind === "duration" && node.kind === "duration") {
    const ms = readDuration(node.text);
    if (ms === undefined) return void report(error("THC3023", "the duration is out of range", node.span));
    return { kind: "literal", type, value: normalise({ digits: BigInt(ms), exponent: -3 }) } as const;
  }
  if (node.kind !== "text" && (node.kind !== "moment" || type.kind === "duration")) return mismatch(type, node, report);
  const value = read(node.kind === "text" ? node.value : node.text);
  if (value === undefined) return void report(error("THC3005", `this is not ${what}`, node.span, "", { help }));
  return { kind: "literal", type, value } as const;
}

function numberOf(type: Type, node: LiteralNode, report: Report): Literal | undefined {
  if (node.kind !== "number") return mismatch(type, node, report);
  if (type.kind === "money") {
    if (node.unit === undefined) {
      const help = `write \`${node.text} ${type.currency}\``;
      return void report(
        error("THC3002", "an amount needs its currency", node.span, `compared with ${showType(type)}`, { help }),
      );
    }
    if (node.unit.text !== type.currency) {
      const message = `\`${node.unit.text}\` is compared with \`${type.currency}\``;
      return void report(error("THC3002", message, node.span, `compared with ${showType(type)}`));
    }
  } else if (node.unit !== undefined) return mismatch(type, node, report);
  const value = decimalOf(node, report);
  if (value === undefined) return undefined;
  if (type.kind === "int" && !isInteger(value)) return { kind: "literal", type: { kind: "decimal" }, value };
  return { kind: "literal", type: type.kind === "money" ? { ...type, minor: false } : type, value };
}

/** The number alone, whatever its unit. */
export function decimalOf(node: Ast.NumberNode, report: Report): Decimal | undefined {
  const value = readDecimal(node.text);
  if (value === undefined)
    report(
      error("THC3023", "the number is out of range", node.span, "", {
        help: "numbers have at most 15 digits, so that every reader of a request reads them alike",
      }),
    );
  return value;
}

/** The type that a literal has on its own. */
export function ownType(node: LiteralNode): Type | undefined {
  switch (node.kind) {
    case "text":
      return { kind: "text" };
    case "bool":
      return { kind: "bool" };
    case "number":
      return node.unit === undefined ? { kind: "decimal" } : { kind: "money", currency: node.unit.text, minor: false };
    case "duration":
      return { kind: "duration" };
    case "moment":
      return { kind: node.text.includes("T") ? "time" : "date" };
    default:
      return undefined;
  }
}

export function nameLiteral(node: LiteralNode): string {
  switch (node.kind) {
    case "text":
      return "a text";
    case "number":
      return node.unit === undefined ? "a number" : "an amount";
    case "bool":
      return "`true` or `false`";
    case "duration":
      return "a duration";
    case "moment":
      return "a date";
    case "action":
      return "a cloud action";
    case "regex":
      return "a regular expression";
    case "list":
      return "a list";
    case "record":
      return "a record";
  }
}

function mismatch(type: Type, node: LiteralNode, report: Report): undefined {
  report(error("THC3001", `${nameLiteral(node)} cannot be compared with ${showType(type)}`, node.span));
}
