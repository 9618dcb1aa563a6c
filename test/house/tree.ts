/** The project's own source files, read once for the house tests. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const FOLDERS = [
  "language",
  "compiler",
  "runtime",
  "stdlib-rules",
  "registry",
  "audit",
  "cli",
  "test",
  "bench",
  "scripts",
];
const SKIPPED = new Set(["node_modules", "dist", "coverage"]);

export function sourceFiles(): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) => list(folder)).map((path) => ({ path, text: readFileSync(ROOT + path, "utf8") }));
}

export const readRoot = (path: string): string => readFileSync(ROOT + path, "utf8");

function list(folder: string): string[] {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(path);
    return /\.(ts|mts|mjs|js)$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

/** What a file imports, as written; comments and template texts do not count. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replace(/`(?:[^`\\]|\\.)*`/g, "``");
  const statics = code.matchAll(
    /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*["']([^"'\n]+)["']|^\s*import\s*["']([^"'\n]+)["']/gm,
  );
  const dynamics = code.matchAll(/\bimport\(\s*["']([^"'\n]+)["']\s*\)/g);
  const named = [...statics, ...dynamics].map((match) => match[1] ?? match[2]!);
  // AssemblyScript's imports have no ending.
  return path.startsWith("runtime/kernel/assembly/") ? named.map((specifier) => `${specifier}.ts`) : named;
}
