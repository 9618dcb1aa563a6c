// Approvals: what a rule asks people to look at, and whether they did (docs/semantics.md, §7).
//
// Approval record, 32 B: quorum u32 · roles u32 (sorted symbols), count u32 · flags u32 (1 from user, 2 once, 4 or requester, 8 in part) ·
// expires i64 (−1: never) · bound terms u32, count u32
import { ACTION_DIGEST, APPROVAL_DIGEST, BLOB, H, H_APPROVAL_CAP, H_CONTRACT_DIGEST, H_TOOL_RECORDS, HASH_OUT, NODE, alloc, bump, setBump } from "./memory";
import { equal } from "./bytes";
import { hasSymbol } from "./condition";
import { M_COMMAND, readNode, readTerm, tDigits, tExponent, tLen, tNode, tNumber, tPtr, tState } from "./term";
import { plain } from "./decimal";
import { keyedHash } from "./hashing";
import { sha256 } from "./sha256";
import { rule } from "./answer";
import { chain, idOf, isFor, isUser } from "./chain";
import { APPROVAL_ROW, approvalCount, approvalRows, setApprovalCount } from "./state";
import { canonicalValue } from "./jcs";
import { K_BOOL, K_JSON, K_LIST, K_MAP, K_MONEY, K_RECORD, tool } from "./typed";
import { KNOWN, N_DIGITS, N_EXPONENT, N_KIND, N_LEN, N_NEXT, N_PTR, N_RAW, N_RAW_LEN, N_SYMBOL, S_APPROVALS, S_PRINCIPAL_ID, S_SESSION, UNKNOWN, slot, stateOf } from "./value";

const USED: u64 = 0x6465737500000000; // domain "used" above the rule
const FROM_USER: u32 = 1;
const ONCE: u32 = 2;
const OR_REQUESTER: u32 = 4;
/** Not the whole action is bound, but its tool and the terms. */
const IN_PART: u32 = 8;

// Members of an approval in the request, in the order of the envelope's descriptor.
const A_ID: usize = 0;
const A_RULE: usize = 1;
const A_DIGEST: usize = 2;
const A_BY: usize = 3;
const A_ROLES: usize = 4;
const A_USER: usize = 5;
const A_AT: usize = 6;

@inline function member(entry: usize, i: usize): usize {
  return <usize>load<u32>(entry, N_PTR) + i * NODE;
}
function integer(node: usize): u64 {
  let v = load<u64>(node, N_DIGITS);
  for (let e = load<i32>(node, N_EXPONENT); e > 0; e--) v *= 10;
  return v;
}
function isHex(p: usize, n: u32): bool {
  for (let i: u32 = 0; i < n; i++) {
    const c: u32 = load<u8>(p + i);
    if (!(c - 48 < 10 || c - 97 < 6)) return false;
  }
  return true;
}
/** Beyond their types: every digest is 64 lower-case hex digits. */
export function approvalsWellFormed(): bool {
  const list = slot(S_APPROVALS);
  if (stateOf(list) == 0) return true;
  for (let e = <usize>load<u32>(list, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
    const d = member(e, A_DIGEST);
    if (load<u32>(d, N_LEN) != 64 || !isHex(<usize>load<u32>(d, N_PTR), 64)) return false;
  }
  return true;
}

let at: usize = 0;
function part(p: usize, len: u32): void {
  store<u32>(at, len);
  memory.copy(at + 4, p, len);
  at += 4 + <usize>len;
}
/** For whom the call is made: 1 a person, 0 an agent, and the id. */
function linkPart(link: usize): void {
  const id = idOf(link);
  const len = load<u32>(id, N_LEN);
  store<u32>(at, len + 1);
  store<u8>(at, isUser(link) ? 1 : 0, 4);
  memory.copy(at + 5, <usize>load<u32>(id, N_PTR), len);
  at += 5 + <usize>len;
}
/** Record term: a the record's own slot term, b members' terms, c their number (condition.ts has the other kinds). */
const T_RECORD: u32 = 7;
let askable = true;

/** What was read is a value node: no text that is a member of one. */
@inline function isWhole(t: usize): bool {
  return tNode != 0 && (!load<u8>(t, 1) || (load<u8>(t, 1) >= M_COMMAND && load<u32>(tNode, N_KIND) == K_LIST));
}
/** Bytes that a bound term needs at most; `askable` becomes false when something in it is unknown. */
function boundSize(t: usize): usize {
  const record = load<u8>(t) == T_RECORD;
  readTerm(record ? <usize>load<u32>(t, 4) : t);
  if (tState == UNKNOWN) askable = false;
  if (tState != KNOWN) return 8;
  if (!record) return isWhole(t) ? nodeSize(tNode) : 80 + (tNumber ? 0 : <usize>tLen);
  let n: usize = 8;
  const members = <usize>load<u32>(t, 8);
  for (let i: u32 = 0; i < load<u32>(t, 12); i++) n += boundSize(<usize>load<u32>(members + (<usize>i << 2)));
  return n;
}
function nodeSize(node: usize): usize {
  if (stateOf(node) == UNKNOWN) askable = false;
  if (stateOf(node) != KNOWN) return 8;
  const kind = load<u32>(node, N_KIND);
  let n: usize = 80;
  if (kind == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) n += nodeSize(e);
  } else if (kind == K_RECORD) {
    for (let i: u32 = 0; i < load<u32>(node, N_LEN); i++) n += nodeSize(<usize>load<u32>(node, N_PTR) + <usize>i * NODE);
  } else if (kind == K_MAP) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) nodeSize(e);
    n += <usize>load<u32>(node, N_RAW_LEN) * 6;
  } else if (kind == K_JSON) n += <usize>load<u32>(node, N_LEN) * 6;
  else if (kind > K_MONEY) n += <usize>load<u32>(node, N_LEN);
  return n;
}

