/** An inclusion proof and its record's line, checked without the log: C2SP tlog-proof under a key that is trusted. */

import { createEnvelopeReader } from "./envelope.ts";
import { rootOfProof } from "./merkle.ts";
import { isSignedAmongOthers, parseCheckpoint, parseProof, parseVerificationKey, splitNote } from "./note.ts";
import type { Platform } from "./platform.ts";
import { toHex } from "./sha256.ts";
import { SLACK, windowOver } from "./source.ts";

export type ProofVerdict =
  | { readonly ok: true; readonly index: number; readonly size: number; readonly origin: string }
  | { readonly ok: false; readonly reason: string };

const wrong = (reason: string): ProofVerdict => ({ ok: false, reason });

/** `line` is the record's line, without its end. */
export async function verifyProof(
  platform: Platform,
  proof: string,
  line: Uint8Array,
  key: string,
): Promise<ProofVerdict> {
  const parsed = parseProof(proof);
  const note = parsed === null ? null : splitNote(parsed.note);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  const signer = parseVerificationKey(platform, key);
  if (parsed === null || note === null || checkpoint === null)
    return wrong("the proof is no tlog-proof over a checkpoint");
  if (signer === null) return wrong("the key is no verification key");
  if (checkpoint.origin !== signer.name) return wrong(`the proof is of \`${checkpoint.origin}\``);
  if (!(await isSignedAmongOthers(platform, note, signer))) return wrong("the checkpoint is not signed by the key");
  const window = windowOver(new ArrayBuffer(line.length + SLACK), line.length);
  window.bytes.set(line);
  const envelope = createEnvelopeReader(platform)(window);
  if (envelope.badAt >= 0 || !envelope.intact) return wrong("the line is no whole record");
  if (envelope.seq !== parsed.index)
    return wrong(`the line is record ${envelope.seq}, the proof is of ${parsed.index}`);
  const root = rootOfProof(platform, parsed.index, checkpoint.size, toHex(envelope.digest), parsed.path);
  if (root !== checkpoint.root) return wrong("the proof does not lead to the checkpoint's root");
  return { ok: true, index: parsed.index, size: checkpoint.size, origin: checkpoint.origin };
}
