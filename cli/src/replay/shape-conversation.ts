/**
 * Conversations, a run a line: `{"id", "steps": [{"t": "user" | "assistant", "text"} | {"t": "call", "fn", "args", "out", "err"}]}`
 * (the shape of the recorded τ-bench sessions). Calls that the user made with tools of their own (`requestor`) are not the agent's.
 */
import { isObject, type Run, type RunEvent, type Shape } from "./run.ts";

export const conversationShape: Shape = (value): Run | undefined => {
  const { id, steps } = value;
  if (typeof id !== "string" || !Array.isArray(steps)) return undefined;
  const events: RunEvent[] = [];
  let calls = 0;
  for (const step of steps) {
    if (!isObject(step)) return undefined;
    const { t, text, fn, args, out, err, requestor } = step;
    if (t === "user" && typeof text === "string") events.push({ kind: "message", text });
    if (t !== "call") continue;
    if (typeof fn !== "string") return undefined;
    const index = calls++;
    if (requestor === "user") continue;
    events.push({
      kind: "call",
      index,
      turn: undefined,
      tool: fn,
      args: args ?? {},
      out: out ?? null,
      failed: err !== null && err !== undefined && err !== false,
    });
  }
  return { id, events, truth: { kind: undefined, attackSuccess: undefined, utility: undefined } };
};
