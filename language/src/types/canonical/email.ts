/** Canonical addresses (docs/semantics.md, "Email"): one `@`, a plain local part, a host that is no number; all in lower case. */
import { asciiLower, canonicalHost, isAddress } from "./host.ts";

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;

export function canonicalEmail(text: string): string | undefined {
  const parts = text.split("@");
  if (parts.length !== 2) return undefined;
  const [local, domain] = parts as [string, string];
  if (!LOCAL.test(local) || local.startsWith(".") || local.endsWith(".") || local.includes("..")) return undefined;
  const host = canonicalHost(domain);
  if (host === undefined || isAddress(host)) return undefined;
  return `${asciiLower(local)}@${host}`;
}
