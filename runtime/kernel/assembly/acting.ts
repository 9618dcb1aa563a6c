// The agent whose rules are asked, counted from 1 as the classifier's tables and conditions count; and by whom it was delegated to.
//
// While a call made for others is decided each of them has its turn (chain.ts); explanations come later and are about all of them.
import { AGENTS } from "./memory";

let current: u32 = 0;
/** The agent of the hop before; 0: none. */
let delegator: u32 = 0;
/** Of the call: agents at AGENTS, whoever it is made for first. 0: it is made for nobody. */
let count: u32 = 0;
/** All of them are meant. */
let everyone: bool = false;

@inline export function agent(): u32 {
  return current;
}
export function setAgent(n: u32): void {
  current = n;
  delegator = 0;
  count = 0;
  everyone = false;
}
/** The turn of the i-th agent of the call. */
export function setTurn(i: u32): void {
  everyone = false;
  current = agentAt(i);
  delegator = i ? agentAt(i - 1) : 0;
}
/** No more turns: what is asked from here on is asked of the whole chain. */
export function endTurns(): void {
  everyone = true;
}
@inline function agentAt(i: u32): u32 {
  return load<u32>(AGENTS + (<usize>i << 2));
}
export function addAgent(n: u32): void {
  store<u32>(AGENTS + (<usize>count << 2), n);
  count++;
}
@inline export function agentCount(): u32 {
  return count;
}

/** Condition: a numbers of agents u32, b their count. */
export function agentIs(c: usize): bool {
  const list = <usize>load<u32>(c, 4);
  const n = load<u32>(c, 8);
  if (!everyone) return isIn(list, n, current);
  for (let k: u32 = 0; k < count; k++) if (isIn(list, n, agentAt(k))) return true;
  return false;
}
function isIn(list: usize, n: u32, agent: u32): bool {
  for (let i: u32 = 0; i < n; i++) if (load<u32>(list + (<usize>i << 2)) == agent) return true;
  return false;
}

/** Condition: a the number of the agent that delegated. */
export function actsFor(c: usize): bool {
  const from = load<u32>(c, 4);
  if (!everyone) return delegator == from;
  for (let k: u32 = 0; k + 1 < count; k++) if (agentAt(k) == from) return true;
  return false;
}
