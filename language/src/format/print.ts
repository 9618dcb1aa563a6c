/**
 * The layout: two blanks of indentation, one statement a line while it fits into 120 columns, its parts on lines of their own where it
 * does not. Single blank lines stay. Every comment stays: on its own line before what followed it, or behind what it stood behind.
 */
import type * as Ast from "../syntax/ast.ts";
import type { Comment } from "../syntax/lex.ts";
import type { Parsed } from "../syntax/parse.ts";
import { text } from "./print-nodes.ts";
import { type Printed, printStatement } from "./print-statements.ts";

const WIDTH = 120;
const INDENT = "  ";

export function printContract(parsed: Parsed & { readonly contract: Ast.ContractNode }, source: string): string {
  const { contract, statements } = parsed;
  const lines: string[] = [];
  const comments = [...parsed.comments];
  /** Where what was printed last ended in the source. */
  let last = 0;
  const isBehind = (comment: Comment): boolean => !source.slice(last, comment.span.start).includes("\n");
  const gap = (start: number): void => {
    const isFirst = lines.length === 0 || last === contract.span.end;
    if (!isFirst && (source.slice(last, start).match(/\n/g)?.length ?? 0) > 1) lines.push("");
  };
  /** Comments that stand before `start`, the first perhaps behind the line printed last. */
  const flush = (start: number, indent: string): void => {
    while (comments[0] !== undefined && comments[0].span.start < start) {
      const comment = comments.shift()!;
      if (lines.length > 0 && last > 0 && isBehind(comment)) lines.push(`${lines.pop()} ${comment.text}`);
      else {
        gap(comment.span.start);
        lines.push(`${indent}${comment.text}`);
      }
      last = comment.span.end;
    }
  };

  flush(contract.span.start, "");
  gap(contract.span.start);
  // comments inside the header go before it
  const inHeader = comments.filter((comment) => comment.span.start < contract.span.end);
  comments.splice(0, inHeader.length);
  lines.push(...inHeader.map((comment) => comment.text));
  lines.push(`${contract.kind} ${text(contract.name)} version ${text(contract.version)} {`);
  last = contract.span.end;

  for (const node of statements) {
    if (node.kind === "broken") continue;
    flush(node.span.start, INDENT);
    gap(node.span.start);
    const inside = comments.filter((comment) => comment.span.start < node.span.end);
    comments.splice(0, inside.length);
    lines.push(...layOut(printStatement(node), inside, source));
    last = node.span.end;
  }
  const close = closing(parsed, source);
  flush(close, INDENT);
  lines.push("}");
  last = close + 1;
  flush(source.length + 1, "");
  return `${lines.join("\n")}\n`;
}

function layOut(printed: Printed, comments: readonly Comment[], source: string, width = WIDTH): string[] {
  const { head, parts, end, pad, separator } = printed;
  if (parts.length === 0) return [...comments.map((comment) => INDENT + comment.text), `${INDENT}${head}${end}`];
  const single = `${INDENT}${head}${pad}${parts.map((part) => part.text).join(separator)}${end === "" ? "" : pad}${end}`;
  if (comments.length === 0 && !printed.isAlwaysBroken && single.length <= width) return [single];
  const left = [...comments];
  const above: string[] = [];
  const body = [`${INDENT}${head}`];
  const indent = end === "" ? INDENT.repeat(3) : INDENT.repeat(2);
  let isJoinable = true;
  // what stands inside the head, or inside a part, goes before it; what stands behind a part on its line stays there
  parts.forEach((part, i) => {
    const lead: string[] = [];
    const inside: Comment[] = [];
    while (left[0] !== undefined && left[0].span.start < part.span.end) {
      const comment = left.shift()!;
      if (part.nested !== undefined && comment.span.start >= part.span.start) inside.push(comment);
      else lead.push(comment.text);
    }
    if (i === 0 && end === "") above.push(...lead.map((comment) => INDENT + comment));
    else body.push(...lead.map((comment) => indent + comment));
    if (part.nested !== undefined) {
      // one level deeper than a statement of the contract
      body.push(...layOut(part.nested, inside, source, width - INDENT.length).map((line) => INDENT + line));
    }
    const piece = `${part.text}${i < parts.length - 1 ? separator.trimEnd() : ""}`;
    const joined = `${body.at(-1)} ${piece}`;
    if (part.nested !== undefined) isJoinable = false;
    else if (part.joins && isJoinable && (i === 0 || lead.length === 0) && joined.length <= width)
      body.splice(-1, 1, joined);
    else body.push(indent + piece);
    const next = left[0];
    const follower = parts[i + 1];
    // behind this part: on its line, and before the next part begins
    isJoinable =
      next === undefined ||
      (follower !== undefined && follower.span.start < next.span.start) ||
      source.slice(part.span.end, next.span.start).includes("\n");
    if (!isJoinable) body.push(`${body.pop()} ${left.shift()!.text}`);
  });
  const rest = left.map((comment) => comment.text);
  const isInside = above.length + rest.length < comments.length;
  if (end === "" && !isInside && single.length <= width)
    return [...above, ...rest.map((comment) => INDENT + comment), single];
  return end === ""
    ? [...above, ...rest.map((comment) => INDENT + comment), ...body]
    : [...body, ...rest.map((comment) => indent + comment), `${INDENT}${end}`];
}

/** The offset of the contract's closing brace: the last one outside of comments. */
function closing({ statements, comments, contract }: Parsed, source: string): number {
  const from = statements.at(-1)?.span.end ?? contract?.span.end ?? 0;
  for (let at = source.indexOf("}", from); at !== -1; at = source.indexOf("}", at + 1))
    if (!comments.some((comment) => comment.span.start <= at && at < comment.span.end)) return at;
  return source.length;
}