/** Each writes a part with its length before it. */
function boundPart(t: usize): void {
  const start = at;
  at += 4;
  const record = load<u8>(t) == T_RECORD;
  readTerm(record ? <usize>load<u32>(t, 4) : t);
  if (tState != KNOWN) store<u8>(at++, 0);
  else if (record) {
    store<u8>(at++, 1);
    const members = <usize>load<u32>(t, 8);
    for (let i: u32 = 0; i < load<u32>(t, 12); i++) boundPart(<usize>load<u32>(members + (<usize>i << 2)));
  } else if (isWhole(t)) content(tNode);
  else {
    store<u8>(at++, 1);
    putScalar();
  }
  store<u32>(start, <u32>(at - start - 4));
}
function nodePart(node: usize): void {
  const start = at;
  at += 4;
  if (stateOf(node) == KNOWN) content(node);
  else store<u8>(at++, 0);
  store<u32>(start, <u32>(at - start - 4));
}
function content(node: usize): void {
  store<u8>(at++, 1);
  const kind = load<u32>(node, N_KIND);
  if (kind == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) nodePart(e);
  } else if (kind == K_RECORD) {
    for (let i: u32 = 0; i < load<u32>(node, N_LEN); i++) nodePart(<usize>load<u32>(node, N_PTR) + <usize>i * NODE);
  } else if (kind == K_MAP) at = canonicalValue(<usize>load<u32>(node, N_RAW), at);
  else if (kind == K_JSON) at = canonicalValue(<usize>load<u32>(node, N_PTR), at);
  else if (kind == K_BOOL) {
    const yes = load<i64>(node, N_DIGITS) != 0;
    store<u32>(at, yes ? 0x65757274 : 0x736c6166);
    if (!yes) store<u8>(at, 101, 4);
    at += yes ? 4 : 5;
  } else {
    readNode(node, 0);
    putScalar();
  }
}
/** The text or number just read. */
function putScalar(): void {
  if (tNumber) at += plain(tDigits, tExponent, at);
  else {
    memory.copy(at, tPtr, tLen);
    at += tLen;
  }
}

