// Cloud actions (docs/formats/registry.md): a name to its record, and what the tool is in a call of that action.
// INVARIANT: the bytes of the whole name decide. The hash only says where to look: a name that nobody linked gets no class.
//
// Record: prefix u16 · length of the rest u16 · class (4 bits: risk × 4 + level) and severity u16 · the rest of the name
import { H, H_ACTIONS, H_ACTION_PREFIXES, H_TOOL_RECORDS, alloc } from "./memory";
import { equal, hash, symbol } from "./bytes";
import { TOO_LARGE, fail, readString, sLen, sPtr } from "./json";
import { KNOWN, N_KIND, N_LEN, N_PART, N_PTR, N_SYMBOL, UNKNOWN, dummy, setState, stateOf } from "./value";

/** The descriptor's kind (typed.ts has the others). */
export const K_ACTION: u32 = 17;
const LONGEST: u32 = 512;
const F_SYMBOL: u32 = 8;
const AWS: u32 = 0x3a737761; // "aws:"
const AZUR: u32 = 0x72757a61; // "azur", before "e:"
const E_COLON: u32 = 0x3a65;

/** The record of the called tool, or of its variant for the action of this call; counted from 1. */
let kind: u32 = 0;

export function abilityRecord(): usize {
  return H(H_TOOL_RECORDS) + <usize>(kind - 1) * 64;
}
/** Number of the record, as the classifier's tables count. */
@inline export function ability(): u32 {
  return kind;
}

/** After the arguments of `tool` (counted from 1) are typed; false: the action that the call names is unknown. */
export function chooseAbility(tool: u32): bool {
  kind = tool;
  const r = abilityRecord();
  const node = <usize>load<u32>(r, 20);
  if (!node) return true;
  if (stateOf(node) != KNOWN) return false;
  const variant = load<u32>(<usize>load<u32>(r, 24) + (<usize>(load<u32>(node, N_PART) & 15) << 2));
  if (!variant) return false;
  kind = variant;
  return true;
}

/** ASCII capitals to small letters, 16 bytes at a time; both sides have room for the last step. */
@inline function lower(p: usize, len: u32, out: usize): void {
  for (let i: usize = 0; i < <usize>len; i += 16) {
    const v = v128.load(p + i);
    const capital = i8x16.lt_u(i8x16.sub(v, i8x16.splat(65)), i8x16.splat(26));
    v128.store(out + i, v128.or(v, v128.and(capital, i8x16.splat(32))));
  }
}

function findAction(p: usize, len: u32): usize {
  const slots = H(H_ACTIONS);
  if (!slots) return 0;
  const mask = <u32>H(H_ACTIONS + 4);
  const prefixes = H(H_ACTION_PREFIXES);
  let i = hash(p, len) & mask;
  for (;;) {
    const r = <usize>load<u32>(slots + (<usize>i << 2));
    if (!r) return 0;
    const prefix = prefixes + (<usize>load<u16>(r) << 3);
    const n = load<u32>(prefix, 4);
    const rest = <u32>load<u16>(r, 2);
    if (n + rest == len && equal(p + n, r + 6, rest) && equal(p, <usize>load<u32>(prefix), n)) return r;
    i = (i + 1) & mask;
  }
  return 0;
}

/** The canonical name, where `canonicalName` found it. */
let name: usize = 0;
function canonicalName(p: usize, len: u32): bool {
  name = p;
  const head = load<u32>(p);
  if (head != AWS && (head != AZUR || load<u16>(p, 4) != E_COLON)) return true;
  name = alloc(<usize>len + 32);
  if (!name) return false;
  lower(p, len, name);
  return true;
}

/** Class and severity of the name's record; −1: not linked. For tests and the benchmark. */
export function actionClass(p: usize, len: u32): i32 {
  if (len > LONGEST || !canonicalName(p, len)) return -1;
  const r = findAction(name, len);
  return r ? <i32>load<u16>(r, 4) : -1;
}

/** A CloudAction whose opening quote is behind us: known only when it is linked. */
export function actionText(p: usize, d: usize, node: usize): usize {
  const end = readString(p);
  if (!end) return 0;
  if (node == dummy()) return end;
  setState(node, UNKNOWN);
  if (sLen > LONGEST) return end;
  if (!canonicalName(sPtr, sLen)) return fail(TOO_LARGE);
  const r = findAction(name, sLen);
  if (!r) return end;
  setState(node, KNOWN);
  store<u32>(node, K_ACTION, N_KIND);
  store<u32>(node, <u32>name, N_PTR);
  store<u32>(node, sLen, N_LEN);
  store<u32>(node, <u32>load<u16>(r, 4), N_PART);
  store<u32>(node, load<u8>(d, 1) & F_SYMBOL ? symbol(name, sLen) : 0, N_SYMBOL);
  return end;
}
