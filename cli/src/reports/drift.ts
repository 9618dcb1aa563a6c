/** A drift as lines: what changed and how closely it wants to be read. What a server says of itself is masked like any foreign text. */
import type { Concern, Drift } from "@thc/language/tool-lists";
import type { Paint } from "../terminal/paint.ts";
import { plural } from "../terminal/table.ts";
import { visible } from "../terminal/visible.ts";

const MARKS = { added: "+", removed: "-", changed: "~", confusable: "!" } as const;
const ORDER: readonly Concern[] = ["high", "medium", "low"];

export function driftLines(was: string, now: string, drift: Drift, paint: Paint): string[] {
  if (drift.length === 0) return [`nothing changed: ${now}`];
  const lines = [`was ${was}`, `now ${now}`, ""];
  for (const concern of ORDER)
    for (const entry of drift.filter((each) => each.concern === concern)) {
      const word = concern === "high" ? paint.bad(concern) : concern === "medium" ? paint.warn(concern) : concern;
      const hints = entry.hints.length === 0 ? "" : ` (the server says: ${entry.hints.join(", ")}; not believed)`;
      lines.push(`${MARKS[entry.kind]} ${visible(entry.tool)}  ${word}: ${entry.kind}${hints}`);
      lines.push(...entry.what.map((what) => `    ${visible(what)}`));
    }
  return [...lines, "", `${plural(drift.length, "change")}: read them, classify what is new, then write the new pin`];
}
