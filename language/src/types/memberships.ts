/** `in`, `matches` and `under`: a value against a written set, a glob, or a directory. */
import { error } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { actionLiterals } from "./actions.ts";
import { canonicalHostPattern } from "./canonical/host.ts";
import type { Condition, Literal, Type } from "./contract.ts";
import { readTerm } from "./expressions.ts";
import { badHostPattern, isBrokenLet, letSet, letValue } from "./lets.ts";
import { isListRead, typeIncludes } from "./list-relations.ts";
import { isLiteral, type LiteralNode, literalOf } from "./literals.ts";
import { isRange, readRanges } from "./ranges.ts";
import { typeRegex } from "./regexes.ts";
import type { Scope } from "./scope.ts";
import { type RelationNode, rawCompare, typeOfTerm } from "./terms.ts";
import { isCanonical, isPlainText, showType } from "./type.ts";

/** A written set: where its values stand, and what a `let` says they are. */
interface Written {
  readonly items: readonly Ast.Operand[];
  readonly set: string | undefined;
}

/** Undefined when it was reported. */
export function typeMembership(node: RelationNode, scope: Scope): Condition | undefined {
  if (isListRead(node.right, scope)) return typeIncludes(node.right, node.left, scope);
  const written = writtenSet(node, scope);
  if (written === undefined) return undefined;
  const left = letValue(node.left, scope) ?? node.left;
  if (isLiteral(left)) return void scope.report(error("THC3001", "a literal is not looked up in a set", left.span));
  const item = readTerm(left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (written.set === "paths")
    return void scope.report(
      error("THC3001", "paths are globs, not values", node.right.span, "", { help: "use `matches`" }),
    );
  if (written.set === "range" && type.kind !== "ip")
    return void scope.report(
      error("THC3001", `${showType(type)} is not looked up in a range of addresses`, node.right.span, "", {
        help: 'a list is written `["a", "b"]`',
      }),
    );
  if (written.set === "hosts" && type.kind !== "host") {
    const help =
      type.kind === "url" ? "compare its `.host`" : type.kind === "email" ? "compare its `.domain`" : undefined;
    return void scope.report(
      error("THC3001", `${showType(type)} is no Host`, node.left.span, "looked up in hosts", { help }),
    );
  }
  if (item.kind === "reference" && type.kind === "ip") {
    const ranges = readRanges(written.items, scope);
    return ranges && { kind: "ip_in", item, ranges };
  }
  if (type.kind === "host") {
    const patterns = texts(written.items, type, scope)?.map(({ value, span }) => {
      const pattern = canonicalHostPattern(value);
      if (pattern === undefined) scope.report(badHostPattern(span));
      return pattern;
    });
    if (patterns === undefined || !patterns.every((pattern) => pattern !== undefined)) return undefined;
    return { kind: "host_in", item, patterns: distinct(patterns) };
  }
  const values: Literal[] = [];
  for (const each of written.items) {
    if (type.kind === "cloud_action" && each.kind === "action") {
      const actions = actionLiterals(each, scope);
      if (actions === undefined) return undefined;
      values.push(...actions);
      continue;
    }
    const literal = isLiteral(each) ? each : undefined;
    const value = literal && literalOf(type, literal, scope.report);
    if (literal === undefined) scope.report(notWritten(each));
    if (value === undefined) return undefined;
    values.push(value);
  }
  if (type.kind !== "cloud_action") return { kind: "member", item, values };
  // globs overlap
  const first = new Map(values.map((value) => [value.value, value]));
  return { kind: "member", item, values: [...first.values()] };
}

export function typeMatches(node: RelationNode, scope: Scope): Condition | undefined {
  if (node.right.kind === "regex") return typeRegex(node, node.right, scope);
  const named = letValue(node.right, scope);
  if (named?.kind === "regex") return typeRegex(node, named, scope, true);
  const written = node.right.kind === "text" ? { items: [node.right], set: undefined } : writtenSet(node, scope);
  if (written === undefined) return undefined;
  const item = readTerm(node.left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (type.kind !== "path" && !isPlainText(type)) {
    return void scope.report(
      isCanonical(type)
        ? rawCompare(type, node)
        : error("THC3001", `\`matches\` looks at texts and paths, not at ${showType(type)}`, node.left.span),
    );
  }
  if (written.set === "hosts" || (written.set === "paths" && type.kind !== "path"))
    return void scope.report(error("THC3001", `${showType(type)} is not matched by ${written.set}`, node.right.span));
  const globs = texts(written.items, type, scope);
  if (globs === undefined) return undefined;
  const empty = globs.find((glob) => glob.value === "");
  if (empty !== undefined) return void scope.report(error("THC3005", "a glob cannot be empty", empty.span));
  return {
    kind: "matches",
    item,
    style: type.kind === "path" ? "path" : "text",
    globs: distinct(globs.map((g) => g.value)),
  };
}

export function typeUnder(node: RelationNode, scope: Scope): Condition | undefined {
  const item = readTerm(node.left, scope);
  if (item === undefined) return undefined;
  const type = typeOfTerm(item);
  if (type.kind !== "path")
    return void scope.report(
      error("THC3001", `\`under\` asks where a Path lies, not ${showType(type)}`, node.left.span),
    );
  const right = letValue(node.right, scope) ?? node.right;
  const prefix = isLiteral(right) ? literalOf({ kind: "path" }, right, scope.report) : readTerm(right, scope);
  if (prefix === undefined) return undefined;
  const prefixType = typeOfTerm(prefix);
  if (prefixType.kind !== "path")
    return void scope.report(
      error("THC3001", `${showType(prefixType)} is no directory`, node.right.span, "a Path is needed"),
    );
  return { kind: "under", item, prefix };
}

function writtenSet({ op, right }: RelationNode, scope: Scope): Written | undefined {
  const { report } = scope;
  if (isBrokenLet(right, scope)) return undefined;
  const set = letSet(right, scope);
  if (set !== undefined) {
    const items = set.values.map((text): LiteralNode => ({ kind: "text", value: text.value, span: right.span }));
    return { items, set: set.set.text };
  }
  const value = letValue(right, scope) ?? right;
  if (value.kind === "list") return { items: value.items, set: undefined };
  if (value.kind === "text" && op === "matches") return { items: [value], set: undefined };
  if (value.kind === "text" && isRange(value.value)) return { items: [value], set: "range" };
  if (value.kind !== "path")
    return void report(
      error("THC3001", `\`${op}\` is followed by a list`, right.span, "", { help: 'write `["a", "b"]`' }),
    );
  const [name, ...more] = value.names;
  if (more.length === 0)
    return void report(
      error("THC2012", `unknown \`let\` \`${name!.text}\``, right.span, "a list or the name of a `let`", {
        help: didYouMean(name!.text, scope.names.lets.keys()),
      }),
    );
  const help = "for a list that is read, write `any x in LIST (x == …)`";
  return void report(
    error("THC3001", `\`${op}\` is followed by a written list or a \`let\``, right.span, "", { help }),
  );
}

function texts(
  items: readonly Ast.Operand[],
  type: Type,
  scope: Scope,
): readonly Extract<Ast.Operand, { kind: "text" }>[] | undefined {
  const found: Extract<Ast.Operand, { kind: "text" }>[] = [];
  for (const item of items) {
    if (item.kind !== "text")
      return void scope.report(
        isLiteral(item)
          ? error("THC3001", `only texts can be matched with ${showType(type)}`, item.span)
          : notWritten(item),
      );
    found.push(item);
  }
  return found;
}

const notWritten = (item: Ast.Operand) =>
  error("THC3001", "a list holds written values", item.span, "not a literal", { help: "texts stand in quotes" });
const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
