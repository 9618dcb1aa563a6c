/**
 * What the pages show works: every `contract` block is a contract without errors whose tests pass, every `sh` block that is
 * marked `<!-- runs here -->` or `<!-- runs in an empty folder -->` runs, those marked `<!-- runs with the page's files -->` run one
 * after the other in a folder with the page's blocks that are marked with a file's name, and links lead somewhere.
 *
 * The pages of the diagnostics show contracts that are wrong on purpose; they have a test of their own.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const WITH_FILES = "runs with the page's files";
const marked = all.filter(({ language, mark }) => language === "sh" && mark?.startsWith("runs "));
const scripts = marked.filter(({ mark }) => mark !== WITH_FILES);
const walks = pages().filter((page) => marked.some((s) => s.page === page && s.mark === WITH_FILES));
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
    run(text, folder);
  } finally {
    if (folder !== ROOT) rmSync(folder, { recursive: true });
  }
});

test.each(walks)("%s can be followed from its first line to its last", (page) => {
  // inside the clone, where Node finds its packages
  mkdirSync(join(ROOT, ".thc"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".thc", "walk-"));
  try {
    for (const snippet of all.filter((s) => s.page === page && s.mark !== undefined)) {
      if (/^[\w-]+\.[\w.]+$/.test(snippet.mark!)) writeFileSync(join(folder, snippet.mark!), `${snippet.text}\n`);
      else if (snippet.mark === WITH_FILES) run(snippet.text, folder);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function run(script: string, folder: string): void {
  const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", script], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
  expect({ script, status, stderr: status === 0 ? "" : stderr }).toEqual({ script, status: 0, stderr: "" });
}

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
