// The agent whose rules are asked, counted from 1 as the classifier's tables and conditions count.
let current: u32 = 0;

@inline export function agent(): u32 {
  return current;
}
export function setAgent(n: u32): void {
  current = n;
}

/** Condition: a numbers of agents u32, b their count. */
export function agentIs(c: usize): bool {
  const list = <usize>load<u32>(c, 4);
  const n = load<u32>(c, 8);
  for (let i: u32 = 0; i < n; i++) if (load<u32>(list + (<usize>i << 2)) == current) return true;
  return false;
}
