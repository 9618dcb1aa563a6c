/** The worker's side of worker.ts: opens the log, does what it is told, answers in batches. */

import { parentPort, workerData } from "node:worker_threads";
import { isAuditFailure } from "../failure.ts";
import type { AuditLog } from "./log.ts";
import { openLog } from "./open.ts";
import type { FromWorker, ToWorker, WorkerAnswer, WorkerCall, WorkerOptions } from "./worker-messages.ts";

const say = (message: FromWorker): void => parentPort?.postMessage(message);

const failureOf = (error: unknown) => ({
  code: isAuditFailure(error) ? error.code : "input",
  message: error instanceof Error ? error.message : String(error),
});

function perform(log: AuditLog, work: WorkerCall["work"]): Promise<unknown> {
  switch (work.do) {
    case "append":
      return log.append(work.body);
    case "decision":
      return log.appendDecision(work.decision);
    case "checkpoint":
      return log.checkpoint();
    case "erase":
      return log.erase(work.record, work.reason);
    case "close":
      return log.close();
  }
}

function serve(log: AuditLog): void {
  let answers: WorkerAnswer[] = [];
  const answer = (one: WorkerAnswer): void => {
    if (answers.push(one) > 1) return;
    queueMicrotask(() => {
      say({ type: "answers", answers });
      answers = [];
    });
  };
  parentPort?.on("message", (calls: ToWorker) => {
    for (const { id, work } of calls)
      perform(log, work).then(
        (value) => answer({ id, value, failure: null }),
        (error: unknown) => answer({ id, value: null, failure: failureOf(error) }),
      );
  });
}

try {
  const { log, setAside } = openLog({ blocking: true, ...(workerData as WorkerOptions) });
  serve(log);
  say({ type: "opened", setAside });
} catch (error) {
  say({ type: "refused", ...failureOf(error) });
}
