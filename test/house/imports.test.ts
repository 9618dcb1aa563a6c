/** Imports run one way: the tables of docs/architecture.md against every import of every file. */
import { posix } from "node:path";
import { describe, expect, test } from "vitest";
import { findCycle } from "./cycles.ts";
import { judgeImport, parseImportTable } from "./import-table.ts";
import { importsOf, readRoot, type SourceFile, sourceFiles } from "./tree.ts";

const files = sourceFiles();
const table = parseImportTable(readRoot("docs/architecture.md"));

test("the table has a row for every folder with code", () => {
  const folders = [...new Set(files.map((file) => file.path.split("/")[0]!))];
  expect(folders.filter((folder) => !table.rows.has(folder))).toEqual([]);
});

test("no file imports what its folder's row does not name", () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((specifier) => judgeImport(table, file.path, specifier) ?? []),
  );
  expect(wrong).toEqual([]);
});

test("nobody imports the command line, tests aside", () => {
  const others = [...table.rows].filter(
    ([folder, row]) => row.folders.has("cli") && folder !== "test" && folder !== "bench",
  );
  expect(others).toEqual([]);
});

test("local imports name a file that exists, with its ending", () => {
  const known = new Set(files.map((file) => file.path));
  const wrong = files.flatMap((file) =>
    localImports(file)
      .filter((target) => !known.has(target) && !/(^|\/)(dist|data)\/|\.json$/.test(target))
      .map((target) => `${file.path}: ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("files do not import each other in a circle", () => {
  expect(findCycle(graph())).toBeUndefined();
});

test("the table itself has no circle", () => {
  const rows = [...table.rows].map(([folder, row]): [string, ReadonlySet<string>] => [folder, row.folders]);
  expect(findCycle(new Map(rows))).toBeUndefined();
});

describe("the judge itself", () => {
  const small = parseImportTable(
    "## Imports\n| a | b | c |\n|---|---|---|\n| `a` | `b` | `p` |\n| `b` | – | – |\n\n| p | n |\n|---|---|\n| `b/src/x.ts` | `crypto` |\n",
  );
  test.each([
    ["a/src/x.ts", "./y.ts", true],
    ["a/src/x.ts", "../../b/src/y.ts", true],
    ["a/src/x.ts", "@thc/b", true],
    ["a/src/x.ts", "p/deep", true],
    ["b/src/x.ts", "@thc/a", false],
    ["b/src/x.ts", "../../a/src/y.ts", false],
    ["b/src/x.ts", "p", false],
    ["b/src/x.ts", "node:crypto", true],
    ["b/src/x.ts", "node:fs", false],
    ["b/src/y.ts", "node:crypto", false],
    ["c/src/x.ts", "./y.ts", false],
  ])("%s importing %s: allowed is %s", (file, specifier, allowed) => {
    expect(judgeImport(small, file, specifier) === undefined).toBe(allowed);
  });

  test("imports are found in every form, and not in comments or texts", () => {
    const text = [
      'import a from "a";',
      'import type { B } from "b";',
      "import {\n  c,\n} from 'c';",
      'import "d";',
      'export { e } from "e";',
      'const f = await import("f");',
      '// import g from "g";',
      '/* import h from "h"; */',
      'const i = `\nimport i from "i";\n`;',
    ].join("\n");
    expect([...importsOf({ path: "x.ts", text })].sort()).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  test("a circle is found with the path that closes it", () => {
    const edges = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c"])],
      ["c", new Set(["b"])],
    ]);
    expect(findCycle(edges)).toEqual(["b", "c", "b"]);
  });
});

function localImports(file: SourceFile): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.join(posix.dirname(file.path), specifier));
}

function graph(): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(files.map((file) => [file.path, new Set(localImports(file))]));
}
