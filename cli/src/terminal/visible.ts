/**
 * Text that is safe to show on a terminal.
 *
 * Contracts, requests and traces are hostile: an escape sequence in a tool's name could repaint what a reviewer reads, a
 * bidirectional mark could reorder it. Nothing that comes from a file reaches the terminal without one of these.
 */

// Controls, format marks (bidirectional, zero-width, tags), lone surrogates, line and paragraph separators.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One line: control characters, also line ends and tabs, stand as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (found) => `\\u{${found.codePointAt(0)!.toString(16)}}`);
}

/** The same number of UTF-16 code units, so that spans still point where they did; line ends and tabs stay. */
export function visibleInPlace(text: string): string {
  return text.replace(UNSAFE, (found) =>
    found === "\n" || found === "\r" || found === "\t" ? found : "\ufffd".repeat(found.length),
  );
}

/** At most `limit` characters of a line, with a mark when something was cut. */
export function shorten(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join("")}…`;
}

/** JSON text, the same value: what a terminal would act on stands as `\\u…`. */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE, (found) => {
    if (found === "\n") return found;
    return [...Array(found.length).keys()]
      .map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join("");
  });
}
