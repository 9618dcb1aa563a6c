/** How fast a log is verified, against `openssl dgst` over the same bytes, in processor time, so by the core; and how much memory that takes. */

import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { type DecisionRecordBody, generateSigningKey, openLog } from "@thc/audit";
import { directorySource, nodePlatform, segmentNames } from "@thc/audit/read";
import { verifyLog } from "@thc/audit/verify";
import { goal, interleaved } from "./measure.ts";

const RECORDS = 400_000;

export async function writeLargeLog(folder: string, rows: readonly DecisionRecordBody[]): Promise<void> {
  const { log } = openLog({ folder, origin: "bench.example/large", signingKey: generateSigningKey(), blocking: true });
  for (let n = 0; n < RECORDS; n += 1000)
    await Promise.all(
      Array.from({ length: 1000 }, (_, i) => log.append(rows[(n + i) % rows.length] as DecisionRecordBody)),
    );
  await log.close();
}

/** Microseconds of processor time, as the shell counts its children's; NaN where there is no openssl. */
function cpuOfOpenssl(files: readonly string[]): number {
  const script = 'openssl dgst -sha256 "$@" >/dev/null && times';
  const { stdout } = spawnSync("sh", ["-c", script, "sh", ...files], { encoding: "utf8" });
  const [, children] = stdout.trim().split("\n");
  const parts = Array.from(
    (children ?? "").matchAll(/(\d+)m([\d.]+)s/g),
    ([, m, s]) => (Number(m) * 60 + Number(s)) * 1e6,
  );
  return parts.length === 2 ? (parts[0] as number) + (parts[1] as number) : Number.NaN;
}

export async function benchVerifying(folder: string): Promise<void> {
  const files = segmentNames(folder).map((name) => join(folder, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const verify = (mode: "fast" | "full") => async () => {
    const start = process.cpuUsage();
    const report = await verifyLog(directorySource(folder), { platform: nodePlatform(), mode });
    if (!report.ok) throw new Error("the bench's own log is broken");
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  const contenders = [
    { name: "openssl", round: () => cpuOfOpenssl(files) },
    { name: "full", round: verify("full") },
    { name: "fast", round: verify("fast") },
  ];
  const times = await interleaved(contenders, 5);
  const speed = (name: string): number => bytes / (times.get(name) as number);
  const against = (name: string, least: number, what: string): void => {
    const ratio = speed(name) / speed("openssl");
    const known = Number.isFinite(ratio);
    goal(
      what,
      `${Math.round(speed(name))} / ${Math.round(speed("openssl"))} MB/s = ${ratio.toFixed(2)} ×`,
      `>= ${least} ×`,
      known ? ratio >= least : null,
    );
  };
  against("full", 0.3, "full verify against `openssl dgst`");
  against("fast", 0.5, "chain only (--fast) against `openssl dgst`");
}

/** In a process of its own, so that only the verifier's memory is counted. */
export function benchMemory(folder: string, program: string): void {
  const done = spawnSync(process.execPath, [program, "--verify-only", folder], { encoding: "utf8" });
  const kilobytes = Number(done.stdout.trim());
  goal(
    "memory of a full verify (peak RSS)",
    `${Math.round(kilobytes / 1024)} MB`,
    "<= 200 MB",
    kilobytes / 1024 <= 200,
  );
}

export async function verifyOnly(folder: string): Promise<void> {
  const report = await verifyLog(directorySource(folder), { platform: nodePlatform() });
  if (!report.ok) process.exitCode = 1;
  process.stdout.write(String(process.resourceUsage().maxRSS));
}
