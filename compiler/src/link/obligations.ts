/** Obligation records, and the limits of those of which the smaller counts (runtime/kernel/assembly/obligations.ts). */
import { OBLIGATION_KINDS, type Obligation } from "@thc/language";
import type { DataBuffer } from "./buffer.ts";

const RECORD = 16;

/** Before anything else takes a symbol: the kinds that a result names must be symbols. */
export function writeObligations(
  data: DataBuffer,
  obligations: readonly Obligation[],
  symbol: (text: string) => number,
): number {
  const at = data.alloc(obligations.length * RECORD);
  for (const [i, o] of obligations.entries()) {
    const e = at + RECORD * i;
    data.u32(e, OBLIGATION_KINDS.indexOf(o.kind));
    data.u32(e + 4, symbol(o.kind));
    data.u32(e + 8, o.kind === "sandbox" ? symbol(`sandbox ${o.profile}`) : 0);
    data.u32(e + 12, writeLimit(data, o));
  }
  return at;
}

/** How much, and of a throttle in how many milliseconds; 0: none, all that are carried count. */
function writeLimit(data: DataBuffer, o: Obligation): number {
  const limit = limitOf(o);
  if (limit === undefined) return 0;
  const at = data.alloc(16);
  data.i64(at, BigInt(limit.amount));
  data.i64(at + 8, BigInt(limit.ms));
  return at;
}

function limitOf(o: Obligation): { readonly amount: number; readonly ms: number } | undefined {
  switch (o.kind) {
    case "row_limit":
      return { amount: o.rows, ms: 0 };
    case "timeout":
    case "credential":
      return { amount: o.ms, ms: 0 };
    case "throttle":
      return { amount: o.count, ms: o.ms };
    default:
      return undefined;
  }
}
