/** The import tables of docs/architecture.md, and what an import of a file means in their words. */
import { posix } from "node:path";

export interface Row {
  readonly folders: ReadonlySet<string>;
  readonly packages: ReadonlySet<string> | "any";
}
export interface ImportTable {
  readonly rows: ReadonlyMap<string, Row>;
  readonly node: readonly { readonly path: string; readonly modules: ReadonlySet<string> | "any" }[];
}

export function parseImportTable(page: string): ImportTable {
  const section = page.split(/^## Imports$/m)[1]?.split(/^## /m)[0] ?? "";
  const cells = section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return {
    rows: new Map(
      cells
        .filter((row) => row.length === 3)
        .map(([folder, folders, packages]) => [
          words(folder!)[0]!,
          { folders: new Set(words(folders!)), packages: wordsOrAny(packages!) },
        ]),
    ),
    node: cells
      .filter((row) => row.length === 2)
      .map(([path, modules]) => ({ path: words(path!)[0]!, modules: wordsOrAny(modules!) })),
  };
}

const words = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
const wordsOrAny = (cell: string): ReadonlySet<string> | "any" => (cell === "any" ? "any" : new Set(words(cell)));

/** Undefined: allowed. Otherwise what is wrong, in a line. */
export function judgeImport(table: ImportTable, file: string, specifier: string): string | undefined {
  const folder = file.split("/")[0]!;
  const row = table.rows.get(folder);
  if (row === undefined) return `${file}: \`${folder}\` has no row in the table`;
  if (specifier.startsWith("node:")) {
    const place = table.node
      .filter(({ path }) => file === path || file.startsWith(`${path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
    const allowed = place !== undefined && (place.modules === "any" || place.modules.has(specifier.slice(5)));
    return allowed ? undefined : `${file}: may not import \`${specifier}\``;
  }
  const target = folderOf(file, specifier);
  if (target !== undefined) {
    return target === folder || row.folders.has(target)
      ? undefined
      : `${file}: \`${folder}\` may not import \`${target}\``;
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return row.packages === "any" || row.packages.has(name)
    ? undefined
    : `${file}: may not import the package \`${name}\``;
}

/** Undefined: a package of someone else. */
function folderOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier).split("/")[0];
  return specifier.startsWith("@thc/") ? specifier.split("/")[1] : undefined;
}
