/** A log in PostgreSQL, as a source for the verifier: the same bytes as in files, read in pages. */

import type { ClientBase } from "pg";
import type { LogSource } from "../verify/source.ts";

const PAGE = 256;

const nameOf = (index: number): string => `segment-${String(index).padStart(6, "0")}.jsonl`;

async function* chunks(client: ClientBase, origin: string, segment: number): AsyncGenerator<Uint8Array> {
  for (let after = "-1"; ; ) {
    const { rows } = await client.query<{ seq: string; line: Buffer }>(
      "SELECT seq, line FROM thc_audit_records WHERE origin = $1 AND segment = $2 AND seq > $3 ORDER BY seq LIMIT $4",
      [origin, segment, after, PAGE],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield Buffer.concat(rows.flatMap(({ line }) => [line, Buffer.of(0x0a)]));
    after = last.seq;
  }
}

export function postgresSource(client: ClientBase, origin: string): LogSource {
  return {
    async *segments() {
      const { rows } = await client.query<{ segment: number }>(
        "SELECT DISTINCT segment FROM thc_audit_records WHERE origin = $1 ORDER BY segment",
        [origin],
      );
      for (const { segment } of rows) yield { name: nameOf(segment), chunks: () => chunks(client, origin, segment) };
    },
    async checkpoint() {
      const { rows } = await client.query<{ note: string }>(
        "SELECT note FROM thc_audit_heads WHERE origin = $1 ORDER BY size DESC LIMIT 1",
        [origin],
      );
      return rows[0]?.note ?? null;
    },
  };
}
