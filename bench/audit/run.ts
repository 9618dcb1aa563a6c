/** `npm run bench:audit`: the audit log's goals, each as a ratio within this run; exit 1 when one was missed. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goalsMissed } from "./measure.ts";
import { makeRows } from "./rows.ts";
import { benchMemory, benchVerifying, verifyOnly, writeLargeLog } from "./verifying.ts";
import { benchWriting } from "./writing.ts";

const [flag, path] = process.argv.slice(2);
if (flag === "--verify-only") await verifyOnly(path as string);
else {
  const folder = mkdtempSync(join(tmpdir(), "thc-bench-audit-"));
  try {
    const rows = makeRows(20_000);
    await benchWriting(folder, rows);
    const large = join(folder, "large");
    await writeLargeLog(large, rows);
    await benchVerifying(large);
    benchMemory(large, process.argv[1] as string);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (goalsMissed() > 0) process.exitCode = 1;
}
