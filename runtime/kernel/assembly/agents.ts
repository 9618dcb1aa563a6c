// The agent: whose rules are asked. It is the accept value of the automaton over all ids, which never meet (THC4001), so it is one.
//
// Teams, 16 B an agent: text u32, length u32, symbol u32, –. Address 0: no agent says its team.
import { H, H_AGENTS, H_TEAMS } from "./memory";
import { setAgent } from "./acting";
import { equal } from "./bytes";
import { run } from "./condition";
import { K_TEXT } from "./typed";
import { KNOWN, N_KIND, N_LEN, N_PTR, N_SYMBOL, S_PRINCIPAL_ID, S_TEAM, setState, slot, stateOf } from "./value";

/** The agent of an id; 0: it is none. */
export function agentOf(id: usize): u32 {
  return H(H_AGENTS) ? run(H(H_AGENTS), <usize>load<u32>(id, N_PTR), load<u32>(id, N_LEN)) : 0;
}

/** Says who asks. False: nobody that the contract knows, or one of another team. */
export function recognise(): bool {
  const n = agentOf(slot(S_PRINCIPAL_ID));
  setAgent(n);
  if (!n || !inTeamOf(n, slot(S_TEAM))) return false;
  settleTeam(n);
  return true;
}

@inline function teamOf(n: u32): usize {
  return H(H_TEAMS) ? H(H_TEAMS) + (<usize>(n - 1) << 4) : 0;
}
/** A request may repeat the declared team of an agent, and say no other. */
export function inTeamOf(n: u32, said: usize): bool {
  const t = teamOf(n);
  const text = t ? <usize>load<u32>(t) : 0;
  if (!text || stateOf(said) != KNOWN) return true;
  const len = load<u32>(t, 4);
  return load<u32>(said, N_LEN) == len && equal(<usize>load<u32>(said, N_PTR), text, len);
}
/** A declared team is what `principal.team` reads. */
export function settleTeam(n: u32): void {
  const t = teamOf(n);
  const text = t ? <usize>load<u32>(t) : 0;
  const node = slot(S_TEAM);
  if (!text || stateOf(node) == KNOWN) return;
  setState(node, KNOWN);
  store<u32>(node, <u32>text, N_PTR);
  store<u32>(node, load<u32>(t, 4), N_LEN);
  store<u32>(node, K_TEXT, N_KIND);
  store<u32>(node, load<u32>(t, 8), N_SYMBOL);
}
