/**
 * The sources of `require grounded`. A source is a place of a result, never a whole result: what stands anywhere in it can be planted there.
 * So a tool alone is a source only where its result is the value itself, or a list of values (LANGUAGE, section 6).
 */
import { error, warning } from "../diagnostics/diagnostic.ts";
import { didYouMean, nearest } from "../diagnostics/suggest.ts";
import { isBrokenTool, unknownTool } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Reference, Source, Tool, Type } from "./contract.ts";
import { classOf, enter, isLink } from "./grounding-classes.ts";
import { noReturns, readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { showType, stripOptional } from "./type.ts";

export interface Found {
  readonly source: Source;
  readonly span: Span;
}
type ResultSource = Extract<Source, { kind: "result" }>;

/** `classes`: of the values. Undefined when something was reported. */
export function readSources(
  nodes: readonly Ast.SourceNode[],
  classes: ReadonlySet<string>,
  scope: Scope,
): readonly Found[] | undefined {
  const found: Found[] = [];
  let ok = true;
  for (const node of nodes) {
    const sources = readSource(node, classes, scope);
    if (sources === undefined) ok = false;
    else found.push(...sources.map((source) => ({ source, span: node.span })));
  }
  return ok ? found : undefined;
}

function readSource(node: Ast.SourceNode, classes: ReadonlySet<string>, scope: Scope): readonly Source[] | undefined {
  const { names, report } = scope;
  const words = node.path.names.map((word) => word.text);
  const [only] = words;
  if (words.length === 1 && (only === "user" || only === "self")) {
    const extra = node.argument ?? node.namedBy;
    if (extra !== undefined || node.contains)
      return void report(error("THC3060", `\`${only}\` stands alone`, extra?.span ?? node.span, "is no part of it"));
    return only === "user" ? [{ kind: "user" }] : self(node, classes, scope);
  }
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(".");
    const index = names.toolIndex.get(name);
    if (index !== undefined) return ofTool(node, index, node.path.names.slice(length), classes, scope);
    if (isBrokenTool(name, names)) return undefined;
  }
  const name = words.slice(0, -1).join(".") || words.join(".");
  return void report(unknownTool(name, node.path.span, names, ["user", "self"]));
}

/** `principal.id` and the declared facts of the principal: identifiers, so neither numbers nor texts. */
function self(node: Ast.SourceNode, classes: ReadonlySet<string>, scope: Scope): readonly Source[] | undefined {
  const paths = ["id", ...scope.names.facts.filter((fact) => fact.root === "principal").map((fact) => fact.name)];
  const identifiers: Reference[] = [];
  for (const path of paths) {
    const { span } = node;
    const names = ["principal", path].map((text) => ({ text, span }));
    const reference = readPath({ kind: "path", names, span }, scope)?.reference;
    const own = reference && classOf(reference.type);
    if (reference === undefined || own === undefined || own === "a number" || own === "a text") continue;
    if (!own.startsWith("Money") && identifies(own, classes)) identifiers.push(reference);
  }
  if (identifiers.length > 0) return [{ kind: "self", identifiers }];
  const [first] = classes;
  const help = "declare what the host knows of the principal: `fact principal.email: Email`";
  return void scope.report(
    error("THC3012", `\`self\` has no ${first}`, node.span, "can ground nothing here", { help }),
  );
}

export const identifies = (own: string, classes: ReadonlySet<string>): boolean =>
  classes.has(own) || (own === "Id" && classes.has("a text"));

function ofTool(
  node: Ast.SourceNode,
  index: number,
  path: readonly Ast.Word[],
  classes: ReadonlySet<string>,
  scope: Scope,
): readonly Source[] | undefined {
  const { names, report } = scope;
  const tool: Tool = names.tools[index]!;
  if (node.argument !== undefined) return ofArgument(node, node.argument, index, path, scope);
  const type = path.length === 0 ? whole(node, tool, scope) : typeAt(node, tool, path, scope);
  if (type === undefined) return undefined;
  const found = enter(type);
  if (found.kind === "record")
    return void report(error("THC3011", "a record is no single value", node.span, "name one of its fields"));
  const namedBy = node.namedBy && nameOf(node.namedBy, tool, scope);
  if (node.namedBy !== undefined && namedBy === undefined) return undefined;
  const base: ResultSource = {
    kind: "result",
    tool: index,
    path: path.map((word) => word.text),
    type: found,
    contains: node.contains,
    namedBy,
  };
  if (node.contains) {
    if (found.kind === "text") return [base];
    const message = `\`contains\` looks into a text, not into ${showType(found)}`;
    return void report(error("THC3060", message, node.span, "", { help: "without `contains` its value is compared" }));
  }
  if (classOf(found) === undefined)
    return void report(error("THC3013", `${showType(found)} grounds nothing`, node.span));
  if (path.length > 0 || found.kind !== "text") return [base];
  // a tool that answers with a text, or with several
  const links = [...classes].some(isLink) ? [{ ...base, contains: true }] : [];
  const isList = stripOptional(type).kind === "list";
  const texts = isList && classes.has("a text") ? [base] : [];
  const all = [...texts, ...links];
  const rest = [...classes].filter((c) => !isLink(c) && !(isList && c === "a text"));
  if (all.length > 0 && rest.length === 0) return all;
  return void report(
    error("THC3011", `\`${tool.name}\` is a whole text`, node.span, "anything in it could be planted there", {
      help: `to look for ${rest[0] ?? "a value"} inside it, write \`${tool.name} contains\``,
    }),
  );
}

