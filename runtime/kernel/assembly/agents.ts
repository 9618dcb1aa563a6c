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
  if (!n) return false;
  return !H(H_TEAMS) || inTeam(H(H_TEAMS) + (<usize>(n - 1) << 4));
}

/** A declared team is what `principal.team` reads; a request may repeat it, and say no other. */
function inTeam(t: usize): bool {
  const text = <usize>load<u32>(t);
  if (!text) return true;
  const node = slot(S_TEAM);
  const len = load<u32>(t, 4);
  if (stateOf(node) == KNOWN) return load<u32>(node, N_LEN) == len && equal(<usize>load<u32>(node, N_PTR), text, len);
  setState(node, KNOWN);
  store<u32>(node, <u32>text, N_PTR);
  store<u32>(node, len, N_LEN);
  store<u32>(node, K_TEXT, N_KIND);
  store<u32>(node, load<u32>(t, 8), N_SYMBOL);
  return true;
}
