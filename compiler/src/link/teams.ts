/** The teams of agents: {text address, length, symbol, –} by agent, 16 bytes each; 0 when none has one. */
import type { Ir } from "../ir/ir.ts";
import type { DataBuffer } from "./buffer.ts";

export function writeTeams(data: DataBuffer, ir: Ir, symbol: (text: string) => number): number {
  if (ir.agents.every(({ team }) => team === undefined)) return 0;
  const at = data.alloc(ir.agents.length * 16);
  for (const [i, { team }] of ir.agents.entries()) {
    if (team === undefined) continue;
    const text = data.text(team);
    data.u32(at + 16 * i, text.address);
    data.u32(at + 16 * i + 4, text.length);
    data.u32(at + 16 * i + 8, symbol(team));
  }
  return at;
}
