/**
 * A log that is being written, over any sink: appends in groups, acknowledges only what is durable, and fails closed.
 *
 * INVARIANT: after the first failure of the sink every pending and every later append is rejected; nothing is retried. Who cannot record must not act.
 * Opening files is open.ts; a worker around all this is worker.ts.
 */

import { createSigner } from "../chain/signing.ts";
import { auditFailure } from "../failure.ts";
import type { AppendableBody, HostBody } from "../record/bodies.ts";
import { canonicalMembers } from "../record/canonical.ts";
import { commitDecision, type DecisionInput } from "../record/commitment.ts";
import { decisionMembers } from "../record/decision-text.ts";
import { createStates } from "../record/session-states.ts";
import type { Batch, CheckpointReceipt, Composer, Receipt } from "./composer.ts";
import type { Sink } from "./sink.ts";

export interface AuditLog {
  readonly origin: string;
  /** Resolves once the record is durable. */
  append(body: AppendableBody): Promise<Receipt>;
  /** The record is durable when this returns. */
  appendSync(body: AppendableBody): Receipt;
  /** Commits to the decision's values, and keeps them in the sidecar where there is one. */
  appendDecision(decision: DecisionInput): Promise<Receipt>;
  /** The same, and durable when this returns: a decision point can record before it answers. */
  appendDecisionSync(decision: DecisionInput): Receipt;
  checkpoint(): Promise<CheckpointReceipt>;
  /** Seals the segment in use and starts the next. */
  rotateSegment(): Promise<void>;
  rotateKey(privateKeyPem: string): Promise<Receipt>;
  /** Erases a record's sidecar entry and says so in the log. */
  erase(record: number, reason: string): Promise<Receipt>;
  onCheckpoint(listener: (checkpoint: CheckpointReceipt) => void): void;
  newestCheckpoint(): CheckpointReceipt | null;
  /** Resolves when pending bytes are below half of the limit. */
  ready(): Promise<void>;
  pendingBytes(): number;
  size(): number;
  close(): Promise<void>;
}

export interface LogParts {
  readonly origin: string;
  readonly composer: Composer;
  readonly sink: Sink;
  readonly maxPendingBytes: number;
  readonly checkpointSeconds: number;
  /** Batches are written on this thread: for a thread that does nothing else. */
  readonly blocking: boolean;
  /** Erases sidecar entries; `null` without a sidecar. */
  readonly erase: ((record: number) => number) | null;
  readonly release: () => void;
}

const HOST_KIND = /^x_[a-z0-9_]+$/;
const BODY_KEY = /^[a-z][a-z0-9_]*$/;

type Add<T> = (members: string, counts: boolean, sidecar: ((seq: number) => string) | null) => T;

