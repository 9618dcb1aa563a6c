// Calls that are made for others (docs/semantics/delegation.md): whether the chain holds, and the turns in which the rules are asked, once
// for every agent of it. In a delegator's turn its members stand in the principal's places, and what nobody sent of it is unknown.
//
// Link of `principal.chain`, children of a tree record: id, team, roles, scopes, at, user, then facts of `principal`.
// Header's record: blocks u32, count u32 · facts {slot u32, member of a link u32}, count u32. Block, 24 B: from u32, to u32 (agents from 1) · depth u32 (8) ·
// ttl i64 (16, −1: none)
import { H, H_DELEGATION, NODE, OWN, alloc } from "./memory";
import { addAgent, agent, agentCount, endTurns, setTurn } from "./acting";
import { agentOf, inTeamOf, settleTeam } from "./agents";
import { equal } from "./bytes";
import { K_LIST } from "./typed";
import { KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PTR, S_CHAIN, S_CHAIN_IDS, S_PRINCIPAL_ID, S_SCOPES, UNKNOWN, setState, slot, stateOf } from "./value";

const L_ID: usize = 0;
const L_TEAM: usize = 1;
const L_SCOPES: usize = 3;
const L_AT: usize = 4;
const L_USER: usize = 5;
/** Members that a link has of a principal, in the order of the envelope's slots. */
const MEMBERS: u32 = 4;
const NO_TTL: i64 = -1;
const NOWHERE: u32 = 0xffffffff;
/** Agents that AGENTS has room for, the principal among them. */
const MOST: u32 = 16;

/** Whose members stand in the principal's places, counted from 1; 0: the principal's own. */
let standing: u32 = 0;
/** What `principal.chain` reads: a copy of each link's id, so that the first of them are a list as well. 0: it is unknown, or there are none. */
let ids: usize = 0;
let idCount: u32 = 0;
/** The principal's own facts, while turns go on. */
let ownFacts: usize = 0;

@inline function child(link: usize, i: usize): usize {
  return <usize>load<u32>(link, N_PTR) + i * NODE;
}
@inline export function nextLink(link: usize): usize {
  return <usize>load<u32>(link, N_NEXT);
}
/** The first link; 0: the call is made for nobody. */
export function chain(): usize {
  const list = slot(S_CHAIN);
  return stateOf(list) == KNOWN ? <usize>load<u32>(list, N_PTR) : 0;
}
@inline export function idOf(link: usize): usize {
  return child(link, L_ID);
}
@inline export function teamOf(link: usize): usize {
  return child(link, L_TEAM);
}
export function isUser(link: usize): bool {
  const user = child(link, L_USER);
  return stateOf(user) == KNOWN && load<i64>(user, N_DIGITS) != 0;
}
function integer(node: usize): u64 {
  let v = load<u64>(node, N_DIGITS);
  for (let e = load<i32>(node, N_EXPONENT); e > 0; e--) v *= 10;
  return v;
}

// ── what rules read of it
/** Of the event: all of it, as the principal reads it. */
function listIds(): void {
  ids = 0;
  idCount = 0;
  for (let link = chain(); link; link = nextLink(link)) idCount++;
  if (idCount) ids = alloc(<usize>idCount * NODE);
  if (ids) {
    let to = ids;
    for (let link = chain(); link; link = nextLink(link), to += NODE) memory.copy(to, idOf(link), NODE);
  }
  showIds(idCount);
}
/** The first n; none: the call is made for nobody. */
function showIds(n: u32): void {
  const list = slot(S_CHAIN_IDS);
  if (n && !ids) return setState(list, UNKNOWN);
  setState(list, n ? KNOWN : stateOf(slot(S_CHAIN)) == UNKNOWN ? UNKNOWN : 0);
  if (!n) return;
  for (let i: u32 = 0; i < n; i++) {
    const e = ids + <usize>i * NODE;
    store<u32>(e, i + 1 < n ? <u32>(e + NODE) : 0, N_NEXT);
  }
  store<u32>(list, K_LIST, N_KIND);
  store<u32>(list, <u32>ids, N_PTR);
  store<u32>(list, n, N_LEN);
}

