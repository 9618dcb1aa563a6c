/**
 * The tokens of SQL as all common dialects cut them (docs/semantics/sql.md, "Tokens"); undefined where they would cut the text in
 * different ways, so that no text of one dialect is a statement of another.
 */

export type Token =
  /** Unquoted; `text` is folded. */
  | { readonly kind: "word"; readonly text: string; readonly written: string }
  /** `name` undefined: dialects disagree which name it is. `text` is folded. */
  | { readonly kind: "quoted"; readonly name: string | undefined; readonly text: string }
  | { readonly kind: "number" | "string" | "parameter" }
  | { readonly kind: "sign"; readonly text: string };

const PLAIN_NAME = /^[a-z_][a-z0-9_$]*$/;
const SPACE = /^[ \t\n\r\f]+/;
/** Some dialects want a blank behind the `--`; some end the comment at a carriage return. */
const LINE_COMMENT = /^--(?=[ \t\n\r]|$)(?:[^\n\r\0]|\r(?=\n))*(?=\n|$)/;
/** Not nested, which dialects read differently; not MySQL's `/*!` or its kin's `/*M!`, `/*T!`, nor a hint. */
const BLOCK_COMMENT = /^\/\*(?![!+]|[A-Za-z_]!)((?:(?!\*\/|\/\*)[^\0])*)\*\//;
const WORD = /^[A-Za-z_][A-Za-z0-9_$]*/;
const NUMBER = /^(?:0[xX][0-9A-Fa-f]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)/;
const PARAMETER = /^(?:\?[0-9]*|\$[0-9]+|:[A-Za-z_][A-Za-z0-9_$]*|@@?[A-Za-z_][A-Za-z0-9_$]*)/;
/** A quote behind an odd number of backslashes ends the string in some dialects only. */
const STRING = /^'(?:[^'\\\0]|\\\\|\\[^'\\\0]|'')*'(?!')/;
/** PostgreSQL takes a backquote for an operator: nothing may stand between two that it would read as more than a name. */
const QUOTED = /^(?:"((?:[^"\\\0]|"")*)"(?!")|`([A-Za-z0-9_$]+)`(?!`)|\[([A-Za-z0-9_$ ,.]*)\])/;
/** Oracle's other quotes, and names in escapes. */
const STRANGE_PREFIX = /^(?:n?q'|u&['"])/i;
/** A client takes such a line for itself, wherever it stands: SQL Server's, Oracle's, PostgreSQL's or SQLite's. */
const CLIENT_LINE = /(?:^|[\n\r])[^!-\uffff\n\r]*(?:[!#.:@\\]|\/(?!\*)|(?:go|reset|exit|quit|ed)(?![A-Za-z0-9_$]))/i;
/** What would make another word of a number or a parameter. */
const GOES_ON = /^[A-Za-z0-9_$]/;
const SIGN = /^(?:::|[-+*/%<>=!~^&|?:@.,;()])/;

export function tokensOf(text: string): readonly Token[] | undefined {
  if (CLIENT_LINE.test(text)) return undefined;
  const tokens: Token[] = [];
  let rest = text;
  while (rest !== "") {
    const found = next(rest);
    if (found === undefined) return undefined;
    if (found.token !== undefined) tokens.push(found.token);
    rest = rest.slice(found.length);
  }
  return tokens;
}

function next(rest: string): { readonly length: number; readonly token?: Token } | undefined {
  const skipped = (SPACE.exec(rest) ?? LINE_COMMENT.exec(rest) ?? BLOCK_COMMENT.exec(rest))?.[0];
  if (skipped !== undefined) return { length: skipped.length };
  if (/^(?:--|\/\*)/.test(rest) || STRANGE_PREFIX.test(rest)) return undefined;
  const word = WORD.exec(rest)?.[0];
  if (word !== undefined)
    return { length: word.length, token: { kind: "word", text: word.toLowerCase(), written: word } };
  const quoted = QUOTED.exec(rest);
  if (quoted !== null) {
    const name = quoted[1] ?? quoted[2] ?? quoted[3]!;
    return {
      length: quoted[0].length,
      token: { kind: "quoted", name: PLAIN_NAME.test(name) ? name : undefined, text: name.toLowerCase() },
    };
  }
  const string = STRING.exec(rest)?.[0];
  if (string !== undefined) return { length: string.length, token: { kind: "string" } };
  const sign = SIGN.exec(rest)?.[0];
  if (sign === "::") return { length: 2, token: { kind: "sign", text: sign } };
  for (const [pattern, kind] of [[NUMBER, "number"] as const, [PARAMETER, "parameter"] as const]) {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined)
      return GOES_ON.test(rest.slice(found.length)) ? undefined : { length: found.length, token: { kind } };
  }
  return sign === undefined ? undefined : { length: sign.length, token: { kind: "sign", text: sign } };
}
