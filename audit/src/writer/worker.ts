/**
 * A log behind a worker thread: the host's main thread pays for handing a record over, the worker for everything else.
 *
 * Bodies appended in one turn travel in one message. Acknowledgements mean what they mean everywhere: durable.
 */

import { Worker } from "node:worker_threads";
import { auditFailure, type FailureCode } from "../failure.ts";
import type { AppendableBody } from "../record/bodies.ts";
import type { DecisionInput } from "../record/commitment.ts";
import type { CheckpointReceipt, Receipt } from "./composer.ts";
import type { OpenOptions, SetAside } from "./open.ts";
import type { FromWorker, ToWorker, WorkerCall, WorkerOptions } from "./worker-messages.ts";

export interface WorkerLog {
  readonly setAside: SetAside | null;
  append(body: AppendableBody): Promise<Receipt>;
  appendDecision(decision: DecisionInput): Promise<Receipt>;
  checkpoint(): Promise<CheckpointReceipt>;
  erase(record: number, reason: string): Promise<Receipt>;
  close(): Promise<void>;
}

/** Options that can cross threads: no callbacks. `entry` names the worker's script where the package was bundled. */
export type WorkerOpenOptions = WorkerOptions & { readonly entry?: URL };

export async function openLogInWorker({ entry, ...options }: WorkerOpenOptions): Promise<WorkerLog> {
  const worker = new Worker(entry ?? new URL("./worker-main.js", import.meta.url), {
    workerData: options satisfies Omit<OpenOptions, "clock" | "disk" | "onRatchet">,
  });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let outbox: WorkerCall[] = [];
  let calls = 0;
  let dead: Error | null = null;

  function fail(error: Error): void {
    dead ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function send(): void {
    const batch = outbox;
    outbox = [];
    worker.postMessage(batch satisfies ToWorker);
  }

  function call<T>(work: WorkerCall["work"]): Promise<T> {
    if (dead !== null)
      return Promise.reject(auditFailure("poisoned", `the log's worker is gone: ${dead.message}`, dead));
    if (outbox.push({ id: calls, work }) === 1) queueMicrotask(send);
    return new Promise<T>((resolve, reject) =>
      waiting.set(calls++, { resolve: resolve as (value: never) => void, reject }),
    );
  }

  const opened = await new Promise<SetAside | null>((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (message: FromWorker) => {
      if (message.type === "opened") return resolve(message.setAside);
      if (message.type === "refused") return reject(auditFailure(message.code as FailureCode, message.message));
      for (const { id, value, failure } of message.answers) {
        const waiter = waiting.get(id);
        waiting.delete(id);
        if (failure === null) waiter?.resolve(value as never);
        else waiter?.reject(auditFailure(failure.code as FailureCode, failure.message));
      }
    });
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(auditFailure("closed", "the log's worker has ended")));
  worker.unref();

  return {
    setAside: opened,
    append: (body) => call({ do: "append", body }),
    appendDecision: (decision) => call({ do: "decision", decision }),
    checkpoint: () => call({ do: "checkpoint" }),
    erase: (record, reason) => call({ do: "erase", record, reason }),
    async close() {
      if (dead !== null) return;
      worker.ref();
      await call({ do: "close" });
      await worker.terminate();
    },
  };
}
