/** A session with a subject, driven event by event (test/contracts/session.ts). */
import { type Session, session } from "../contracts/session.ts";
import { NEW_SESSION, type Subject } from "../differential/subject.ts";
import type { Contract } from "../reference/contract.ts";

export interface SubjectSession extends Session {
  readonly stateBytes: () => number;
}

export function openSession(subject: Subject, contract: Contract): SubjectSession {
  const instance = subject.compile(contract);
  let state: Uint8Array = NEW_SESSION;
  const driven = session((request) => {
    const decided = instance.decide(request, state);
    state = decided.state;
    return decided.decision;
  });
  return { ...driven, stateBytes: () => state.length };
}
