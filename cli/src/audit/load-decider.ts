/**
 * A contract's module as `thc audit replay` asks it: bytes in, the answer's bytes, the state after and the action's digest out.
 *
 * Without a host profile: this process carries nothing out, it stands in for the host that did.
 */

import { actionBytes, answerBytes, statedAnswer } from "@thc/audit";
import type { LoadDecider } from "./replay.ts";

export const loadDecider: LoadDecider = async (module) => {
  const { load } = await import("@thc/runtime");
  try {
    const runtime = await load(module);
    return (request, state) => {
      const answer = runtime.decide(request, state);
      return {
        action: actionBytes(answer, runtime.actionDigest()),
        answerBytes: answerBytes(answer),
        stateAfter: answer.state,
        stated: statedAnswer(answer),
      };
    };
  } catch (error) {
    if (error instanceof Error && error.name === "LoadError") return error.message;
    throw error;
  }
};
