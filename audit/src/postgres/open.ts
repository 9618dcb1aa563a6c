/**
 * Opens a log in PostgreSQL for writing: an advisory lock for its origin, recovery from its last segments, batches as transactions.
 *
 * There is no torn tail here, since a transaction is whole or absent; everything else is as with files. A lost connection poisons the log.
 */

import { Client } from "pg";
import { checkOrigin, createSigner } from "../chain/signing.ts";
import { auditFailure } from "../failure.ts";
import { type Batch, createComposer } from "../writer/composer.ts";
import { type AuditLog, createLog } from "../writer/log.ts";
import { DEFAULT_CHECKPOINTS, DEFAULT_LIMITS, DEFAULT_PENDING_BYTES, type OpenOptions } from "../writer/open.ts";
import { recover, type StoredLog } from "../writer/recover.ts";
import type { Sink } from "../writer/sink.ts";

export type PostgresOpenOptions = Omit<OpenOptions, "folder" | "sidecar" | "disk" | "repair" | "blocking"> & {
  /** Of the writer's role; never printed. */
  readonly connectionString: string;
};

export async function openPostgresLog(options: PostgresOpenOptions): Promise<AuditLog> {
  const { origin } = options;
  checkOrigin(origin);
  const signer = createSigner(origin, options.signingKey);
  const client = new Client({ connectionString: options.connectionString });
  await client.connect();
  try {
    await lock(client, origin);
    const clock = options.clock ?? Date.now;
    const found = recover({
      stored: await storedRows(client, origin),
      origin,
      mac: options.mac ?? null,
      repair: false,
      now: clock(),
    });
    if (found.torn !== null) throw auditFailure("broken", "the log's last rows are damaged");
    if (found.key !== null && found.key !== signer.verificationKey)
      throw auditFailure(
        "foreign",
        `the log's key is \`${found.key}\`, the given one is \`${signer.verificationKey}\``,
      );
    const composer = createComposer(
      {
        origin,
        signer,
        cadence: options.cadence ?? null,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        checkpointRecords: options.checkpoints?.records ?? DEFAULT_CHECKPOINTS.records,
        macKey: found.macKey,
        clock,
        onRatchet: options.onRatchet ?? (() => {}),
      },
      found.state,
    );
    return createLog({
      origin,
      composer,
      sink: createPostgresSink(client, origin),
      maxPendingBytes: options.maxPendingBytes ?? DEFAULT_PENDING_BYTES,
      checkpointSeconds: options.checkpoints?.seconds ?? DEFAULT_CHECKPOINTS.seconds,
      blocking: false,
      erase: null,
      release: () => {},
    });
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** Held by the connection: it ends when the writer does, however it does. */
async function lock(client: Client, origin: string): Promise<void> {
  const { rows } = await client.query<{ held: boolean }>(
    "SELECT pg_try_advisory_lock(hashtextextended($1, 74686)) AS held",
    [origin],
  );
  if (rows[0]?.held !== true) throw auditFailure("locked", `another writer holds the log \`${origin}\``);
}

async function storedRows(client: Client, origin: string): Promise<StoredLog> {
  const { rows: segments } = await client.query<{ segment: number }>(
    "SELECT DISTINCT segment FROM thc_audit_records WHERE origin = $1 ORDER BY segment",
    [origin],
  );
  const indexes = segments.map(({ segment }) => segment);
  const contents = new Map<number, Buffer>();
  for (const index of indexes.slice(-2)) {
    const { rows } = await client.query<{ line: Buffer }>(
      "SELECT line FROM thc_audit_records WHERE origin = $1 AND segment = $2 ORDER BY seq",
      [origin, index],
    );
    contents.set(index, Buffer.concat(rows.flatMap(({ line }) => [line, Buffer.of(0x0a)])));
  }
  const { rows: heads } = await client.query<{ note: string }>(
    "SELECT note FROM thc_audit_heads WHERE origin = $1 ORDER BY size DESC LIMIT 1",
    [origin],
  );
  return { indexes, read: (index) => contents.get(index) ?? Buffer.alloc(0), checkpoint: heads[0]?.note ?? null };
}

function linesOf(batch: Batch): readonly Buffer[] {
  const lines: Buffer[] = [];
  const bytes = batch.buffer.subarray(0, batch.length);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    lines.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return lines;
}

function createPostgresSink(client: Client, origin: string): Sink {
  let lost: Error | null = null;
  client.on("error", (error) => {
    lost ??= error;
  });
  return {
    async write(batch) {
      if (lost !== null) throw lost;
      const lines = linesOf(batch);
      const seqs = lines.map((_, i) => batch.firstSeq + i);
      await client.query("BEGIN");
      // A database may be set to acknowledge before it is durable; a record may not.
      await client.query("SET LOCAL synchronous_commit = on");
      await client.query(
        "INSERT INTO thc_audit_records (origin, seq, segment, line) SELECT $1, t.seq, $2, t.line FROM unnest($3::bigint[], $4::bytea[]) AS t(seq, line)",
        [origin, batch.segment, seqs, lines],
      );
      for (const { size, note } of batch.checkpoints)
        await client.query("INSERT INTO thc_audit_heads (origin, size, note) VALUES ($1, $2, $3)", [
          origin,
          size,
          note,
        ]);
      await client.query("COMMIT");
    },
    writeNow: null,
    abandon() {
      client.query("ROLLBACK").catch(() => {});
    },
    close: () => client.end(),
  };
}
