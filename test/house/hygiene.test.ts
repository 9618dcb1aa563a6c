/** Habits that a machine can check (CONTRIBUTING.md): size, names, exports. */
import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { ROOT, readRoot, sourceFiles } from "./tree.ts";

const files = sourceFiles();
const BANNED_NAMES = /(?:^|[-/])(?:utils?|helpers?|common|managers?|handlers?|process|data)\.(?:ts|mts|mjs|js)$/;

test("no source file has more than 500 lines", () => {
  const long = files
    .filter((file) => !file.path.includes(".gen."))
    .map((file) => ({ path: file.path, lines: file.text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > 500);
  expect(long).toEqual([]);
});

test("no module has a default export", () => {
  const found = files.filter((file) => /^export default\b|^export \{[^}]*\bas default\b/m.test(file.text));
  expect(found.map((file) => file.path)).toEqual([]);
});

test("files are named by what they define, in kebab-case", () => {
  const wrong = files
    .map((file) => file.path)
    .filter(
      (path) =>
        BANNED_NAMES.test(path) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|gen))?\.(ts|mts|mjs|js)$/.test(basename(path)),
    );
  expect(wrong).toEqual([]);
});

test("no test is skipped for good, and nothing is left for later", () => {
  const marks = /\b(?:test|it|describe)\.(?:skip|only|todo)\(|\bT[O]DO\b|\bFIX[M]E\b/;
  // Recorded attacks begin with such a word; those stand in quotes in tests.
  const wrong = files.filter((file) => marks.test(file.text.replace(/(["'`])(?:(?!\1)[^\\\n]|\\.)*\1/g, "")));
  expect(wrong.map((file) => file.path)).toEqual([]);
});

test.each(packages())("%s exports at most 40 names, each of them by name", (folder) => {
  const index = files.find((file) => file.path === `${folder}/src/index.ts`)!.text;
  expect(index).not.toMatch(/^export \*/m);
  const lists = [...index.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap((match) =>
    match[1]!
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  );
  const own = [...index.matchAll(/^export (?:declare )?(?:const|function|async function|interface|type) (\w+)/gm)];
  expect(lists.length + own.length).toBeLessThanOrEqual(40);
});

test("every workspace belongs to the project: licence, engines and exact versions", () => {
  for (const folder of packages()) {
    const { license, engines, dependencies = {} } = JSON.parse(readRoot(`${folder}/package.json`));
    expect({ folder, license, node: engines?.node }).toEqual({ folder, license: "Apache-2.0", node: ">=20.19" });
    const loose = Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)));
    expect({ folder, loose }).toEqual({ folder, loose: [] });
  }
});

function packages(): string[] {
  return readdirSync(ROOT).filter(
    (name) => existsSync(`${ROOT}${name}/package.json`) && existsSync(`${ROOT}${name}/src/index.ts`),
  );
}
