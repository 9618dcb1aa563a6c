/**
 * `require grounded`: the arguments that must come from somewhere, and the fields they may come from. Values do not cross classes
 * (LANGUAGE, section 6), so a source of another class than every value is an error, as is a value that no source can ground.
 */
import { error } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { isBrokenTool, unknownTool } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { notAvailable } from "../syntax/later-words.ts";
import type { Reference, Source, Tool, Type } from "./contract.ts";
import { noReturns, readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { isScalar, sameType, showType, stripOptional } from "./type.ts";

type GroundedHead = Extract<Ast.Head, { kind: "grounded" }>;
interface Value {
  readonly reference: Reference;
  readonly span: Span;
}
interface Found {
  readonly source: Source;
  readonly span: Span;
}

/** Undefined when something was reported. */
export function readGrounding(
  head: GroundedHead,
  scope: Scope,
): { readonly values: readonly Reference[]; readonly sources: readonly Source[] } | undefined {
  const values = readValues(head.values, scope);
  const sources = readSources(head.sources, scope);
  if (values === undefined || sources === undefined) return undefined;
  if (!fits(values, sources, scope)) return undefined;
  const meant = sources.map((found) => found.source);
  const first = (source: Source): number => meant.findIndex((other) => sameSource(other, source));
  return { values: distinct(values), sources: meant.filter((source, i) => first(source) === i) };
}

function readValues(nodes: readonly Ast.PathNode[], scope: Scope): readonly Value[] | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const isAll = node.names.length === 1 && node.names[0]!.text === "destinations";
    const found = isAll ? destinations(node, scope) : readValue(node, scope);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

function readValue(node: Ast.PathNode, scope: Scope): readonly Value[] | undefined {
  const read = readPath(node, scope);
  if (read === undefined) return undefined;
  const { reference } = read;
  if (reference.root !== "args" || reference.member !== undefined)
    return void scope.report(error("THC3013", "only an argument of the call can be grounded", node.span));
  if (classOf(reference.type) === undefined)
    return void scope.report(error("THC3013", `${showType(reference.type)} cannot be grounded`, node.span));
  return [{ reference, span: node.span }];
}

/** The dest arguments of every target. */
function destinations(node: Ast.PathNode, scope: Scope): readonly Value[] | undefined {
  const names: Ast.Word[] = [];
  for (const tool of scope.tools) {
    const dest = tool.params.filter((param) => param.dest);
    if (dest.length === 0)
      return void scope.report(
        error("THC3015", `\`${tool.name}\` has no destination`, node.span, "asked for here", {
          help: "mark the arguments that say where something goes with `dest`",
          related: [{ span: tool.span, text: "declared here" }],
        }),
      );
    for (const { name } of dest)
      if (!names.some((word) => word.text === name)) names.push({ text: name, span: node.span });
  }
  const values: Value[] = [];
  for (const name of names) {
    const found = readValue({ kind: "path", names: [{ text: "args", span: name.span }, name], span: name.span }, scope);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

function readSources(nodes: readonly Ast.PathNode[], scope: Scope): readonly Found[] | undefined {
  const sources: Found[] = [];
  let ok = true;
  for (const node of nodes) {
    const source = readSource(node, scope);
    if (source === undefined) ok = false;
    else sources.push({ source, span: node.span });
  }
  return ok ? sources : undefined;
}

function readSource(node: Ast.PathNode, scope: Scope): Source | undefined {
  const { names, report } = scope;
  const words = node.names.map((word) => word.text);
  if (words.length === 1 && words[0] === "user") return { kind: "user" };
  if (words.length === 1 && words[0] === "self") return void report(notAvailable("`self` is", node.span));
  for (let length = words.length; length > 0; length--) {
    const name = words.slice(0, length).join(".");
    const index = names.toolIndex.get(name);
    if (index !== undefined) return resultSource(node, index, node.names.slice(length), scope);
    if (isBrokenTool(name, names)) return undefined;
  }
  return void report(unknownTool(words.slice(0, -1).join(".") || words.join("."), node.span, names, ["user"]));
}

function resultSource(
  node: Ast.PathNode,
  index: number,
  path: readonly Ast.Word[],
  { names, report }: Scope,
): Source | undefined {
  const tool: Tool = names.tools[index]!;
  if (path.length === 0)
    return void report(
      error("THC3011", `\`${tool.name}\` is a whole result`, node.span, "no field is named", {
        help: "name the field that may ground: anything in a result could be planted there",
      }),
    );
  let type: Type | undefined = tool.returns;
  if (type === undefined) return void report(noReturns(tool, node.span));
  for (const word of path) {
    const record = enter(type);
    if (record.kind !== "record")
      return void report(error("THC2009", `${showType(record)} has no field \`${word.text}\``, word.span));
    const fields: readonly { readonly name: string; readonly type: Type }[] = record.fields;
    type = fields.find((field) => field.name === word.text)?.type;
    if (type === undefined) {
      const help = didYouMean(
        word.text,
        fields.map((field) => field.name),
      );
      return void report(
        error("THC2009", `\`${tool.name}\` returns no \`${word.text}\` there`, word.span, "not declared", { help }),
      );
    }
  }
  const found = enter(type);
  if (found.kind === "record")
    return void report(error("THC3011", "a record is no single value", node.span, "name one of its fields"));
  if (classOf(found) === undefined)
    return void report(error("THC3013", `${showType(found)} grounds nothing`, node.span));
  return { kind: "result", tool: index, path: path.map((word) => word.text), type: found };
}

/** Through `optional` and lists, to what stands inside. */
function enter(type: Type): Exclude<Type, { kind: "list" | "optional" }> {
  if (type.kind === "list") return enter(type.element);
  if (type.kind === "optional") return enter(type.of);
  return type;
}

/** Values and sources meet only within one class. */
function classOf(type: Type): string | undefined {
  const bare = stripOptional(type);
  const scalar = bare.kind === "list" ? bare.element : bare;
  if (!isScalar(scalar) || scalar.kind === "bool" || scalar.kind === "json") return undefined;
  if (scalar.kind === "cloud_action") return undefined;
  switch (scalar.kind) {
    case "money":
      return `Money<${scalar.currency}>`;
    case "int":
    case "decimal":
      return "a number";
    case "text":
    case "path":
    case "literals":
      return "a text";
    default:
      return showType(scalar);
  }
}

function fits(values: readonly Value[], sources: readonly Found[], { report }: Scope): boolean {
  let ok = true;
  const classes = values.map(({ reference }) => classOf(reference.type));
  for (const { source, span } of sources) {
    if (source.kind === "user" || classes.includes(classOf(source.type))) continue;
    ok = false;
    const message = `the source holds ${classOf(source.type)}, what is grounded is ${classes[0]}`;
    report(error("THC3012", message, span, "can ground nothing here"));
  }
  if (!ok || sources.some(({ source }) => source.kind === "user")) return ok;
  for (const { reference, span } of values) {
    const own = classOf(reference.type);
    if (sources.some(({ source }) => source.kind === "result" && classOf(source.type) === own)) continue;
    ok = false;
    report(error("THC3012", `no source holds ${own}`, span, `\`${reference.path.join(".")}\` could never be grounded`));
  }
  return ok;
}

function distinct(values: readonly Value[]): readonly Reference[] {
  const seen = new Set<string>();
  return values
    .map((value) => value.reference)
    .filter((reference) => {
      const key = JSON.stringify(reference.path);
      return !seen.has(key) && seen.add(key);
    });
}

function sameSource(a: Source, b: Source): boolean {
  if (a.kind === "user" || b.kind === "user") return a.kind === b.kind;
  return a.tool === b.tool && JSON.stringify(a.path) === JSON.stringify(b.path) && sameType(a.type, b.type);
}
