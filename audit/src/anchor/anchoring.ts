/**
 * Anchors a log's checkpoints as they are made: every TSA is asked, each answer checked before it is recorded.
 *
 * Trouble with a TSA never stops the log: it becomes an `anchor_failed` record. Only the newest checkpoint is tried again, since it covers all
 * before it. The check is handed in (the strict verifier, with the operator's roots), because writing and verifying share no code.
 */

import type { CheckpointReceipt } from "../writer/composer.ts";
import type { AuditLog } from "../writer/log.ts";
import { askTsa } from "./client.ts";
import { timestampRequest } from "./request.ts";

export interface AnswerToCheck {
  readonly tsa: string;
  readonly response: Uint8Array;
  readonly note: string;
  readonly nonce: string;
  readonly sent: number;
  readonly received: number;
}

export interface AnchoringOptions {
  readonly tsas: readonly string[];
  /** Why an answer is refused; `null` when it is good. */
  readonly check: (answer: AnswerToCheck) => Promise<string | null>;
  readonly timeoutMs?: number;
  readonly retryMs?: number;
  readonly clock?: () => number;
}

export interface AnchorOutcome {
  readonly tsa: string;
  readonly checkpoint: number;
  /** `null` when it was recorded. */
  readonly failure: string | null;
}

export interface Anchoring {
  /** Makes a checkpoint and waits for every TSA. */
  now(): Promise<readonly AnchorOutcome[]>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const RETRY_MS = 60_000;

export function startAnchoring(log: AuditLog, options: AnchoringOptions): Anchoring {
  const clock = options.clock ?? Date.now;
  let next: CheckpointReceipt | null = null;
  let running: Promise<readonly AnchorOutcome[]> | null = null;
  let latest: Promise<readonly AnchorOutcome[]> = Promise.resolve([]);
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;

  async function anchorAt(tsa: string, checkpoint: CheckpointReceipt): Promise<AnchorOutcome> {
    const request = timestampRequest(checkpoint.note);
    const sent = clock();
    const answer = await askTsa(tsa, request, options.timeoutMs ?? TIMEOUT_MS);
    const received = clock();
    const outcome = { tsa, checkpoint: checkpoint.seq };
    let failure: string | null;
    if (answer.ok) {
      const { response } = answer;
      failure = await options.check({ tsa, response, note: checkpoint.note, nonce: request.nonce, sent, received });
      if (failure === null) {
        await log.append({
          kind: "anchor",
          checkpoint: checkpoint.seq,
          nonce: request.nonce,
          received: new Date(received).toISOString(),
          response: response.toString("base64"),
          sent: new Date(sent).toISOString(),
          tsa,
        });
        return { ...outcome, failure };
      }
    } else failure = answer.reason;
    await log.append({ kind: "anchor_failed", checkpoint: checkpoint.seq, reason: failure, tsa });
    return { ...outcome, failure };
  }

  async function round(): Promise<readonly AnchorOutcome[]> {
    let outcomes: readonly AnchorOutcome[] = [];
    // Checkpoints that were made meanwhile are covered by the newest of them.
    for (let checkpoint = next; checkpoint !== null && !stopped; checkpoint = next) {
      next = null;
      const current = checkpoint;
      outcomes = await Promise.all(options.tsas.map((tsa) => anchorAt(tsa, current)));
      if (next === null && !stopped && outcomes.every(({ failure }) => failure !== null)) again(current);
    }
    return outcomes;
  }

  function again(checkpoint: CheckpointReceipt): void {
    retry = setTimeout(() => {
      if (next === null && running === null) start(checkpoint);
    }, options.retryMs ?? RETRY_MS);
    retry.unref();
  }

  function start(checkpoint: CheckpointReceipt): Promise<readonly AnchorOutcome[]> {
    next = checkpoint;
    if (retry !== null) clearTimeout(retry);
    running ??= round().finally(() => {
      running = null;
    });
    latest = running;
    return running;
  }

  log.onCheckpoint((checkpoint) => {
    // A failed append rejects its own caller; here it only means that the log is closed.
    if (!stopped) start(checkpoint).catch(() => {});
  });

  return {
    async now() {
      await log.checkpoint();
      return latest;
    },
    async idle() {
      await running?.catch(() => {});
    },
    async stop() {
      stopped = true;
      if (retry !== null) clearTimeout(retry);
      await running?.catch(() => {});
    },
  };
}
