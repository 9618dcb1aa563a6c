/** The canonical form of a Host (docs/semantics.md §3), or undefined when the text has none. */

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const BYTE = /^(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])$/;

export function canonicalHost(text: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(text)) return undefined;
  const host = text.toLowerCase().replace(/\.$/, "");
  if (host.length < 1 || host.length > 253) return undefined;
  const labels = host.split(".");
  if (!labels.every((label) => LABEL.test(label))) return undefined;
  return !endsInNumber(labels) || isFourNumbers(host) ? host : undefined;
}

/** Of a canonical host: an IPv4 address. */
export function isFourNumbers(host: string): boolean {
  const labels = host.split(".");
  return labels.length === 4 && labels.every((label) => BYTE.test(label));
}

/** Such a last label makes resolvers read the whole as an address in one of many spellings; only one is accepted. */
function endsInNumber(labels: readonly string[]): boolean {
  return /^([0-9]+|0x[0-9a-f]*)$/.test(labels[labels.length - 1]!);
}