/** The digest that rule `id` asks to be approved, at APPROVAL_DIGEST. False: a bound value is unknown. The action digest is there already. */
export function approvalDigest(id: u32): bool {
  const r = rule(id);
  const a = <usize>load<u32>(r, 16);
  const terms = <usize>load<u32>(a, 24);
  const n = load<u32>(a, 28);
  const principal = slot(S_PRINCIPAL_ID);
  const session = slot(S_SESSION);
  askable = true;
  // only of a call is anything bound in part
  const named = load<u32>(a, 12) & IN_PART ? H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64 : 0;
  let size: usize = 256 + (named ? <usize>load<u32>(named, 36) : 0) + <usize>load<u32>(r, 24) + <usize>load<u32>(principal, N_LEN) + <usize>load<u32>(session, N_LEN);
  for (let i: u32 = 0; i < n; i++) {
    size += boundSize(<usize>load<u32>(terms + (<usize>i << 2)));
    if (!askable) return false;
  }
  for (let link = chain(); link; link = <usize>load<u32>(link, N_NEXT)) size += 16 + <usize>load<u32>(idOf(link), N_LEN);
  const mark = bump;
  const buffer = alloc(size);
  if (!buffer) return false;
  at = buffer;
  // "thc.approval.1"
  store<u32>(at, 14);
  store<u64>(at, 0x727070612e636874, 4);
  store<u32>(at, 0x6c61766f, 12);
  store<u16>(at, 0x312e, 16);
  at += 18;
  part(BLOB + H_CONTRACT_DIGEST, 32);
  part(<usize>load<u32>(r, 20), load<u32>(r, 24));
  part(<usize>load<u32>(principal, N_PTR), load<u32>(principal, N_LEN));
  part(<usize>load<u32>(session, N_PTR), load<u32>(session, N_LEN));
  if (named) part(<usize>load<u32>(named, 32), load<u32>(named, 36));
  else part(ACTION_DIGEST, 32);
  for (let i: u32 = 0; i < n; i++) {
    boundPart(<usize>load<u32>(terms + (<usize>i << 2)));
  }
  for (let link = chain(); link; link = <usize>load<u32>(link, N_NEXT)) linkPart(link);
  sha256(buffer, <u32>(at - buffer), APPROVAL_DIGEST);
  setBump(mark);
  return true;
}

/** What the terms stand for, in the form that approvals bind, until the next use of memory. False: something in it is unknown. */
export function boundBytes(terms: usize, n: u32): bool {
  askable = true;
  let size: usize = 16;
  for (let i: u32 = 0; i < n; i++) size += boundSize(<usize>load<u32>(terms + (<usize>i << 2)));
  const mark = bump;
  boundAt = askable ? alloc(size) : 0;
  if (!boundAt) return false;
  at = boundAt;
  for (let i: u32 = 0; i < n; i++) boundPart(<usize>load<u32>(terms + (<usize>i << 2)));
  boundLength = <u32>(at - boundAt);
  setBump(mark);
  return true;
}
export let boundAt: usize = 0;
export let boundLength: u32 = 0;

