/**
 * The generic shape, a run a line: `{"id", "prompt", "calls": [{"i", "turn", "fn", "args", "out", "err"}], "facts", …}`.
 *
 * Also what AgentDojo's recordings are kept in: `kind`, `attack_success`, `utility` are ground truth, and under the defence
 * `spotlighting…` the answers stand between `<<` and `>>`, which was put there for the model after the tool had answered.
 */
import { asFlag, asText, isObject, type Run, type RunEvent, type Shape } from "./run.ts";

export const genericShape: Shape = (value): Run | undefined => {
  const { id, prompt, calls } = value;
  if (typeof id !== "string" || !Array.isArray(calls)) return undefined;
  const spotlighted = asText(value.defence)?.startsWith("spotlighting") === true;
  const events: RunEvent[] = typeof prompt === "string" ? [{ kind: "message", text: prompt }] : [];
  for (const [at, call] of calls.entries()) {
    if (!isObject(call) || typeof call.fn !== "string") return undefined;
    const { turn, fn, args, out, err } = call;
    events.push({
      kind: "call",
      index: typeof call.i === "number" ? call.i : at,
      turn: Number.isSafeInteger(turn) && Number(turn) >= 0 ? Number(turn) : undefined,
      tool: fn,
      args: args ?? {},
      out: spotlighted && typeof out === "string" ? unwrap(out) : (out ?? null),
      failed: err !== null && err !== undefined && err !== false,
      ...figuresOf(call),
    });
  }
  const truth = {
    kind: asText(value.kind),
    attackSuccess: asFlag(value.attack_success),
    utility: asFlag(value.utility),
  };
  return { id, events, truth, ...(value.facts === undefined ? {} : { facts: value.facts }) };
};

function figuresOf(call: Readonly<Record<string, unknown>>): { readonly figures?: Readonly<Record<string, number>> } {
  const figures = ["cost", "tokens", "elapsed"].flatMap((name) =>
    typeof call[name] === "number" ? [[name, call[name]] as const] : [],
  );
  return figures.length === 0 ? {} : { figures: Object.fromEntries(figures) };
}

const unwrap = (out: string): string => (out.startsWith("<<") && out.endsWith(">>") ? out.slice(2, -2) : out);
