/**
 * The states that sessions were last left in: a sidecar does not repeat what the session's record before says already.
 *
 * Bounded in number and bytes, the oldest going first; of a session that is no longer here the writer writes the state out again.
 * INVARIANT: a replay keeps states by this same rule, so it always knows what a `null` in the sidecar stands for (docs/formats/audit-log.md section 8).
 */

const MOST_SESSIONS = 10_000;
const MOST_BYTES = 64 * 1_048_576;

export function createStates() {
  const states = new Map<string, Buffer>();
  let bytes = 0;
  function drop(session: string): void {
    bytes -= states.get(session)?.length ?? 0;
    states.delete(session);
  }
  return {
    of: (session: string): Buffer | undefined => states.get(session),
    forget: drop,
    keep(session: string, state: Uint8Array): void {
      drop(session);
      states.set(session, Buffer.from(state));
      bytes += state.length;
      while (states.size > MOST_SESSIONS || bytes > MOST_BYTES) drop(states.keys().next().value as string);
    },
  };
}