export function createLog(parts: LogParts): AuditLog {
  const { composer, sink, origin } = parts;
  const listeners: ((checkpoint: CheckpointReceipt) => void)[] = [];
  const states = createStates();
  let inFlight: Batch | null = null;
  /** The write under way when its bytes were already made durable by `appendSync`. */
  let overtaken: Batch | null = null;
  let drained: Promise<void> | null = null;
  let scheduled = false;
  let failure: Error | null = null;
  let closed = false;
  let newest: CheckpointReceipt | null = null;
  const readers: (() => void)[] = [];

  function refuse(): void {
    if (failure !== null)
      throw auditFailure("poisoned", `the log is closed after a failure: ${failure.message}`, failure);
    if (closed) throw auditFailure("closed", "the log is closed");
    if (composer.pendingBytes() > parts.maxPendingBytes)
      throw auditFailure("backpressure", `${composer.pendingBytes()} bytes wait to be written`);
  }

  function poison(error: unknown): void {
    failure ??= error instanceof Error ? error : new Error(String(error));
    sink.abandon();
    const rejection = auditFailure("poisoned", `the record is not durable: ${failure.message}`, failure);
    for (const batch of inFlight === null ? composer.waiting() : [inFlight, ...composer.waiting()])
      for (const waiter of batch.waiters.splice(0)) waiter.reject(rejection);
    wake();
  }

  function wake(): void {
    if (failure === null && composer.pendingBytes() > parts.maxPendingBytes / 2) return;
    for (const reader of readers.splice(0)) reader();
  }

  function settle(batch: Batch): void {
    for (const waiter of batch.waiters.splice(0)) waiter.resolve(waiter.receipt);
    for (const checkpoint of batch.checkpoints.splice(0)) {
      newest = checkpoint;
      for (const listener of listeners) listener(checkpoint);
    }
  }

  async function drain(): Promise<void> {
    while (failure === null) {
      const batch = composer.take();
      if (batch === undefined) break;
      inFlight = batch;
      try {
        if (parts.blocking && sink.writeNow !== null) sink.writeNow(batch);
        else await sink.write(batch);
      } catch (error) {
        poison(error);
      }
      inFlight = null;
      if (failure !== null) break;
      composer.release(batch);
      settle(batch);
      wake();
    }
  }

  function schedule(): void {
    if (scheduled || drained !== null) return;
    scheduled = true;
    // One turn later, so that everything appended in this one travels together.
    queueMicrotask(() => {
      scheduled = false;
      drained ??= drain().finally(() => {
        drained = null;
        if (failure === null && composer.waiting().length > 0) schedule();
      });
    });
  }

  async function flush(): Promise<void> {
    while (failure === null && (composer.waiting().length > 0 || drained !== null)) {
      schedule();
      await (drained ?? Promise.resolve());
    }
    if (failure !== null)
      throw auditFailure("poisoned", `the log is closed after a failure: ${failure.message}`, failure);
  }

  const text = (body: AppendableBody): string => {
    if (body.kind === "decision") return decisionMembers(body, composer.time());
    if (body.kind !== "anchor" && body.kind !== "anchor_failed") checkHostBody(body);
    return canonicalMembers({ ...body, time: composer.time() });
  };

  function enqueue(members: string, counts: boolean, sidecar: ((seq: number) => string) | null): Promise<Receipt> {
    const { batch, receipt } = composer.add(members, counts, sidecar);
    const acknowledged = new Promise<Receipt>((resolve, reject) => batch.waiters.push({ receipt, resolve, reject }));
    schedule();
    return acknowledged;
  }

  function enqueueNow(members: string, counts: boolean, sidecar: ((seq: number) => string) | null): Receipt {
    if (sink.writeNow === null) throw auditFailure("input", "this log cannot append synchronously");
    const { receipt } = composer.add(members, counts, sidecar);
    const durable: Batch[] = [];
    try {
      // The write under way is repeated here: same bytes, same place. Its own completion releases it.
      if (inFlight !== null && inFlight !== overtaken) sink.writeNow(inFlight);
      overtaken = inFlight;
      for (let batch = composer.take(); batch !== undefined; batch = composer.take()) {
        durable.push(batch);
        sink.writeNow(batch);
      }
    } catch (error) {
      for (const batch of durable) for (const waiter of batch.waiters.splice(0)) waiter.reject(error as Error);
      poison(error);
      throw auditFailure("poisoned", `the record is not durable: ${(error as Error).message}`, error);
    }
    for (const batch of durable) {
      composer.release(batch);
      settle(batch);
    }
    return receipt;
  }

  function decided<T>(decision: DecisionInput, add: Add<T>): T {
    const { body, sidecarLine } = commitDecision(decision);
    const members = decisionMembers(body, composer.time());
    if (parts.erase === null) return add(members, true, null);
    const { session, before, after } = decision.state;
    const continues = states.of(session)?.equals(before) ?? false;
    const added = add(members, true, (seq) => sidecarLine(seq, !continues));
    // Only now: a record that was refused left no state that the next could continue.
    states.keep(session, after);
    return added;
  }

  const counted = (body: AppendableBody): boolean => body.kind !== "anchor" && body.kind !== "anchor_failed";

  const timer = setInterval(() => {
    if (failure !== null || closed || composer.unmarked() === 0) return;
    composer.checkpoint();
    schedule();
  }, parts.checkpointSeconds * 1000);
  timer.unref();

  if (composer.waiting().length > 0) schedule();

  return {
    origin,
    append(body) {
      // Not an async function: that would make a second promise for every record.
      try {
        refuse();
        return enqueue(text(body), counted(body), null);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    appendSync(body) {
      refuse();
      return enqueueNow(text(body), counted(body), null);
    },
    async appendDecision(decision) {
      refuse();
      return decided(decision, enqueue);
    },
    appendDecisionSync(decision) {
      refuse();
      return decided(decision, enqueueNow);
    },
    async checkpoint() {
      refuse();
      const checkpoint = composer.checkpoint();
      await flush();
      return checkpoint;
    },
    async rotateSegment() {
      refuse();
      composer.sealSegment();
      await flush();
    },
    async rotateKey(privateKeyPem) {
      refuse();
      const receipt = composer.rotateKey(createSigner(origin, privateKeyPem));
      await flush();
      return receipt;
    },
    async erase(record, reason) {
      refuse();
      if (parts.erase === null) throw auditFailure("input", "the log was opened without a sidecar");
      await flush();
      if (parts.erase(record) === 0) throw auditFailure("input", `the sidecar holds nothing of record ${record}`);
      return enqueue(canonicalMembers({ kind: "erased", reason, record, time: composer.time() }), true, null);
    },
    onCheckpoint: (listener) => void listeners.push(listener),
    newestCheckpoint: () => newest,
    ready: () =>
      new Promise((resolve) => {
        readers.push(resolve);
        wake();
      }),
    pendingBytes: () => composer.pendingBytes(),
    size: () => composer.size(),
    async close() {
      if (closed) return;
      clearInterval(timer);
      try {
        if (failure === null && composer.unmarked() > 0) composer.checkpoint();
        await flush();
      } finally {
        closed = true;
        await sink.close();
        parts.release();
      }
    },
  };
}

function checkHostBody(body: HostBody): void {
  if (!HOST_KIND.test(body.kind))
    throw auditFailure("bad_body", `a host's own kind begins with \`x_\`, not \`${body.kind}\``);
  for (const key of Object.keys(body))
    if (!BODY_KEY.test(key) || key === "time")
      throw auditFailure("bad_body", `a record cannot have the member \`${key}\``);
}
