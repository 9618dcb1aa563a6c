/** `thc audit keygen ORIGIN -o FILE`: a signing key for a log; prints the verification key, never the private one. */

import { writeFileSync } from "node:fs";
import { createSigner, generateSigningKey } from "@thc/audit";
import { misused, type Output } from "./shell.ts";

export function keygen(origin: string, flags: { readonly output: string }, output: Output): void {
  const pem = generateSigningKey();
  let verificationKey: string;
  try {
    ({ verificationKey } = createSigner(origin, pem));
  } catch (error) {
    misused(output, (error as Error).message);
    return;
  }
  try {
    // Never over an older key: a log that loses its key cannot be continued.
    writeFileSync(flags.output, pem, { flag: "wx", mode: 0o600 });
  } catch {
    misused(output, `\`${flags.output}\` exists or cannot be written`);
    return;
  }
  output.out(`${verificationKey}\n`);
  output.exit(0);
}
