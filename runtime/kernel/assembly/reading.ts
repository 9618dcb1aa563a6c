// A request read and checked (docs/semantics.md §2): its text, the members that its event needs, the agent, the tool, arguments and facts.
import { H, H_ENVELOPE, H_REQUIRED, H_TOOL_RECORDS, LEDGER_KEY, SESSION_KEY, reserve, setBump } from "./memory";
import { recognise } from "./agents";
import { chooseAbility } from "./action";
import { equal, symbol } from "./bytes";
import { BAD_JSON, TOO_LARGE, jsonError, resetJson, skip, space } from "./json";
import { E_ARGS, E_FACTS, E_REQUEST, K_TEXT, resolvePaths, tool, toolSeen, typeErrors, typePending, typed } from "./typed";
import { BAD_UTF8 } from "./fault";
import { beginText, validUtf8 } from "./strings";
import { KNOWN, N_DIGITS, N_KIND, N_LEN, N_PTR, N_SYMBOL, S_CALL_ID, S_CHUNK, S_CWD, S_DIGEST, S_EVENT, S_FROM, S_KEY, S_LEDGER_KEY, S_PRINCIPAL_ID, S_SESSION, S_STATUS, S_TEXT, S_TIME, UNKNOWN, dummy, setState, slot, stateOf } from "./value";
import { hexKey } from "./hex-key";
import { approvalsWellFormed } from "./approval";

const MAX_REQUEST: u32 = 1048576;
const R_BAD_REQUEST: u32 = 7;
const R_UNKNOWN_AGENT: u32 = 8;
const R_UNKNOWN_TOOL: u32 = 9;
const R_BAD_ARGUMENTS: u32 = 10;
const R_BAD_FACTS: u32 = 11;
const R_UNKNOWN_ACTION: u32 = 26;
const R_TOOL_DRIFT: u32 = 27;
const EVENT_CALL: i64 = 1;
const EVENT_RESULT: i64 = 2;
const EVENT_MESSAGE: i64 = 3;
const EVENT_CHUNK: i64 = 4;

@inline function known(s: u32): bool {
  return stateOf(slot(s)) == KNOWN;
}
function toolRecord(): usize {
  return H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
}

/** Needed members, beyond their types. */
function requestComplete(): bool {
  if (typeErrors & (1 << E_REQUEST)) return false;
  if (!known(S_EVENT) || !known(S_PRINCIPAL_ID) || !known(S_TIME)) return false;
  const event = load<i64>(slot(S_EVENT), N_DIGITS);
  if (event != EVENT_MESSAGE && !known(S_CALL_ID)) return false;
  if (event == EVENT_CALL && !toolSeen) return false;
  if (event == EVENT_RESULT && !known(S_STATUS)) return false;
  if (event == EVENT_MESSAGE && (!known(S_FROM) || !known(S_TEXT))) return false;
  if (event == EVENT_CHUNK && !known(S_CHUNK)) return false;
  return hexKey(S_KEY, SESSION_KEY) && hexKey(S_LEDGER_KEY, LEDGER_KEY) && approvalsWellFormed();
}

/** The host sends the digest of the called tool's live definition, and it is not the one that was pinned. */
function drifted(): bool {
  const pinned = <usize>load<u32>(toolRecord(), 52);
  if (!pinned || !known(S_DIGEST)) return false;
  const sent = slot(S_DIGEST);
  return load<u32>(sent, N_LEN) != 64 || !equal(<usize>load<u32>(sent, N_PTR), pinned, 64);
}

/** Reads the request; the reason why it is refused, 0: none. */
export function readRequest(input: usize, len: u32): u32 {
  if (len > MAX_REQUEST) return TOO_LARGE;
  const end = input + len;
  if (!reserve(end + 64)) return TOO_LARGE;
  v128.store(end, i64x2.splat(0));
  v128.store(end, i64x2.splat(0), 16);
  setBump(end + 64);
  beginText(input, end);
  resetJson();
  let p = space(input);
  p = load<u8>(p) == 123 ? typed(p, H(H_ENVELOPE), dummy(), 0) : 0;
  if (!p || space(p) != end) return validUtf8() ? (jsonError ? jsonError : BAD_JSON) : BAD_UTF8;
  if (!requestComplete()) return R_BAD_REQUEST;
  if (!recognise()) return R_UNKNOWN_AGENT;
  const isCall = load<i64>(slot(S_EVENT), N_DIGITS) == EVENT_CALL;
  if (isCall) {
    if (!tool) return R_UNKNOWN_TOOL;
    typePending();
    if (jsonError) return jsonError;
    if (drifted()) return R_TOOL_DRIFT;
    if (typeErrors & (1 << E_ARGS)) return R_BAD_ARGUMENTS;
    if (!chooseAbility(tool)) return R_UNKNOWN_ACTION;
  }
  if (typeErrors & (1 << E_FACTS)) return R_BAD_FACTS;
  const session = slot(S_SESSION);
  if (!stateOf(session)) {
    setState(session, KNOWN);
    store<u64>(session, 0, N_PTR); // the empty text
    store<u32>(session, K_TEXT, N_KIND);
    store<u32>(session, symbol(input, 0), N_SYMBOL);
  }
  for (let q = H(H_REQUIRED); load<u32>(q); q += 8) {
    if (!stateOf(<usize>load<u32>(q, 4))) setState(<usize>load<u32>(q), UNKNOWN);
  }
  const cwd = slot(S_CWD);
  resolvePaths(cwd, stateOf(cwd) == KNOWN);
  return 0;
}

/** The floor under every decision: the same text, only checked. */
export function validate(input: usize, len: u32): bool {
  const end = input + len;
  v128.store(end, i64x2.splat(0));
  v128.store(end, i64x2.splat(0), 16);
  setBump(end + 64);
  beginText(input, end);
  resetJson();
  const p = skip(space(input), 0);
  return p != 0 && space(p) == end;
}

// ── requirements (§5 to §8)

/** `admitted`: of a delegation, that a line of it admits the call. */
