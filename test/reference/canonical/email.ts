/** The canonical form of an Email (docs/semantics.md §3), or undefined when the text has none. */
import { canonicalHost, isFourNumbers } from "./host.ts";

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

export function canonicalEmail(text: string): string | undefined {
  const parts = text.split("@");
  if (parts.length !== 2 || !/^[\x21-\x7e]*$/.test(text)) return undefined;
  const local = parts[0]!.toLowerCase();
  if (local.length > 64 || !LOCAL.test(local)) return undefined;
  const domain = canonicalHost(parts[1]!);
  return domain === undefined || isFourNumbers(domain) ? undefined : `${local}@${domain}`;
}

export function emailParts(email: string): { readonly local: string; readonly domain: string } {
  const [local, domain] = email.split("@");
  return { local: local!, domain: domain! };
}
