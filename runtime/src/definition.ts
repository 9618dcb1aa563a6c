/**
 * The digest of a tool's definition as a server gives it now: what a host sends as `action.digest`, so that a definition that changed
 * since it was pinned is denied `tool_drift` (docs/formats/pin.md). It hashes with the platform's SHA-256; nothing here is on the way
 * of a decision: a host computes it when it lists the tools, and keeps it.
 */
const MOST_DEPTH = 64;

/**
 * @param definition one tool of `tools/list`, as JSON.parse gives it, whole and unchanged
 * @returns 64 lower-case hex digits
 * @throws TypeError for what JSON has no form for, and what is nested more than 64 deep
 */
export async function definitionDigest(definition: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(definition, 1));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** RFC 8785. */
function canonical(value: unknown, depth: number): string {
  if (depth > MOST_DEPTH) throw new TypeError("the definition is nested too deeply");
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new TypeError("the definition holds a value that is no JSON");
  // by UTF-16 code units (§3.2.3), which is how texts compare here
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const written = members
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member, depth + 1)}`);
  return `{${written.join(",")}}`;
}
