/** Where batches of lines become durable: files (file-sink.ts) or a PostgreSQL table (audit/src/postgres). */

import type { Batch } from "./composer.ts";

export interface Sink {
  /** Resolves when every byte of the batch is durable, and its newest checkpoint published. */
  write(batch: Batch): Promise<void>;
  /** The same, at once; must bear being called for a batch whose `write` is still under way. `null`: this sink cannot. */
  readonly writeNow: ((batch: Batch) => void) | null;
  /** After a failure: gives back what can be given back. Never throws. */
  abandon(): void;
  close(): Promise<void>;
}
