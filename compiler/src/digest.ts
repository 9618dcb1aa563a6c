/** The contract digest: SHA-256 of the typed contract in canonical JSON (RFC 8785), without spans and tests. */
import type { Contract } from "@thc/language";
import { canonicalJson } from "./canonical.ts";

/** Meaning only: where a statement stood and what its tests say does not change what is decided. */
export function canonicalContract(contract: Contract): Uint8Array {
  const { tests: _tests, ...meaning } = contract;
  return canonicalJson(meaning);
}

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly sha256: (at: number, length: number, out: number) => void;
}

/** SHA-256 by the kernel itself: synchronous, on any host. */
export function kernelSha256(kernel: Uint8Array): (bytes: Uint8Array) => Uint8Array {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernel as BufferSource), {});
  const { memory, sha256 } = instance.exports as unknown as KernelExports;
  const OUT = 65536;
  const IN = OUT + 64;
  return (bytes) => {
    const need = IN + bytes.length + 64 - memory.buffer.byteLength;
    if (need > 0) memory.grow(Math.ceil(need / 65536));
    new Uint8Array(memory.buffer).set(bytes, IN);
    sha256(IN, bytes.length, OUT);
    return new Uint8Array(memory.buffer).slice(OUT, OUT + 32);
  };
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
