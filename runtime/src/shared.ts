/**
 * Compiled kernels that are handed out again: the contracts of many tenants are one kernel with different data. Equal means equal byte
 * for byte: no checksum stands for the code that decides.
 */
import { joined } from "./bytes.ts";
import type { Parts } from "./parts.ts";

interface Compiled {
  readonly bytes: Uint8Array;
  readonly module: WebAssembly.Module;
}

/** A process rarely sees modules of more than two versions of the compiler. */
const MOST = 4;
const compiled: Compiled[] = [];

function known(kernel: readonly Uint8Array[]): WebAssembly.Module | undefined {
  return compiled.find(({ bytes }) => isJoined(bytes, kernel))?.module;
}
function isJoined(whole: Uint8Array, parts: readonly Uint8Array[]): boolean {
  if (whole.length !== parts.reduce((n, p) => n + p.length, 0)) return false;
  let at = 0;
  for (const p of parts) {
    for (let i = 0; i < p.length; i++) if (whole[at + i] !== p[i]) return false;
    at += p.length;
  }
  return true;
}
function keep(bytes: Uint8Array, module: WebAssembly.Module): WebAssembly.Module {
  if (compiled.length === MOST) compiled.shift();
  compiled.push({ bytes, module });
  return module;
}

/** @throws what the engine throws at what it cannot compile */
export function kernelOf({ kernel }: Parts): WebAssembly.Module {
  const there = known(kernel);
  if (there !== undefined) return there;
  const bytes = joined(kernel);
  return keep(bytes, new WebAssembly.Module(bytes as BufferSource));
}
/** As `kernelOf`, off the main thread where the engine can. */
export async function kernelLater({ kernel }: Parts): Promise<WebAssembly.Module> {
  const there = known(kernel);
  if (there !== undefined) return there;
  const bytes = joined(kernel);
  const module = await WebAssembly.compile(bytes as BufferSource);
  return known(kernel) ?? keep(bytes, module);
}
