/**
 * Enforcement of a result that is text and comes in pieces: each is asked about before it is passed on, only what the answer
 * releases is, and what is not lies here until a later answer releases it or the stream ends without it.
 *
 * The obligations that are kept are told before the first piece, since what was passed on cannot be withheld any more.
 */
import { joined } from "./bytes.ts";
import type { Decider } from "./decide.ts";
import type { Decision } from "./decision.ts";
import {
  type Admission,
  admit,
  type Enforcement,
  event,
  handedOn,
  type Ledgers,
  redactedArgs,
  resultEvent,
  type Session,
  type ToolCall,
  type ToolResult,
} from "./enforce.ts";
import { isOfInspection, REDACTED } from "./redact.ts";

export interface ToolStream {
  /** Kinds that are carried out, on every piece as on the whole. */
  readonly kept: readonly string[];
  /** The result as text, cut anywhere. Closed early when nothing more may be passed on. */
  readonly pieces: AsyncIterable<string>;
  /** What is to be said of the result once there are no more pieces. */
  readonly end: () => Promise<Omit<ToolResult, "kept">>;
}

/** Of a piece that is longer, so many UTF-16 code units are asked about at once: a request has a limit. */
const MOST_UNITS = 65_536;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * @param execute as for `enforce`; gives the pieces in place of a value
 * @param pass takes what may be passed on, in order; the next piece is asked for once it has
 * @returns `withheld` also when the stream was ended before its end: what was passed on until then was released
 * @throws as `enforce` does; then nothing more was passed on
 */
export async function enforceStream(
  decider: Decider,
  store: Session | Ledgers,
  call: ToolCall,
  execute: (obligations: Admission["obligations"], args: ToolCall["action"]["args"]) => Promise<ToolStream>,
  pass: (text: string) => Promise<void>,
  now: () => number,
): Promise<Enforcement> {
  const admission = await admit(decider, store, call, now);
  const { ids, asked, decision, isAdmitted, obligations } = admission;
  if (!isAdmitted) return { kind: "refused", decision };
  const ask = (request: object) => event(decider, store, ids, request);
  let result: ToolResult;
  let error: unknown;
  let isWithheld = false;
  let stopped: Decision | undefined;
  let asking: unknown;
  try {
    const { kept, pieces, end } = await execute(obligations, redactedArgs(asked, decision));
    isWithheld = decision.enforce && obligations.some((one) => !kept.includes(one.kind));
    if (!isWithheld) {
      const chunk = async (text: string, last: boolean): Promise<Decision> => {
        try {
          return await ask(chunkEvent(asked, text, last, now()));
        } catch (e) {
          asking = e;
          throw e;
        }
      };
      stopped = await passOn(pieces, kept, chunk, pass);
      isWithheld = stopped !== undefined;
    }
    result = isWithheld ? { value: null, kept } : { ...(await end()), kept };
  } catch (e) {
    // the host's store: as of `enforce`, nothing is done without an answer
    if (asking !== undefined) throw asking;
    error = e;
    result = { value: null, kept: [], failed: true };
  }
  const failed = result.failed === true;
  const status = failed ? "failed" : isWithheld ? "withheld" : "ok";
  const after = await ask(resultEvent(asked, result, status, now()));
  if (failed) return { kind: "failed", error, decision: after };
  if (isWithheld) return { kind: "withheld", decision: stopped ?? after };
  if (!after.enforce) return { kind: "done", value: result.value, decision };
  const value = handedOn(after, result);
  return value === undefined ? { kind: "withheld", decision: after } : { kind: "done", value: value.value, decision };
}

/** Until there are no more; the answer that ended it, if one did. */
async function passOn(
  pieces: AsyncIterable<string>,
  kept: readonly string[],
  ask: (text: string, last: boolean) => Promise<Decision>,
  pass: (text: string) => Promise<void>,
): Promise<Decision | undefined> {
  let waiting: Uint8Array = new Uint8Array(0);
  const tell = async (text: string, last: boolean): Promise<Decision | undefined> => {
    const own = encoder.encode(text);
    // half of a surrogate pair is asked about as what it is passed on as
    const answer = await ask(decoder.decode(own), last);
    const all = joined([waiting, own]);
    const released = answer.enforce ? releasedBy(answer, all, kept) : { text: decoder.decode(all), length: all.length };
    if (released === undefined) return answer;
    waiting = all.subarray(released.length);
    if (released.text !== "") await pass(released.text);
    return undefined;
  };
  let half = "";
  for await (const piece of pieces) {
    let text = half + piece;
    // a pair that is cut comes whole with the next piece
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : "";
    text = text.slice(0, text.length - half.length);
    for (const part of parts(text)) {
      const stopped = await tell(part, false);
      if (stopped !== undefined) return stopped;
    }
  }
  return tell(half, true);
}

/** Of what lies here; undefined: nothing, now or later. */
function releasedBy(
  answer: Decision,
  all: Uint8Array,
  kept: readonly string[],
): { readonly text: string; readonly length: number } | undefined {
  const { outcome, release } = answer;
  if (outcome !== "allow" && outcome !== "allow_with_obligations") return undefined;
  if (release === undefined || release > all.length) return undefined;
  const obligations = outcome === "allow_with_obligations" ? answer.obligations : [];
  if (!obligations.every((one) => isOfInspection(one) || kept.includes(one.kind))) return undefined;
  const isRedacted = obligations.some(isOfInspection);
  // what is redacted is so whole: nothing of it may lie here any longer
  if (isRedacted && release !== all.length) return undefined;
  return { text: isRedacted ? REDACTED : decoder.decode(all.subarray(0, release)), length: release };
}

function* parts(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = Math.min(text.length, at + MOST_UNITS);
    const isCut = end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? "");
    yield text.slice(at, isCut ? end - 1 : end);
    at = isCut ? end - 1 : end;
  }
}

function chunkEvent(call: ToolCall, text: string, last: boolean, time: number): object {
  return {
    event: "chunk",
    principal: call.principal,
    ...(call.resource === undefined ? {} : { resource: call.resource }),
    context: { ...call.context, approvals: [], time },
    chunk: { text, last },
  };
}
