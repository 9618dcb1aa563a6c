/**
 * Values of requests as they may be printed.
 *
 * A value is hidden when its member's name says that it is a secret, or when it looks like a credential. This guards against
 * accidents in reports; it is no inspector and decides nothing.
 */
import { shorten, visible } from "./visible.ts";

const SECRET_NAME =
  /passw|passwd|passphrase|secret|token|api[-_]?key|apikey|authorization|credential|private[-_]?key|cookie|bearer|^pin$|^otp$|^cvv$|^pwd$/i;

const SECRET_FORMS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\b(?:sk|rk|pk)[-_](?:[a-z]+[-_])*[A-Za-z0-9]{16,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}/,
  /\bAIza[\w-]{30,}/,
  /\bbearer\s+\S{12,}/i,
  /\b(?:password|passphrase|secret|api[ _-]?key|token)\b["']?\s*(?:is|[:=])\s*\S{4,}/i,
  /:\/\/[^\s/:@]+:[^\s/@]+@/,
  // A long run that mixes cases and digits is a key more often than a name.
  /(?=[A-Za-z0-9+/_=-]*[a-z])(?=[A-Za-z0-9+/_=-]*[A-Z])(?=[A-Za-z0-9+/_=-]*\d)[A-Za-z0-9+/_=-]{32,200}/,
];

/** The text, or how long the secret is that stands there. `name`: the member that holds it, if any. */
export function mask(text: string, name = ""): string {
  const bounded = text.slice(0, 4_096);
  if (SECRET_NAME.test(name) || SECRET_FORMS.some((form) => form.test(bounded)))
    return `[masked, ${text.length} characters]`;
  return text;
}

/** A JSON value on one line, masked, escaped and at most `limit` characters long. */
export function maskedJson(value: unknown, limit: number, name = ""): string {
  const budget = { left: 200 };
  return shorten(visible(write(value, name, budget, 0)), limit);
}

function write(value: unknown, name: string, budget: { left: number }, depth: number): string {
  budget.left -= 1;
  if (budget.left < 0 || depth > 8) return "…";
  if (typeof value === "string") return JSON.stringify(mask(value, name));
  if (value === null || typeof value !== "object") {
    const text = JSON.stringify(value) ?? "null";
    return SECRET_NAME.test(name) ? mask(text, name) : text;
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, name, budget, depth + 1)).join(", ")}]`;
  const members = Object.entries(value).map(
    ([key, item]) => `${key}: ${write(item, SECRET_NAME.test(name) ? name : key, budget, depth + 1)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
