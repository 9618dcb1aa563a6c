/**
 * Globs over whole names: `*` is any run of characters, also none. Two questions: does one match a name, and is there a name that two of
 * them match. Both by sets of positions, so no glob is slow.
 */
import type { Piece } from "../syntax/ast.ts";

/** Whether the pieces of a target match the whole of `name`. */
export function matchesPieces(pieces: readonly Piece[], name: string): boolean {
  return advance(pieces, name, new Set([0])).has(name.length);
}

function advance(pieces: readonly Piece[], name: string, from: ReadonlySet<number>): ReadonlySet<number> {
  let at = from;
  for (const piece of pieces) {
    const next = new Set<number>();
    switch (piece.kind) {
      case "text":
      case "dot": {
        const text = piece.kind === "dot" ? "." : piece.text;
        for (const i of at) if (name.startsWith(text, i)) next.add(i + text.length);
        break;
      }
      case "any":
        for (let i = Math.min(...at); i <= name.length; i++) next.add(i);
        break;
      case "braces":
        for (const choice of piece.choices) for (const i of advance(choice, name, at)) next.add(i);
        break;
    }
    at = next;
    if (at.size === 0) break;
  }
  return at;
}

/** The name that the pieces spell, if they are no pattern. */
export function plainName(pieces: readonly Piece[]): string | undefined {
  let name = "";
  for (const piece of pieces) {
    if (piece.kind === "text") name += piece.text;
    else if (piece.kind === "dot") name += ".";
    else return undefined;
  }
  return name;
}

/** A text that both globs match, or undefined. */
export function intersectGlobs(a: string, b: string): string | undefined {
  const [left, right] = [[...a], [...b]];
  const columns = right.length + 1;
  const seen = new Uint8Array((left.length + 1) * columns);
  // each entry: positions in both globs, the character that led there, and the entry before
  const queue: { i: number; j: number; c: string; before: number }[] = [{ i: 0, j: 0, c: "", before: -1 }];
  seen[0] = 1;
  for (let at = 0; at < queue.length; at++) {
    const { i, j } = queue[at]!;
    if (i === left.length && j === right.length) {
      let text = "";
      for (let k = at; k !== -1; k = queue[k]!.before) text = queue[k]!.c + text;
      return text;
    }
    const visit = (x: number, y: number, c: string): void => {
      if (x > left.length || y > right.length || seen[x * columns + y] === 1) return;
      seen[x * columns + y] = 1;
      queue.push({ i: x, j: y, c, before: at });
    };
    const [p, q] = [left[i], right[j]];
    if (p === "*") visit(i + 1, j, "");
    if (q === "*") visit(i, j + 1, "");
    if (p === "*" && q !== undefined && q !== "*") visit(i, j + 1, q);
    if (q === "*" && p !== undefined && p !== "*") visit(i + 1, j, p);
    if (p !== undefined && p === q && p !== "*") visit(i + 1, j + 1, p);
  }
  return undefined;
}
