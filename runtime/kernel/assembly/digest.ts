// The action digest: SHA-256 of the canonical action (docs/semantics.md, §5), made once an event and only when somebody asks.
import { ACTION_DIGEST, H, H_TOOL_RECORDS } from "./memory";
import { canonicalAction, jcsLen, jcsPtr } from "./jcs";
import { sha256 } from "./sha256";
import { argsEnd, argsPtr, tool } from "./typed";

let done: bool = false;
/** The event is a call that passed the checks of its text and types: it has an action. */
let hasAction: bool = false;

export function resetDigest(has: bool): void {
  done = false;
  hasAction = has;
}

/** SHA-256 of the canonical action, at ACTION_DIGEST. False: there is none. */
export function actionDigest(): bool {
  if (done) return true;
  if (!hasAction) return false;
  const r = H(H_TOOL_RECORDS) + <usize>(tool - 1) * 64;
  if (!canonicalAction(argsPtr, argsEnd, <usize>load<u32>(r, 32), load<u32>(r, 36))) return false;
  sha256(jcsPtr, jcsLen, ACTION_DIGEST);
  done = true;
  return true;
}
