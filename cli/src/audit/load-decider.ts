/**
 * A contract's module as `thc audit replay` asks it: bytes in, the answer's bytes, the state after and the action's digest out.
 *
 * The state of a contract that keeps several ledgers is the bundle of their blobs. Without a host profile: this process carries nothing out, it stands in for the host that did.
 */

import { actionBytes, answerBytes, statedAnswer } from "@thc/audit";
import type { LoadDecider } from "./replay.ts";

export const loadDecider: LoadDecider = async (module) => {
  const { load, packBlobs, unpackBlobs } = await import("@thc/runtime");
  try {
    const runtime = await load(module);
    const several = (runtime.manifest.state.ledgers ?? []).length > 0;
    return (request, state) => {
      const answer =
        several && state.length === 0 ? runtime.decide(request) : runtime.decide(request, unpackBlobs(state));
      return {
        action: actionBytes(answer, runtime.actionDigest()),
        answerBytes: (format) => answerBytes(answer, format),
        stateAfter: several ? packBlobs(answer.blobs) : answer.state,
        stated: statedAnswer(answer),
      };
    };
  } catch (error) {
    if (error instanceof Error && error.name === "LoadError") return error.message;
    throw error;
  }
};
