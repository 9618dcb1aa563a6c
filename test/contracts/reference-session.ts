/** A session whose decisions the reference interpreter makes. */
import type { Contract } from "../reference/contract.ts";
import { interpret } from "../reference/interpret.ts";
import { emptyState } from "../reference/state.ts";
import { type Session, session } from "./session.ts";

export const SAMPLE_DIGEST: Uint8Array = new Uint8Array(32).fill(7);

export function referenceSession(contract: Contract): Session {
  let state = emptyState();
  return session((request) => {
    const answer = interpret(contract, SAMPLE_DIGEST, request, state);
    state = answer.state;
    return answer.decision;
  });
}
