/**
 * `require grounded`: the arguments that must come from somewhere, and where from. Values do not cross classes (LANGUAGE, section 6), so a
 * source of another class than every value is an error, as is a value that no source can ground.
 */
import { error } from "../diagnostics/diagnostic.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Condition, GroundedValue, Source, Type } from "./contract.ts";
import { classOf, enter, typeOfValue } from "./grounding-classes.ts";
import { readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { type Found, identifies, readSources, sameSource } from "./sources.ts";
import { showType } from "./type.ts";

type GroundedHead = Extract<Ast.Head, { kind: "grounded" }>;
interface Value {
  readonly value: GroundedValue;
  readonly span: Span;
}

/** Undefined when something was reported. */
export function readGrounding(
  head: GroundedHead,
  scope: Scope,
): { readonly values: readonly GroundedValue[]; readonly sources: readonly Source[] } | undefined {
  const values = readValues(head.values, scope);
  if (values === undefined) return undefined;
  const classes = new Set(values.map(({ value }) => classOf(typeOfValue(value))!));
  const sources = readSources(head.sources, classes, scope);
  if (sources === undefined) return undefined;
  if (!fits(values, sources, scope)) return undefined;
  const meant = sources.map((found) => found.source);
  const first = (source: Source): number => meant.findIndex((other) => sameSource(other, source));
  return { values: distinct(values), sources: meant.filter((source, i) => first(source) === i) };
}

/** Request fields that `self` reads, for what an approval binds. */
export const ownReads = (sources: readonly Source[]): readonly Condition[] =>
  sources.flatMap((source) =>
    source.kind === "self" ? source.identifiers.map((value) => ({ kind: "has", value })) : [],
  );

function readValues(nodes: readonly Ast.GroundedNode[], scope: Scope): readonly Value[] | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const isAll = node.tokens === undefined && isDestinations(node.path);
    const found = isAll ? destinations(node.path, scope) : readValue(node, scope);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

const isDestinations = ({ names }: Ast.PathNode): boolean => names.length === 1 && names[0]!.text === "destinations";

function readValue(
  { path, tokens, span }: Pick<Ast.GroundedNode, "path" | "tokens" | "span">,
  scope: Scope,
): readonly Value[] | undefined {
  const read = readPath(path, scope);
  if (read === undefined) return undefined;
  const { reference } = read;
  if (reference.root !== "args" || reference.member !== undefined)
    return void scope.report(error("THC3013", "only an argument of the call can be grounded", path.span));
  if (tokens !== undefined && !hasTexts(reference.type))
    return void scope.report(
      error("THC3013", `\`${tokens} of\` looks into texts, not into ${showType(reference.type)}`, path.span),
    );
  if (tokens === undefined && classOf(reference.type) === undefined)
    return void scope.report(error("THC3013", `${showType(reference.type)} cannot be grounded`, path.span));
  return [{ value: { reference, tokens }, span }];
}

const hasTexts = (type: Type): boolean => ["text", "json", "map"].includes(enter(type).kind);

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
    const { span } = name;
    const path: Ast.PathNode = { kind: "path", names: [{ text: "args", span }, name], span };
    const found = readValue({ path, tokens: undefined, span }, scope);
    if (found === undefined) return undefined;
    values.push(...found);
  }
  return values;
}

/** Whether a source can hold a value of the class. */
function holds(source: Source, valueClass: string): boolean {
  switch (source.kind) {
    case "user":
      return true;
    case "self":
      return source.identifiers.some((each) => identifies(classOf(each.type)!, new Set([valueClass])));
    case "result": {
      const own = classOf(source.type);
      return source.contains || own === valueClass || (own === "Host" && valueClass === "Url");
    }
    case "argument": {
      const own = classOf(source.type);
      return own === valueClass || (own === "Host" && valueClass === "Url");
    }
  }
}

function fits(values: readonly Value[], sources: readonly Found[], { report }: Scope): boolean {
  let ok = true;
  const classes = values.map(({ value }) => classOf(typeOfValue(value))!);
  for (const { source, span } of sources) {
    if (classes.some((each) => holds(source, each)) || source.kind === "user" || source.kind === "self") continue;
    ok = false;
    const message = `the source holds ${classOf(source.type)}, what is grounded is ${classes[0]}`;
    const help =
      source.kind === "result" && source.type.kind === "text"
        ? "to look into the text, write `contains` behind it"
        : undefined;
    report(error("THC3012", message, span, "can ground nothing here", { help }));
  }
  if (!ok) return false;
  for (const [i, { value, span }] of values.entries()) {
    const own = classes[i]!;
    if (sources.some(({ source }) => holds(source, own))) continue;
    ok = false;
    const name = value.reference.path.join(".");
    report(error("THC3012", `no source holds ${own}`, span, `\`${name}\` could never be grounded`));
  }
  return ok;
}

function distinct(values: readonly Value[]): readonly GroundedValue[] {
  const seen = new Set<string>();
  return values
    .map(({ value }) => value)
    .filter(({ reference, tokens }) => {
      const key = JSON.stringify([tokens, reference.path]);
      return !seen.has(key) && seen.add(key);
    });
}