function digestIs(hex: usize): bool {
  for (let i: usize = 0; i < 32; i++) {
    const b = load<u8>(APPROVAL_DIGEST + i);
    const hi = b >> 4;
    const lo = b & 15;
    if (load<u8>(hex + 2 * i) != (hi < 10 ? 48 + hi : 87 + hi) || load<u8>(hex + 2 * i + 1) != (lo < 10 ? 48 + lo : 87 + lo)) return false;
  }
  return true;
}
function isOnce(a: usize): bool {
  return (load<u32>(a, 12) & ONCE) != 0 || tool != 0 && (load<u32>(H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64, 8) & 1) != 0;
}
/** Hash of (rule, approval id) at HASH_OUT. */
function usedHash(id: u32, entry: usize): void {
  const n = member(entry, A_ID);
  keyedHash(USED | <u64>id, <usize>load<u32>(n, N_PTR), load<u32>(n, N_LEN));
}
function sameText(a: usize, b: usize): bool {
  const n = load<u32>(a, N_LEN);
  return load<u32>(b, N_LEN) == n && equal(<usize>load<u32>(a, N_PTR), <usize>load<u32>(b, N_PTR), n);
}
function hasRole(roles: usize, a: usize): bool {
  if (stateOf(roles) != KNOWN) return false;
  for (let e = <usize>load<u32>(roles, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) {
    if (hasSymbol(<usize>load<u32>(a, 4), load<u32>(a, 8), load<u32>(e, N_SYMBOL))) return true;
  }
  return false;
}

/** Does this entry count for rule `id`, whose digest is at APPROVAL_DIGEST? */
function counts(id: u32, entry: usize, now: u64): bool {
  const r = rule(id);
  const a = <usize>load<u32>(r, 16);
  const flags = load<u32>(a, 12);
  const name = member(entry, A_RULE);
  if (load<u32>(name, N_LEN) != load<u32>(r, 24) || !equal(<usize>load<u32>(name, N_PTR), <usize>load<u32>(r, 20), load<u32>(r, 24))) return false;
  if (!digestIs(<usize>load<u32>(member(entry, A_DIGEST), N_PTR))) return false;
  const granted = integer(member(entry, A_AT));
  if (granted > now) return false;
  const expires = load<i64>(a, 16);
  if (expires >= 0 && now - granted > <u64>expires) return false;
  if (flags & FROM_USER) {
    const u = member(entry, A_USER);
    if (stateOf(u) != KNOWN || !load<i64>(u, N_DIGITS)) return false;
  } else if (!hasRole(member(entry, A_ROLES), a)) return false;
  // nor whoever the call is made for
  if (!(flags & FROM_USER) && isFor(member(entry, A_BY))) return false;
  if (!(flags & OR_REQUESTER) && sameText(member(entry, A_BY), slot(S_PRINCIPAL_ID))) return false;
  if (!isOnce(a)) return true;
  usedHash(id, entry);
  return !usedRow();
}

function entries(): usize {
  const list = slot(S_APPROVALS);
  return stateOf(list) == KNOWN ? <usize>load<u32>(list, N_PTR) : 0;
}

/** Is what rule `id` asks for granted? The action digest must be there; false also when a bound value is unknown (bound = false). */
export let bound: bool = true;
export function discharged(id: u32, now: u64): bool {
  bound = approvalDigest(id);
  if (!bound) return false;
  const quorum = load<u32>(<usize>load<u32>(rule(id), 16));
  let people: u32 = 0;
  for (let e = entries(); e; e = <usize>load<u32>(e, N_NEXT)) {
    if (!counts(id, e, now)) continue;
    let again = false;
    for (let f = entries(); f != e && !again; f = <usize>load<u32>(f, N_NEXT)) again = sameText(member(f, A_BY), member(e, A_BY)) && counts(id, f, now);
    if (!again) people++;
  }
  return people >= quorum;
}

/** Rows whose approval has expired go. */
function dropExpired(now: u64): void {
  const rows = approvalRows();
  let n: u32 = 0;
  for (let i: u32 = 0; i < approvalCount; i++) {
    const row = rows + <usize>i * APPROVAL_ROW;
    if (load<u64>(row, 16) < now) continue;
    memory.copy(rows + <usize>n * APPROVAL_ROW, row, APPROVAL_ROW);
    n++;
  }
  setApprovalCount(n);
}

/** The row whose hash is at HASH_OUT, or 0. */
function usedRow(): usize {
  for (let i: u32 = 0; i < approvalCount; i++) {
    const row = approvalRows() + <usize>i * APPROVAL_ROW;
    if (equal(row, HASH_OUT, 16)) return row;
  }
  return 0;
}

/** Marks every counting entry of a discharged `once` approval as used. False: no room. Call for one rule at a time. */
export function use(id: u32, now: u64): bool {
  const a = <usize>load<u32>(rule(id), 16);
  if (!isOnce(a)) return true;
  approvalDigest(id);
  const expires = load<i64>(a, 16);
  // first which of them count, then the rows: a row must not make a later entry of the same id look used before
  for (let e = entries(); e; e = <usize>load<u32>(e, N_NEXT)) store<u32>(e, counts(id, e, now) ? 1 : 0, N_SYMBOL);
  for (let e = entries(); e; e = <usize>load<u32>(e, N_NEXT)) {
    if (!load<u32>(e, N_SYMBOL)) continue;
    const until: u64 = expires < 0 ? 0xffffffffffffffff : integer(member(e, A_AT)) + <u64>expires;
    usedHash(id, e);
    let row = usedRow();
    if (row) {
      if (until > load<u64>(row, 16)) store<u64>(row, until, 16);
      continue;
    }
    if (approvalCount >= <u32>H(H_APPROVAL_CAP)) dropExpired(now);
    if (approvalCount >= <u32>H(H_APPROVAL_CAP)) return false;
    row = approvalRows() + <usize>approvalCount * APPROVAL_ROW;
    memory.copy(row, HASH_OUT, 16);
    store<u64>(row, until, 16);
    store<u64>(row, 0, 24);
    setApprovalCount(approvalCount + 1);
  }
  return true;
}
