/** Ip (docs/semantics/values.md, "Ip"): an address is a family and a number; its canonical text is made from them. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export function canonicalIp(text: string): string | undefined {
  const address = readAddress(text);
  return address === undefined ? undefined : writeAddress(address);
}

/** Whether a canonical address lies in a canonical range: same family, same first bits. */
export function isInRange(ip: string, range: string): boolean {
  const [first, length] = range.split("/");
  const [a, b] = [readAddress(ip)!, readAddress(first!)!];
  const rest = BigInt((b.family === 4 ? 32 : 128) - Number(length));
  return a.family === b.family && a.value >> rest === b.value >> rest;
}

const BYTE = /^(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])$/;

function readAddress(text: string): Address | undefined {
  const four = readFour(text);
  if (four !== undefined) return { family: 4, value: four };
  const value = readSix(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

function readFour(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => BYTE.test(part))) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function readSix(text: string): bigint | undefined {
  // an IPv4 address at the end is two groups
  const [, start, end] = /^(.*:)([0-9.]+)$/.exec(text) ?? [];
  if (end?.includes(".")) {
    const four = readFour(end);
    if (four === undefined) return undefined;
    return readSix(`${start}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`);
  }
  const [left, right, ...more] = text.split("::");
  if (left === undefined || more.length > 0) return undefined;
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

function writeAddress({ family, value }: Address): string {
  const part = (size: number, i: number) => (value >> BigInt(size * i)) & ((1n << BigInt(size)) - 1n);
  if (family === 4) return [3, 2, 1, 0].map((i) => part(8, i)).join(".");
  const groups = [7, 6, 5, 4, 3, 2, 1, 0].map((i) => part(16, i).toString(16)).join(":");
  // the longest run of zero groups, the first of several, but not a single one
  const runs = [...groups.matchAll(/(?<![0-9a-f])0(:0)+(?![0-9a-f])/g)].sort((a, b) => b[0].length - a[0].length);
  const run = runs[0];
  if (run === undefined) return groups;
  const before = groups.slice(0, run.index).replace(/:$/, "");
  return `${before}::${groups.slice(run.index + run[0].length).replace(/^:/, "")}`;
}