/** Whether it holds, hop by hop; and notes its agents, of which the principal is the last. Knows the request's agent. */
export function chainHolds(now: u64): bool {
  const list = slot(S_CHAIN);
  standing = 0;
  if (!stateOf(list)) return true;
  if (stateOf(list) != KNOWN) return false;
  listIds();
  const self = agent();
  let left: u32 = 0;
  for (let link = chain(); link; link = nextLink(link)) left++;
  if (left >= MOST) return false;
  let isFirst = true;
  for (let link = chain(); link; link = nextLink(link)) {
    const after = nextLink(link);
    const at = integer(child(link, L_AT));
    if (at > now || !within(after ? child(after, L_SCOPES) : slot(S_SCOPES), child(link, L_SCOPES))) return false;
    if (isUser(link)) {
      if (!isFirst) return false;
    } else {
      const from = agentOf(idOf(link));
      if (!from || !inTeamOf(from, child(link, L_TEAM))) return false;
      if (after && isUser(after)) return false;
      if (!isGiven(from, after ? agentOf(idOf(after)) : self, left, now - at)) return false;
      addAgent(from);
    }
    isFirst = false;
    left--;
  }
  if (agentCount()) addAgent(self);
  return true;
}
/** Of a result or a message: everybody's rules, as far as the contract knows them. Nothing is checked. */
export function noteAgents(): void {
  standing = 0;
  listIds();
  let left: u32 = 0;
  for (let link = chain(); link && left < MOST; link = nextLink(link)) left++;
  if (!left || left >= MOST) return;
  const self = agent();
  for (let link = chain(); link; link = nextLink(link)) {
    const from = isUser(link) ? 0 : agentOf(idOf(link));
    if (from) addAgent(from);
  }
  if (!agentCount()) return;
  addAgent(self);
  endTurns();
}
/** Some block delegates from one to the other, so many hops before the end and so long ago. */
function isGiven(from: u32, to: u32, hops: u32, age: u64): bool {
  if (!to || !H(H_DELEGATION)) return false;
  const blocks = <usize>load<u32>(H(H_DELEGATION));
  const n = load<u32>(H(H_DELEGATION), 4);
  for (let i: u32 = 0; i < n; i++) {
    const b = blocks + <usize>i * 24;
    if (load<u32>(b) != from || load<u32>(b, 4) != to) continue;
    const ttl = load<i64>(b, 16);
    return hops <= load<u32>(b, 8) && (ttl == NO_TTL || age <= <u64>ttl);
  }
  return false;
}
/** Each scope of the one is among those of the other; who has none is within everybody. */
function within(scopes: usize, most: usize): bool {
  const state = stateOf(scopes);
  if (!state) return true;
  if (state != KNOWN) return false;
  const all = stateOf(most) == KNOWN ? <usize>load<u32>(most, N_PTR) : 0;
  for (let s = <usize>load<u32>(scopes, N_PTR); s; s = nextLink(s)) {
    let found = false;
    for (let m = all; m && !found; m = nextLink(m)) found = load<u32>(m, N_LEN) == load<u32>(s, N_LEN) && equal(<usize>load<u32>(m, N_PTR), <usize>load<u32>(s, N_PTR), load<u32>(s, N_LEN));
    if (!found) return false;
  }
  return true;
}
/** Whoever the call is made for, by this id. */
export function isFor(id: usize): bool {
  for (let link = chain(); link; link = nextLink(link)) {
    const whom = idOf(link);
    if (load<u32>(whom, N_LEN) == load<u32>(id, N_LEN) && equal(<usize>load<u32>(whom, N_PTR), <usize>load<u32>(id, N_PTR), load<u32>(id, N_LEN))) return true;
  }
  return false;
}

// ── turns

/** Keeps the principal's own facts for the turns; false: no memory. */
export function keepFacts(): bool {
  const list = <usize>load<u32>(H(H_DELEGATION), 8);
  const n = <usize>load<u32>(H(H_DELEGATION), 12);
  ownFacts = alloc(n * NODE + 16);
  if (!ownFacts) return false;
  for (let i: usize = 0; i < n; i++) memory.copy(ownFacts + i * NODE, <usize>load<u32>(list + (i << 3)), NODE);
  return true;
}
/** The turn of the i-th agent of the call. */
export function take(i: u32): void {
  standIn(i + 1 < agentCount() ? i + 1 : 0);
  setTurn(i);
}
/** All have had theirs; the principal's was the last. */
export function finish(): void {
  standIn(0);
  endTurns();
}
/** Whose turn it is, of the delegators counted from 1; 0: the principal's. */
@inline export function turnOf(): u32 {
  return standing;
}
/** And who delegated to that, counted alike. */
@inline export function delegatorOfTurn(): u32 {
  return standing ? standing - 1 : agentCount() - 1;
}
/** Is it a delegator's turn? */
@inline export function isDelegators(): bool {
  return standing != 0;
}

/** Puts the members of the n-th delegator in the principal's places; 0: back to its own. Returns who stood there. */
export function standIn(n: u32): u32 {
  const before = standing;
  if (n == before) return before;
  if (before) memory.copy(slot(S_PRINCIPAL_ID), OWN, <usize>MEMBERS * NODE);
  else if (n) memory.copy(OWN, slot(S_PRINCIPAL_ID), <usize>MEMBERS * NODE);
  if (before && !n) standInFacts(0);
  standing = n;
  if (!n) {
    showIds(idCount);
    return before;
  }
  let link = chain();
  const others = isUser(link) ? n : n - 1;
  for (let i: u32 = 0; i < others; i++) link = nextLink(link);
  showIds(others);
  for (let m: u32 = 0; m < MEMBERS; m++) {
    memory.copy(slot(S_PRINCIPAL_ID + m), child(link, <usize>m), NODE);
    if (!stateOf(child(link, <usize>m))) setState(slot(S_PRINCIPAL_ID + m), UNKNOWN);
  }
  settleTeam(agentOf(idOf(link)));
  standInFacts(link);
  return before;
}
/** Facts as the link says them; what it does not say is unknown. 0: the principal's own come back. */
function standInFacts(link: usize): void {
  const list = <usize>load<u32>(H(H_DELEGATION), 8);
  const n = load<u32>(H(H_DELEGATION), 12);
  for (let i: u32 = 0; i < n; i++) {
    const node = <usize>load<u32>(list + (<usize>i << 3));
    const member = load<u32>(list + (<usize>i << 3), 4);
    const said = link && member != NOWHERE ? child(link, <usize>member) : 0;
    memory.copy(node, link ? (said ? said : node) : ownFacts + <usize>i * NODE, NODE);
    if (link && (!said || !stateOf(said))) setState(node, UNKNOWN);
  }
}
