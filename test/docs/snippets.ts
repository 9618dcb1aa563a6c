/** The fenced blocks of the project's pages, with the HTML comment that stands right before a block. */
import { readdirSync, readFileSync } from "node:fs";
import { ROOT } from "../house/tree.ts";

export interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  /** The words of `<!-- … -->` on the line before, if any. */
  readonly mark: string | undefined;
  readonly text: string;
}

/** The README, everything under docs/, and the examples' pages. */
export function pages(): readonly string[] {
  const below = ["docs", "examples"].flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" }).map(
      (path) => `${folder}/${path.replaceAll("\\", "/")}`,
    ),
  );
  return [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    ...below.filter((path) => path.endsWith(".md")).sort(),
  ];
}

export function snippetsOf(page: string): readonly Snippet[] {
  const lines = readFileSync(ROOT + page, "utf8").split("\n");
  const snippets: Snippet[] = [];
  let open: { readonly line: number; readonly language: string } | undefined;
  for (const [at, line] of lines.entries()) {
    const fence = /^```(\w*)/.exec(line);
    if (fence === null) continue;
    if (open === undefined) {
      open = { line: at, language: fence[1]! };
      continue;
    }
    const mark = /^<!-- (.*) -->$/.exec(lines[open.line - 1] ?? "")?.[1];
    const text = lines.slice(open.line + 1, at).join("\n");
    snippets.push({ page, line: open.line + 1, language: open.language, mark, text });
    open = undefined;
  }
  return snippets;
}
