/**
 * A recorded agent run, whatever format it came in: what the user said, what the agent called, what came back, in order.
 *
 * `truth` is what the record itself says about the run (was it an attack, did it succeed); a contract never sees it.
 */
export interface Run {
  readonly id: string;
  readonly events: readonly RunEvent[];
  /** Facts that hold in this run, as they are written: by path, perhaps. */
  readonly facts?: unknown;
  readonly truth: {
    readonly kind: string | undefined;
    readonly attackSuccess: boolean | undefined;
    readonly utility: boolean | undefined;
  };
}

export type RunEvent = { readonly kind: "message"; readonly text: string } | CallEvent;

export interface CallEvent {
  readonly kind: "call";
  /** As decisions are reported: the place among the run's calls. */
  readonly index: number;
  /** Calls of one turn were written by the model together; undefined: the record does not say. */
  readonly turn: number | undefined;
  readonly tool: string;
  readonly args: unknown;
  /** Null: requested but never executed. Text is read as JSON, as Python's or as YAML where it is structured. */
  readonly out: unknown;
  readonly failed: boolean;
  /** What it cost, as far as the record says: `cost`, `tokens`, `elapsed` in milliseconds. */
  readonly figures?: Readonly<Record<string, number>>;
}

/** Reads one line's value, if it has this shape. */
export type Shape = (value: Readonly<Record<string, unknown>>) => Run | undefined;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const asFlag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
export const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
