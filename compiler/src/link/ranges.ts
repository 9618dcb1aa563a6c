/** Ranges of addresses as the kernel compares them (runtime/kernel/assembly/ip.ts): IPv4 as the IPv4-mapped part of IPv6. */
export function rangeBytes(canonical: string): {
  readonly address: Uint8Array;
  /** Of the network, counted in the 16 bytes. */
  readonly bits: number;
  readonly isIpv4: boolean;
} {
  const [text = "", length = ""] = canonical.split("/");
  const address = new Uint8Array(16);
  const isIpv4 = text.includes(".");
  if (isIpv4) {
    address.set([0xff, 0xff, ...text.split(".").map(Number)], 10);
    return { address, bits: Number(length) + 96, isIpv4 };
  }
  const [head = [], tail = []] = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const groups = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => "0"), ...tail];
  for (const [i, group] of groups.entries()) new DataView(address.buffer).setUint16(2 * i, Number.parseInt(group, 16));
  return { address, bits: Number(length), isIpv4 };
}
