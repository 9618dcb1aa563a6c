// The digest of what an approval is about (docs/semantics.md, §5, §7): SHA-256 of the canonical action, or of a result or message that
// rules look at. Made once an event and only when somebody asks.
import { ACTION_DIGEST, H, H_TOOL_RECORDS } from "./memory";
import { canonicalAction, canonicalChunk, canonicalMessage, canonicalResult, jcsLen, jcsPtr } from "./jcs";
import { sha256 } from "./sha256";
import { heldLen, heldPtr } from "./stream";
import { argsEnd, argsPtr, tool } from "./typed";
import { KNOWN, N_LEN, N_PTR, S_TEXT, S_VALUE, slot, stateOf } from "./value";

export const NOTHING: u32 = 0;
const CALL: u32 = 1;
const MESSAGE: u32 = 3;
const CHUNK: u32 = 4;

let done: bool = false;
/** The event, as the request numbers them, when it passed the checks of its text and types. */
let event: u32 = 0;

export function resetDigest(kind: u32): void {
  done = false;
  event = kind;
}

function canonical(): bool {
  if (event != MESSAGE) {
    const r = H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
    const name = <usize>load<u32>(r, 32);
    if (event == CALL) return canonicalAction(argsPtr, argsEnd, name, load<u32>(r, 36));
    if (event == CHUNK) return canonicalChunk(heldPtr, heldLen, name, load<u32>(r, 36));
    const value = slot(S_VALUE);
    const p = stateOf(value) == KNOWN ? <usize>load<u32>(value, N_PTR) : 0;
    return canonicalResult(p, p + load<u32>(value, N_LEN), name, load<u32>(r, 36));
  }
  const text = slot(S_TEXT);
  return canonicalMessage(<usize>load<u32>(text, N_PTR), load<u32>(text, N_LEN));
}

/** The digest, at ACTION_DIGEST. False: there is none. */
export function eventDigest(): bool {
  if (done) return true;
  if (!event || !canonical()) return false;
  sha256(jcsPtr, jcsLen, ACTION_DIGEST);
  done = true;
  return true;
}
/** The same, of a call alone. */
export function actionDigest(): bool {
  return event == CALL && eventDigest();
}
