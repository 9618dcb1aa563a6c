/** SHA-256 as the compiler asks for it, and as the language does: of UTF-8, in lower-case hex digits. */
import { createHash } from "node:crypto";

export const sha256OfBytes = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
