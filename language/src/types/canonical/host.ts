/**
 * Canonical hosts (docs/semantics.md, "Host"): ASCII, lower case, no trailing dot, DNS-shaped labels, four-number addresses in
 * plain decimal only. For literals in contracts; the kernel and the reference interpreter have their own copies on purpose.
 */
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const OCTET = /^(?:0|[1-9]\d{0,2})$/;

export function canonicalHost(text: string): string | undefined {
  const host = asciiLower(text).replace(/\.$/, "");
  if (host.length < 1 || host.length > 253) return undefined;
  const labels = host.split(".");
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  const last = labels.at(-1)!;
  if (/^\d+$/.test(last) || /^0x[0-9a-f]*$/.test(last)) {
    if (labels.length !== 4 || !labels.every((label) => OCTET.test(label) && Number(label) <= 255)) return undefined;
  }
  return host;
}

/** `a.example`, or `*.a.example` for one or more names below it. */
export function canonicalHostPattern(text: string): string | undefined {
  if (!text.startsWith("*.")) return canonicalHost(text);
  const host = canonicalHost(text.slice(2));
  return host === undefined || isAddress(host) ? undefined : `*.${host}`;
}

/** Four numbers. Of a canonical host. */
export const isAddress = (host: string): boolean => /\.\d+$|^\d+$/.test(host);

export const asciiLower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
