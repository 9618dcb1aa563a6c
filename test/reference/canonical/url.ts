/**
 * The canonical form of a Url and its parts (docs/semantics.md §3), or undefined when the text has none.
 *
 * Far stricter than what browsers accept: whatever two readers could take apart differently has no form.
 */
import { canonicalHost } from "./host.ts";

export interface Url {
  /** Undefined: schemeless. */
  readonly scheme: string | undefined;
  readonly host: string;
  /** As given, unless it is the scheme's default. */
  readonly port: number | undefined;
  readonly path: string;
  /** With its `?`, or empty. */
  readonly query: string;
}

export const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
  ["ftp", 21],
]);

export function parseUrl(text: string): Url | undefined {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(text)) return undefined;
  const separator = text.indexOf("://");
  const scheme = separator < 0 ? undefined : text.slice(0, separator).toLowerCase();
  if (scheme !== undefined && !DEFAULT_PORTS.has(scheme)) return undefined;
  const rest = separator < 0 ? text : text.slice(separator + 3);
  const [, authority, path, query] = /^([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(rest)!;
  const named = hostAndPort(authority!, scheme);
  const plainPath = plainTriples(path!);
  const plainQuery = plainTriples(query ?? "");
  if (named === undefined || plainPath === undefined || plainQuery === undefined) return undefined;
  return { scheme, ...named, path: withoutDots(plainPath), query: plainQuery };
}

export function printUrl(url: Url): string {
  const scheme = url.scheme === undefined ? "" : `${url.scheme}:`;
  const port = url.port === undefined ? "" : `:${url.port}`;
  return `${scheme}//${url.host}${port}${url.path}${url.query}`;
}

export function canonicalUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url === undefined ? undefined : printUrl(url);
}

/** Takes a canonical form apart again: the schemeless one begins with `//`. */
export function partsOfCanonical(canonical: string): Url {
  return parseUrl(canonical.startsWith("//") ? canonical.slice(2) : canonical)!;
}

function hostAndPort(authority: string, scheme: string | undefined): Pick<Url, "host" | "port"> | undefined {
  if (authority.includes("@")) return undefined;
  const colon = authority.lastIndexOf(":");
  const host = canonicalHost(colon < 0 ? authority : authority.slice(0, colon));
  const digits = colon < 0 ? "" : authority.slice(colon + 1);
  if (host === undefined || !/^[0-9]{0,5}$/.test(digits) || Number(digits) > 65_535) return undefined;
  if (scheme === undefined && !host.includes(".")) return undefined;
  const given = digits === "" ? undefined : Number(digits);
  return { host, port: scheme !== undefined && given === DEFAULT_PORTS.get(scheme) ? undefined : given };
}

/** Percent triples of unreserved characters decoded, others in upper case; undefined when a `%` begins none. */
function plainTriples(text: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  return text.replace(/%[0-9a-fA-F]{2}/g, (triple) => {
    const character = String.fromCharCode(Number.parseInt(triple.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : triple.toUpperCase();
  });
}

/** RFC 3986 §5.2.4, for a path that is empty or begins with `/`. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (last) kept.push("");
  });
  return `/${kept.join("/")}`;
}
