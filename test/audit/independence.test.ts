import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const source = fileURLToPath(new URL("../../audit/src/", import.meta.url));

/** Files of audit/src with what each imports: files by path from there, others by name. */
function imports(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  )) {
    const text = readFileSync(join(source, file), "utf8");
    const names = Array.from(text.matchAll(/\bfrom "([^"]+)"/g), ([, name]) => name as string);
    found.set(
      file,
      names.map((name) => (name.startsWith(".") ? relative(source, resolve(source, file, "..", name)) : name)),
    );
  }
  return found;
}

const edges = [...imports()].flatMap(([from, names]) => names.map((to) => [from, to] as const));
const inside = (file: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => file.startsWith(`${folder}/`));

describe("the parts of audit", () => {
  test("the verifier imports nothing but itself, so it runs in a browser and shares no code with the writer", () => {
    expect(edges.filter(([from, to]) => inside(from, "verify") && !inside(to, "verify"))).toEqual([]);
  });

  test("the writer imports nothing of the verifier", () => {
    const writing = edges.filter(([from]) => !inside(from, "verify", "read", "postgres"));
    expect(writing.filter(([, to]) => inside(to, "verify", "read"))).toEqual([]);
  });

  test("only the PostgreSQL subpath needs a package, and nothing imports another part of thc", () => {
    const packages = edges.filter(([, to]) => !to.endsWith(".ts") && !to.startsWith("node:"));
    expect([...new Set(packages.map(([, to]) => to))]).toEqual(["pg"]);
    expect(packages.every(([from]) => inside(from, "postgres"))).toBe(true);
  });

  test("no file imports itself by way of others", () => {
    const graph = imports();
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error(`a cycle: ${[...path, file].join(" → ")}`);
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
  });
});
