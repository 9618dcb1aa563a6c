/**
 * Canonical paths (docs/semantics.md, "Path"). A literal stands in the contract, where no working directory is known, so only
 * absolute ones have a canonical form here.
 */
export function canonicalPath(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!text.startsWith("/") || /[\0-\x1f\x7f\\]|%[0-9A-Fa-f]{2}/.test(text)) return undefined;
  const out: string[] = [];
  for (const segment of text.split("/")) {
    if (segment === "..") out.pop();
    else if (segment !== "" && segment !== ".") out.push(segment);
  }
  return `/${out.join("/")}`;
}
