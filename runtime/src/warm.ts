/**
 * Synthetic decisions at load: engines compile hot code in tiers, and the first real requests should not pay for it.
 * None of them can leave anything behind: they are refused before any rule, or name nothing that the contract knows.
 */
import type { Kernel } from "./kernel.ts";

const ROUNDS = 40;
const REQUEST = new TextEncoder().encode(
  '{"event":"call","principal":{"id":"\\u0000","roles":["a","b"]},"action":{"tool":"\\u0000","args":{"a":1.5,"b":[1,2,{"c":"text"}]}},' +
    '"resource":{"x":null},"context":{"time":1,"call_id":"c","session":"s"}}',
);

export function warmUp(kernel: Kernel): void {
  const at = kernel.input(REQUEST.length);
  if (at === 0) return;
  new Uint8Array(kernel.memory.buffer).set(REQUEST, at);
  for (let i = 0; i < ROUNDS; i++) kernel.decide(REQUEST.length, 0);
}