/** `T@a`: what the agent asked a trusted tool with, and got an answer to. */
function ofArgument(
  { span, contains, namedBy }: Ast.SourceNode,
  word: Ast.Word,
  index: number,
  path: readonly Ast.Word[],
  { names, report }: Scope,
): readonly Source[] | undefined {
  const tool: Tool = names.tools[index]!;
  const extra = path[0] ?? namedBy;
  if (extra !== undefined || contains)
    return void report(error("THC3060", "an argument of a call is compared as it is", extra?.span ?? span));
  const param = tool.params.find((p) => p.name === word.text);
  if (param === undefined) return void report(unknownParam(tool, word));
  if (classOf(param.type) === undefined)
    return void report(error("THC3013", `${showType(param.type)} grounds nothing`, word.span));
  if (tool.trusted === undefined)
    return void report(
      error("THC3061", `\`${tool.name}\` does not give \`trusted\``, span, "its calls prove nothing", {
        help: "what was asked counts only where the answer is trusted: `gives trusted`",
        related: [{ span: tool.span, text: "declared here" }],
      }),
    );
  return [{ kind: "argument", tool: index, name: word.text, type: enter(param.type) }];
}

function unknownParam(tool: Tool, word: Ast.Word) {
  const help = nearest(
    word.text,
    tool.params.map((p) => p.name),
  );
  return error("THC2004", `\`${tool.name}\` has no argument \`${word.text}\``, word.span, "not declared", { help });
}

/** What a tool alone returns, if that is a value or a list of values. */
function whole(node: Ast.SourceNode, tool: Tool, { report }: Scope): Type | undefined {
  if (tool.returns !== undefined && enter(tool.returns).kind !== "record") return tool.returns;
  const help =
    tool.returns === undefined
      ? "declare what it `returns`, and name the field that may ground: anything in a result could be planted there"
      : "name the field that may ground: anything in a result could be planted there";
  return void report(error("THC3011", `\`${tool.name}\` is a whole result`, node.span, "no field is named", { help }));
}

function typeAt(
  node: Ast.SourceNode,
  tool: Tool,
  path: readonly Ast.Word[],
  { names, report }: Scope,
): Type | undefined {
  let type: Type | undefined = tool.returns;
  if (type === undefined) return void report(noReturns(tool, node.path.span));
  for (const word of path) {
    const record = enter(type);
    if (record.kind !== "record")
      return void report(error("THC2009", `${showType(record)} has no field \`${word.text}\``, word.span));
    const fields: readonly { readonly name: string; readonly type: Type }[] = record.fields;
    type = fields.find((field) => field.name === word.text)?.type;
    if (type === undefined) {
      const others = path.length === 1 ? names.tools.filter((other) => returnsField(other, word.text)) : [];
      const help =
        didYouMean(
          word.text,
          fields.map((field) => field.name),
        ) ??
        (others[0] && `\`${others[0].name}\` does: write \`${others[0].name}.${word.text}\``);
      return void report(
        error("THC2009", `\`${tool.name}\` returns no \`${word.text}\` there`, word.span, "not declared", { help }),
      );
    }
  }
  return type;
}

function returnsField({ returns }: Tool, name: string): boolean {
  const record = returns && enter(returns);
  return record?.kind === "record" && record.fields.some((field) => field.name === name);
}

/** The argument that names a result; warned about where what it lets in cannot be taken back. */
function nameOf(word: Ast.Word, tool: Tool, scope: Scope): string | undefined {
  const param = tool.params.find((p) => p.name === word.text);
  if (param === undefined) return void scope.report(unknownParam(tool, word));
  if (classOf(param.type) === undefined)
    return void scope.report(error("THC3013", `${showType(param.type)} is nothing that a user says`, word.span));
  const bold = scope.tools.find((t) => t.irreversible || (t.external && t.levels.some((level) => level !== "read")));
  if (bold !== undefined)
    scope.report(
      warning(
        "THC4020",
        `what \`${tool.name}\` answers can ground \`${bold.name}\``,
        word.span,
        "named by the user, written by others",
        {
          help: `\`${bold.name}\` is ${bold.irreversible ? "irreversible" : "an external write"}: ask for an approval there`,
        },
      ),
    );
  return word.text;
}

export function sameSource(a: Source, b: Source): boolean {
  if (a.kind === "argument" && b.kind === "argument") return a.tool === b.tool && a.name === b.name;
  if (a.kind !== "result" || b.kind !== "result") return a.kind === b.kind;
  const key = ({ tool, path, contains, namedBy }: ResultSource) => JSON.stringify([tool, path, contains, namedBy]);
  return key(a) === key(b);
}
