/**
 * Texts in double quotes: one line, escapes `\"`, `\\`, `\n`, `\t` and `\u{HEX}`. Reading reports and goes on; writing is what
 * the formatter prints, and reads back as the same value.
 */
import { error, quote, type Report } from "../diagnostics/diagnostic.ts";

const ESCAPES: { readonly [letter: string]: string } = { '"': '"', "\\": "\\", n: "\n", t: "\t" };
const UNICODE = /u\{([0-9A-Fa-f]{1,6})\}/y;

/** Reads the text that begins with the quote at `start`; `end` is behind its closing quote, or the end of the line. */
export function readText(text: string, start: number, report: Report): { value: string; end: number } {
  let value = "";
  let i = start + 1;
  let plain = i;
  for (;;) {
    const c = text[i];
    if (c === '"') return { value: value + text.slice(plain, i), end: i + 1 };
    if (c === undefined || c === "\n") {
      report(
        error("THC1005", "the text is not closed on its line", { start, end: i }, 'a `"` is missing', {
          help: "a text ends on the line on which it begins; write a line break as `\\n`",
        }),
      );
      return { value: value + text.slice(plain, i), end: i };
    }
    if (c !== "\\") {
      i++;
      continue;
    }
    value += text.slice(plain, i);
    const found = readEscape(text, i + 1);
    if (found === undefined) {
      const end = Math.min(i + 2, text.length);
      report(
        error("THC1007", `${quote(text.slice(i, end))} is no escape`, { start: i, end }, "", {
          help: 'the escapes are `\\"`, `\\\\`, `\\n`, `\\t` and `\\u{1F600}`',
        }),
      );
      i += text[i + 1] === "\n" || text[i + 1] === undefined ? 1 : 2;
    } else {
      value += found.value;
      i = found.end;
    }
    plain = i;
  }
}

function readEscape(text: string, at: number): { value: string; end: number } | undefined {
  const simple = ESCAPES[text[at] ?? ""];
  if (simple !== undefined) return { value: simple, end: at + 1 };
  UNICODE.lastIndex = at;
  const found = UNICODE.exec(text);
  if (found === null) return undefined;
  const code = Number.parseInt(found[1]!, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { value: String.fromCodePoint(code), end: UNICODE.lastIndex };
}

export function writeText(value: string): string {
  const body = value.replace(
    /["\\\n\t]|[^\x20-\x7e\u00a1-\u024f\u0370-\u0482\u048a-\u058f\u3041-\u30fe\u4e00-\u9fff\uac00-\ud7a3]/gu,
    (c) => {
      if (c === "\n") return "\\n";
      if (c === "\t") return "\\t";
      if (c === '"' || c === "\\") return `\\${c}`;
      return /[\p{L}\p{N}\p{P}\p{S}]/u.test(c) && !/[\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u.test(c)
        ? c
        : `\\u{${c.codePointAt(0)!.toString(16).toUpperCase()}}`;
    },
  );
  return `"${body}"`;
}
