/** What the two sides of a log's worker say to each other. */

import type { AppendableBody } from "../record/bodies.ts";
import type { DecisionInput } from "../record/commitment.ts";
import type { OpenOptions, SetAside } from "./open.ts";

export type WorkerOptions = Omit<OpenOptions, "clock" | "disk" | "onRatchet">;

export interface WorkerCall {
  readonly id: number;
  readonly work:
    | { readonly do: "append"; readonly body: AppendableBody }
    | { readonly do: "decision"; readonly decision: DecisionInput }
    | { readonly do: "checkpoint" }
    | { readonly do: "erase"; readonly record: number; readonly reason: string }
    | { readonly do: "close" };
}

export type ToWorker = readonly WorkerCall[];

export interface WorkerAnswer {
  readonly id: number;
  readonly value: unknown;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

export type FromWorker =
  | { readonly type: "opened"; readonly setAside: SetAside | null }
  | { readonly type: "refused"; readonly code: string; readonly message: string }
  | { readonly type: "answers"; readonly answers: readonly WorkerAnswer[] };
