/** A piece of a result (docs/semantics/inspection.md §7): looked at together with what was held back before it. */
import { admit } from "./content.ts";
import { allowed, denied } from "./decision.ts";
import type { Event, Interpreted } from "./event.ts";
import type { PendingCall, RefState, Stream } from "./state.ts";

const WINDOW = 512;

/** `pending` is undefined only where nothing is kept. */
export function takeChunk(event: Event, pending: PendingCall | undefined, given: RefState): Interpreted {
  const { chunk, last } = event.request;
  const size = (text: string): number => Buffer.byteLength(text, "utf8");
  const all = { decision: { ...allowed([]), release: size(chunk) }, state: given };
  if (pending === undefined) return all;
  const { stream } = pending;
  const text = stream.held + chunk;
  const looks = event.contract.rules.some(
    (rule) => rule.kind === "inspect" && rule.what === "results" && rule.targets.includes(pending.tool),
  );
  if (!looks) return all;
  if (stream.end !== undefined) return { decision: { ...denied("inspection_denied"), release: 0 }, state: given };
  const { decision, state, passes, redacts } = admit(event, "results", pending.tool, given, text)!;
  const withStream = (next: Stream): RefState => ({
    ...state,
    pending: state.pending.map((call) => (call.call === pending.call ? { ...call, stream: next } : call)),
  });
  if (decision.outcome === "require_approval") return { decision: { ...decision, release: 0 }, state };
  if (!passes) return { decision: { ...decision, release: 0 }, state: withStream({ held: "", end: "denied" }) };
  const held = last || redacts ? "" : endOf(text);
  return {
    decision: { ...decision, release: size(text) - size(held) },
    state: withStream({ held, end: last ? "last" : undefined }),
  };
}

/** The last bytes, from the begin of a character on. */
function endOf(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  let from = Math.max(0, bytes.length - WINDOW);
  while (from < bytes.length && (bytes[from]! & 0xc0) === 0x80) from += 1;
  return bytes.subarray(from).toString("utf8");
}
