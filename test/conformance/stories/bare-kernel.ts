/** The kernel without a contract: its exports, for tests of the ABI and for forging a checksum as an attacker would. */
import { kernelBytes } from "../../differential/kernel-subject.ts";

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
/** Node has it; the types of these tests come without a browser's. */
const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Engine }).WebAssembly;

export function bareKernel(): Readonly<Record<string, unknown>> {
  return new Instance(new Module(kernelBytes()), {}).exports;
}

/** XXH64 as the kernel computes it. */
export function xxh64(bytes: Uint8Array, seed: bigint): bigint {
  const AT = 65536;
  const { memory, test_xxh64 } = bareKernel() as {
    readonly memory: { readonly buffer: ArrayBuffer };
    readonly test_xxh64: (at: number, length: number, seed: bigint) => bigint;
  };
  new Uint8Array(memory.buffer).set(bytes, AT);
  return BigInt.asUintN(64, test_xxh64(AT, bytes.length, seed));
}
