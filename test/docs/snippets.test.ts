/**
 * What the pages show works: every `contract` block is a contract without errors whose tests pass, every `sh` block that is
 * marked `<!-- runs here -->` or `<!-- runs in an empty folder -->` runs, and links lead somewhere.
 *
 * The pages of the diagnostics show contracts that are wrong on purpose; they have a test of their own.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "@thc/language";
import { expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { withThcOnPath } from "../e2e/thc.ts";
import { ROOT } from "../house/tree.ts";
import { pages, type Snippet, snippetsOf } from "./snippets.ts";

const all = pages().flatMap(snippetsOf);
const contracts = all.filter(({ page, language }) => language === "contract" && !page.startsWith("docs/diagnostics/"));
const scripts = all.filter(({ language, mark }) => language === "sh" && mark?.startsWith("runs "));
const environment = withThcOnPath();
const title = ({ page, line }: Snippet) => `${page}:${line}`;

test("the README shows a contract and commands that run", () => {
  expect(contracts.some(({ page }) => page === "README.md")).toBe(true);
  expect(scripts.some(({ page }) => page === "README.md")).toBe(true);
});

test.each(contracts.map((snippet) => [title(snippet), snippet] as const))(
  "%s is a contract without findings",
  (name, snippet) => {
    expect(check({ path: name, text: snippet.text }, LINKED).diagnostics).toEqual([]);
  },
);

test.each(scripts.map((snippet) => [title(snippet), snippet] as const))("%s runs", (_name, { mark, text }) => {
  const folder = mark === "runs here" ? ROOT : mkdtempSync(join(tmpdir(), "thc-snippet-"));
  try {
    const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", text], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
    });
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  } finally {
    if (folder !== ROOT) rmSync(folder, { recursive: true });
  }
});

test("links between pages lead to files that are there", () => {
  const broken = pages().flatMap((page) => {
    const text = readFileSync(ROOT + page, "utf8").replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
    const targets = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    return local
      .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
      .map((target) => `${page}: ${target}`);
  });
  expect(broken).toEqual([]);
});
