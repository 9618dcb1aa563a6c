/** The canonical form of a Path and its members (docs/semantics.md §3), or undefined when the text has none. */

/** `cwd`: a canonical absolute path, or undefined when it is not known. */
export function canonicalPath(text: string, cwd: string | undefined): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (text === "" || /[\x00-\x1f\x7f\\]|%[0-9a-fA-F]{2}|^~/.test(text)) return undefined;
  return literalPath(text, cwd);
}

/** Of a text whose characters all stand for themselves, as a shell's words do. */
export function literalPath(text: string | undefined, cwd: string | undefined): string | undefined {
  if (text === undefined || (!text.startsWith("/") && cwd === undefined)) return undefined;
  const kept: string[] = [];
  for (const segment of (text.startsWith("/") ? text : `${cwd}/${text}`).split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  return `/${kept.join("/")}`;
}

export function pathName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function pathExtension(path: string): string {
  const name = pathName(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1);
}

export function pathDirectory(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
