/** What every host runs: the same events through the same modules, stateless and with history, and how long a decision took. */
import type { Runtime } from "@thc/runtime";

export interface Job {
  /** JSON texts, in order, in one session. */
  readonly events: readonly string[];
}
export interface Told {
  /** Outcome, reason, rules and the state's bytes of every event. */
  readonly decisions: readonly string[];
  readonly microseconds: number;
}

export function decideAll(runtime: Runtime, { events }: Job): Told {
  let state: Uint8Array = new Uint8Array(0);
  const decisions = events.map((text) => {
    const decision = runtime.decide(text, state);
    state = decision.state;
    return `${decision.outcome} ${decision.reason} ${decision.rules.join()} ${state.join("")}`;
  });
  const first = events[0]!;
  const bytes = new TextEncoder().encode(first);
  const rounds = 20_000;
  const empty = new Uint8Array(0);
  const start = performance.now();
  for (let i = 0; i < rounds; i++) runtime.decide(bytes, empty);
  return { decisions, microseconds: ((performance.now() - start) / rounds) * 1_000 };
}
