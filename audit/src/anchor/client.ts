/** Asks one TSA over HTTP (RFC 3161 section 3.4), bounded in time and size, following no redirect. */

import type { TimestampRequest } from "./request.ts";

export type TsaAnswer =
  | { readonly ok: true; readonly response: Buffer }
  | { readonly ok: false; readonly reason: string };

const LARGEST_ANSWER = 262_144;

export async function askTsa(url: string, request: TimestampRequest, timeoutMs: number): Promise<TsaAnswer> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body: Uint8Array.from(request.der),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) return { ok: false, reason: `HTTP status ${answer.status}` };
    const type = answer.headers.get("content-type")?.split(";")[0]?.trim();
    if (type !== "application/timestamp-reply")
      return { ok: false, reason: "the answer is no application/timestamp-reply" };
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of answer.body ?? []) {
      parts.push(Buffer.from(part));
      length += part.length;
      if (length > LARGEST_ANSWER) return { ok: false, reason: `the answer is larger than ${LARGEST_ANSWER} bytes` };
    }
    return { ok: true, response: Buffer.concat(parts) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    return { ok: false, reason: timedOut ? `no answer within ${timeoutMs} ms` : "the connection failed" };
  }
}
