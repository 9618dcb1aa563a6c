/**
 * Canonical URLs (docs/semantics.md, "Url"): a known scheme or none, no user part, no default port, unreserved escapes decoded, dot
 * segments removed, no fragment.
 */
import { asciiLower, canonicalHost } from "./host.ts";

const PORTS: ReadonlyMap<string, string> = new Map([
  ["http", "80"],
  ["ws", "80"],
  ["https", "443"],
  ["wss", "443"],
  ["ftp", "21"],
]);

export function canonicalUrl(text: string): string | undefined {
  if (/[^\x21-\x7e]|\\/.test(text)) return undefined;
  const mark = text.indexOf("://");
  const scheme = mark === -1 ? undefined : asciiLower(text.slice(0, mark));
  if (scheme !== undefined && !PORTS.has(scheme)) return undefined;
  const rest = mark === -1 ? text : text.slice(mark + 3);
  const end = rest.search(/[/?#]/);
  const authority = end === -1 ? rest : rest.slice(0, end);
  const tail = (end === -1 ? "" : rest.slice(end)).replace(/#.*$/, "");
  if (authority.includes("@")) return undefined;
  const colon = authority.lastIndexOf(":");
  const host = canonicalHost(colon === -1 ? authority : authority.slice(0, colon));
  if (host === undefined || (scheme === undefined && !host.includes("."))) return undefined;
  const port = colon === -1 ? "" : canonicalPort(authority.slice(colon + 1));
  if (port === undefined) return undefined;
  const question = tail.indexOf("?");
  const path = unescapeUnreserved(question === -1 ? tail : tail.slice(0, question));
  const query = question === -1 ? "" : unescapeUnreserved(tail.slice(question));
  if (path === undefined || query === undefined) return undefined;
  const shownPort = port === "" || port === PORTS.get(scheme ?? "") ? "" : `:${port}`;
  return `${scheme === undefined ? "" : `${scheme}:`}//${host}${shownPort}${removeDotSegments(path) || "/"}${query}`;
}

function canonicalPort(text: string): string | undefined {
  if (!/^\d{0,5}$/.test(text) || Number(text) > 65_535) return undefined;
  return text === "" ? "" : String(Number(text));
}

function unescapeUnreserved(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined;
  return text.replace(/%[0-9A-Fa-f]{2}/g, (triple) => {
    const c = String.fromCharCode(Number.parseInt(triple.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(c) ? c : triple.toUpperCase();
  });
}

/** RFC 3986, section 5.2.4, for a path that is empty or begins with `/`. */
function removeDotSegments(path: string): string {
  const out: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, i) => {
    const isLast = i === segments.length - 1;
    if (segment === ".." || segment === ".") {
      if (segment === "..") out.pop();
      if (isLast) out.push("");
    } else out.push(segment);
  });
  return segments.length === 0 ? "" : `/${out.join("/")}`;
}
