/** SHA-256 as the language asks for it: of UTF-8, in lower-case hex digits. */
import { createHash } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
