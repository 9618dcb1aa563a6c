// The table of docs/formats/inspector.md is the data: every class of every inspector, with the severities that its patterns have.
import { readFileSync } from "node:fs";
import { INSPECTORS } from "@thc/stdlib-rules";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/formats/inspector.md", import.meta.url), "utf8");
const SEVERITY = /\b(?:low|medium|high|critical)\b/g;
const ticked = (text: string): string[] => [...text.matchAll(/`([a-z_]+)`/g)].map((match) => match[1]!);

/** A line for each class and severity. */
function written(): string[] {
  const rows = page.slice(page.indexOf("| inspector | class |")).split("\n\n")[0]!.split("\n").slice(2);
  let inspector: string | undefined;
  return rows.flatMap((row) => {
    const [, name, classes, severities] = row.split("|");
    inspector = ticked(name!)[0] ?? inspector;
    return ticked(classes!).flatMap((one) =>
      (severities!.match(SEVERITY) ?? []).map((s) => `${inspector} ${one} ${s}`),
    );
  });
}

test("classes and severities stand on the page as they are", () => {
  const all = INSPECTORS.flatMap(({ name, patterns }) => patterns.map((p) => `${name} ${p.class} ${p.severity}`));
  expect(written().sort()).toEqual([...new Set(all)].sort());
});
