/** `thc audit anchor LOG`: makes a checkpoint and has it stamped by each TSA; exit 1 when none did. */

import { openLog, startAnchoring } from "@thc/audit";
import { checkAnswer, nodePlatform } from "@thc/audit/read";
import { complain, isUnreadable, misused, type Output, openSource, readInput, readMac, readTrust } from "./shell.ts";
import { originOf } from "./verify.ts";

export interface AnchorFlags {
  readonly tsa: readonly string[];
  readonly roots: string;
  readonly signingKey: string;
  readonly macKey?: string;
  readonly timeout: string;
}

export async function anchor(path: string, flags: AnchorFlags, output: Output): Promise<void> {
  const seconds = Number(flags.timeout);
  if (!(seconds > 0 && seconds <= 600)) return misused(output, `\`${flags.timeout}\` is no time in seconds`);
  const opened = openSource(path);
  if (isUnreadable(opened)) return complain(output, opened);
  const trust = readTrust(flags.roots);
  if (isUnreadable(trust)) return complain(output, trust);
  const key = readInput(flags.signingKey);
  if (isUnreadable(key)) return complain(output, key);
  const mac = readMac(flags.macKey);
  if (isUnreadable(mac)) return complain(output, mac);
  try {
    const origin = await originOf(path);
    const { log } = openLog({
      folder: path,
      origin,
      signingKey: key.toString(),
      ...(mac === undefined ? {} : { mac }),
    });
    const check = checkAnswer(nodePlatform(), trust ?? { roots: [] });
    const anchoring = startAnchoring(log, { tsas: flags.tsa, check, timeoutMs: seconds * 1000 });
    const outcomes = await anchoring.now();
    await anchoring.stop();
    await log.close();
    for (const { tsa, checkpoint, failure } of outcomes)
      output.out(failure === null ? `anchored checkpoint ${checkpoint} at ${tsa}\n` : `failed at ${tsa}: ${failure}\n`);
    output.exit(outcomes.some(({ failure }) => failure === null) ? 0 : 1);
  } catch (error) {
    output.err(`error: ${(error as Error).message}\n`);
    output.exit(1);
  }
}
