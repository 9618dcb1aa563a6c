/** A forger who can rewrite a whole log with right hashes and links, and lacks only the keys. */

import { createHash } from "node:crypto";
import { canonicalText } from "@thc/audit";

type Body = Record<string, unknown>;

/** The lines with every hash and link made anew after `edit` has changed their bodies. */
export function rechained(lines: readonly string[], edit: (body: Body) => Body): readonly string[] {
  let prev = "0".repeat(64);
  return lines.map((line) => {
    const { _hash, ...rest } = edit(JSON.parse(line) as Body);
    const text = canonicalText({ ...rest, _prev: prev });
    prev = createHash("sha256").update("\0").update(text).digest("hex");
    return `{"_hash":"${prev}",${text.slice(1)}`;
  });
}

/** A note whose signature line `index` has one bit changed. */
export function missigned(note: string, index = 0): string {
  const lines = note.split("\n");
  const at = lines.lastIndexOf("", lines.length - 2) + 1 + index;
  const [mark, name, signature] = (lines[at] as string).split(" ") as [string, string, string];
  const raw = Buffer.from(signature, "base64");
  raw.writeUInt8(raw.readUInt8(40) ^ 1, 40);
  lines[at] = `${mark} ${name} ${raw.toString("base64")}`;
  return lines.join("\n");
}
