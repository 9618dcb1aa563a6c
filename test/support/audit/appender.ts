/** A program that appends to a log for ever, or `count` times, and says each record's number once it is acknowledged. */

import { writeSync } from "node:fs";
import { openLog } from "@thc/audit";

const [folder, signingKey, origin, count, mode] = process.argv.slice(2) as [string, string, string, string, string];
const say = (text: string): void => void writeSync(1, `${text}\n`);

try {
  const { log, setAside } = openLog({
    folder,
    signingKey,
    origin,
    limits: { records: 400 },
    checkpoints: { records: 50, seconds: 300 },
  });
  say(`open ${log.size()} ${setAside === null ? "" : setAside.bytes}`);
  const body = (n: number) => ({ kind: "x_step" as const, n, text: "some words to fill a line ".repeat(8) });
  for (let n = 0; n < Number(count); n++) {
    if (mode === "sync") say(`ack ${log.appendSync(body(n)).seq}`);
    else {
      const batch = Array.from({ length: 7 }, (_, i) => log.append(body(n * 7 + i)));
      for (const receipt of await Promise.all(batch)) say(`ack ${receipt.seq}`);
    }
  }
  await log.close();
  say("closed");
} catch (error) {
  say(`failed ${(error as { code?: string }).code} ${(error as Error).message}`);
  process.exitCode = 1;
}
