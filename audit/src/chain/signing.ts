/**
 * Ed25519 keys and signed notes as a writer needs them (docs/formats/audit-log.md section 6, C2SP signed-note).
 *
 * The key's name is the log's origin. Verifying notes is the verifier's (audit/src/verify/note.ts), which shares no line with this file.
 */

import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from "node:crypto";
import { auditFailure } from "../failure.ts";

export interface Signer {
  readonly verificationKey: string;
  /** One signature line of a note, with its end. */
  signatureLine(text: string): string;
}

const ED25519_NOTE = 0x01;
const LONGEST_ORIGIN = 200;

export function checkOrigin(origin: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (origin === "" || /[\s+\u0000-\u001f\u007f]/u.test(origin) || Buffer.byteLength(origin) > LONGEST_ORIGIN)
    throw auditFailure("input", `the origin \`${origin}\` must be a name without spaces or \`+\`, at most 200 bytes`);
}

/** A new private key as PKCS #8 PEM. */
export function generateSigningKey(): string {
  return String(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }));
}

export function createSigner(origin: string, privateKeyPem: string): Signer {
  checkOrigin(origin);
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey(privateKeyPem);
  } catch {
    // The parser's message may quote the key: it is not passed on.
    throw auditFailure("input", "the signing key is not a PKCS #8 PEM private key");
  }
  if (key.asymmetricKeyType !== "ed25519") throw auditFailure("input", "the signing key is not an Ed25519 key");
  const raw = createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32);
  const typed = Buffer.concat([Buffer.of(ED25519_NOTE), raw]);
  const id = Buffer.from(hash("sha256", Buffer.concat([Buffer.from(`${origin}\n`), typed]), "hex").slice(0, 8), "hex");
  return {
    verificationKey: `${origin}+${id.toString("hex")}+${typed.toString("base64")}`,
    signatureLine: (text) =>
      `— ${origin} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString("base64")}\n`,
  };
}

export function checkpointNote(signer: Signer, origin: string, size: number, root: string): string {
  const text = `${origin}\n${size}\n${Buffer.from(root, "hex").toString("base64")}\n`;
  return `${text}\n${signer.signatureLine(text)}`;
}

export function rotationNote(old: Signer, next: Signer, origin: string, seq: number, prev: string): string {
  const text = `thc-audit-key/1\n${origin}\n${seq}\n${prev}\n${old.verificationKey}\n${next.verificationKey}\n`;
  return `${text}\n${old.signatureLine(text)}${next.signatureLine(text)}`;
}
