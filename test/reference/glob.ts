/** Globs of agents, texts and paths (docs/semantics.md §2 step 5, §4 "matches"), by filling a table: no backtracking. */

/** `*` is any run of characters, also none. */
export function matchesText(glob: string, text: string): boolean {
  return matchesRun([...glob], [...text], (g) => g === "*");
}

/** `*` stays inside a segment, `**` is any number of segments, but at least one when it is the last. */
export function matchesPath(glob: string, path: string): boolean {
  const rooted = glob.startsWith("/") ? glob : `**/${glob}`;
  const pattern = segments(rooted);
  const given = segments(path);
  const open = pattern[pattern.length - 1] === "**" ? [...pattern.slice(0, -1), "*", "**"] : pattern;
  return matchesRun(open, given, (g) => g === "**", matchesText);
}

function segments(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** Does `pattern`, whose wild items stand for any run, match all of `items`? */
function matchesRun(
  pattern: readonly string[],
  items: readonly string[],
  isWild: (item: string) => boolean,
  same: (pattern: string, item: string) => boolean = (p, i) => p === i,
): boolean {
  let row: boolean[] = [true, ...items.map(() => false)];
  for (const part of pattern) {
    const next: boolean[] = [isWild(part) && row[0]!];
    for (let i = 1; i <= items.length; i += 1)
      next.push(isWild(part) ? row[i]! || next[i - 1]! : row[i - 1]! && same(part, items[i - 1]!));
    row = next;
  }
  return row[items.length]!;
}
