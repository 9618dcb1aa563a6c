/**
 * The canonical form of an Ip and of a range of them (docs/semantics/values.md, "Ip"): RFC 4291 §2.2 read strictly, RFC 5952 written;
 * an IPv4 address inside IPv6 (::ffff:0:0/96) is the IPv4 address, so that a range meets it in either spelling.
 */

/** Undefined when the text has none. */
export function canonicalIp(text: string): string | undefined {
  const bytes = readIp(text);
  return bytes && writeIp(bytes);
}

export type Range =
  | { readonly kind: "range"; readonly text: string }
  /** No address, or no length of a prefix. */
  | { readonly kind: "none" }
  /** The address is not the first of the range: `text` would be. */
  | { readonly kind: "inside"; readonly text: string };

/** Of `10.0.0.0/8`, or of one address, which is a range of one. */
export function canonicalRange(text: string): Range {
  const parts = /^([^/]+)(?:\/(0|[1-9][0-9]{0,2}))?$/.exec(text);
  const bytes = parts === null ? undefined : readIp(parts[1]!);
  if (bytes === undefined) return { kind: "none" };
  const written = parts?.[1] ?? "";
  const isMapped = written.includes(":") && isIpv4(bytes);
  const most = isIpv4(bytes) && !isMapped ? 32 : 128;
  const given = parts?.[2] === undefined ? most : Number(parts[2]);
  if (given > most || (isMapped && given < 96)) return { kind: "none" };
  const length = isMapped ? given - 96 : given;
  const offset = isIpv4(bytes) ? 96 : 0;
  const first = bytes.map((byte, i) => byte & mask(i * 8, length + offset));
  const range = `${writeIp(first)}/${length}`;
  return first.every((byte, i) => byte === bytes[i]) ? { kind: "range", text: range } : { kind: "inside", text: range };
}

const mask = (at: number, length: number): number => (0xff00 >> Math.max(0, Math.min(8, length - at))) & 0xff;

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
const isIpv4 = (bytes: readonly number[]): boolean => MAPPED.every((byte, i) => bytes[i] === byte);

/** 16 bytes; those of IPv4 as IPv6 has them. */
function readIp(text: string): readonly number[] | undefined {
  if (!text.includes(":")) {
    const four = readFour(text);
    return four && [...MAPPED, ...four];
  }
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => (half === "" ? [] : readGroups(half, i === halves.length - 1)));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...Array.from({ length: 16 - head.length - tail.length }, () => 0), ...tail];
}

/** Bytes of groups between colons; the last may be an IPv4 address. */
function readGroups(text: string, isLast: boolean): readonly number[] | undefined {
  const groups = text.split(":");
  const bytes: number[] = [];
  for (const [i, group] of groups.entries()) {
    const four = isLast && i === groups.length - 1 ? readFour(group) : undefined;
    if (four === undefined && !/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
    const value = Number.parseInt(group, 16);
    bytes.push(...(four ?? [value >> 8, value & 0xff]));
  }
  return bytes.length <= 16 ? bytes : undefined;
}

function readFour(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  const isByte = (part: string): boolean => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256;
  return parts.length === 4 && parts.every(isByte) ? parts.map(Number) : undefined;
}

/** RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of two zero groups or more as `::`. */
function writeIp(bytes: readonly number[]): string {
  if (isIpv4(bytes)) return bytes.slice(12).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => bytes[2 * i]! * 256 + bytes[2 * i + 1]!);
  let [start, length] = [0, 1];
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (groups[i + n] === 0) n++;
    if (n > length) [start, length] = [i, n];
  }
  const hex = (some: readonly number[]): string => some.map((group) => group.toString(16)).join(":");
  if (length < 2) return hex(groups);
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}
