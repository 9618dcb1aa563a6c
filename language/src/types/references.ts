/**
 * Names in conditions to references: a bare name is an argument (or a quantifier's element), `principal resource context action` read
 * request fields, `prior.args` and `prior.result` the earlier call. One reference may stand for the arguments of several tools: then all
 * that have it agree on its type, and it is optional where one lacks it.
 */
import { type Diagnostic, error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean, nearest } from "../diagnostics/suggest.ts";
import { BUILT_IN, FACT_ROOTS } from "../resolve/facts.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_CONDITIONS, LATER_FIELDS, notAvailable } from "../syntax/later-words.ts";
import type { FactRoot, Field, Reference, Tool, Type } from "./contract.ts";
import { MEMBERS } from "./members.ts";
import { paramNamed } from "./params.ts";
import { depthOf, placeKey, type Scope } from "./scope.ts";
import { sameType, showType, stripOptional } from "./type.ts";

/** What a path reads. `places`: the optional values on the way. */
export interface Read {
  readonly reference: Reference;
  readonly places: readonly string[];
}

interface Base {
  readonly root: Reference["root"];
  readonly depth: number;
  /** Of the first value: `type` with its `optional`. */
  readonly path: readonly string[];
  readonly type: Type;
  readonly rest: readonly Ast.Word[];
  readonly isDestination?: boolean;
}

/** Undefined when it was reported. */
export function readPath(node: Ast.PathNode, scope: Scope): Read | undefined {
  const base = findBase(node, scope);
  const read = base === undefined ? undefined : descend(base, scope.report, scope.present);
  if (read === undefined || node.keys !== true) return read;
  const { type } = read.reference;
  if (type.kind === "map") return { ...read, reference: mapList(read.reference, "map.keys") };
  return void scope.report(error("THC3150", `${showType(type)} has no keys`, node.span, "only a Map has"));
}

/** `readPath`, and a value that may be absent must be proven present. */
export function readPresent(node: Ast.PathNode, scope: Scope): Read | undefined {
  const read = readPath(node, scope);
  if (read === undefined || !scope.strict) return read;
  if (read.places.every((place) => scope.present.has(place))) return read;
  const { member } = read.reference;
  const written = spelled(node.names);
  const asked = member === undefined || node.keys === true ? written : spelled(node.names.slice(0, -1));
  scope.report(
    error("THC3004", `\`${written}\` may be absent`, node.span, "read without `has`", {
      help: `ask first: \`has ${asked} and …\``,
    }),
  );
  return undefined;
}

const spelled = (names: readonly Ast.Word[]): string =>
  names
    .map(({ text, key }, i) => (key === true ? `[${JSON.stringify(text)}]` : `${i === 0 ? "" : "."}${text}`))
    .join("");

/** A map as a list: of its keys, or of its values. */
export function mapList(reference: Reference, member: "map.keys" | "map.values"): Reference {
  const { type, path, maps = [] } = reference;
  const element: Type = type.kind === "map" && member === "map.values" ? type.value : { kind: "text" };
  return { ...reference, member, type: { kind: "list", element }, maps: [...maps, { at: path.length, type }] };
}

/** `readPresent`, where a list is asked for: a map is the list of its values. */
export function readListed(node: Ast.PathNode, scope: Scope): Read | undefined {
  const read = readPresent(node, scope);
  return read?.reference.type.kind === "map" ? { ...read, reference: mapList(read.reference, "map.values") } : read;
}

/** The last names of a path that stand behind a list: what is asked of its elements. Reports nothing that `readPath` reports too. */
export function wordsBelowList(node: Ast.PathNode, scope: Scope): readonly Ast.Word[] {
  const base = findBase(node, { ...scope, report: () => {} });
  if (base === undefined) return [];
  let type = stripOptional(base.type);
  for (const [i, word] of base.rest.entries()) {
    if (type.kind === "list" || (type.kind === "map" && word.key !== true)) return base.rest.slice(i);
    const field: Type | undefined =
      type.kind === "record" ? type.fields.find((f) => f.name === word.text)?.type : undefined;
    const next = type.kind === "map" && word.key === true ? type.value : field;
    if (next === undefined) return [];
    type = stripOptional(next);
  }
  return [];
}

/** A field of every element, present in all; undefined when it was reported. */
export function readElementField(
  element: Type,
  rest: readonly Ast.Word[],
  node: Ast.PathNode,
  { report }: Scope,
): { readonly path: readonly string[]; readonly type: Type } | undefined {
  const read = descend({ root: "element", depth: 0, path: [], type: element, rest }, report);
  if (read === undefined) return undefined;
  const { path, member, optional, type, maps } = read.reference;
  if (optional)
    return void report(
      error("THC3004", "the field may be absent", node.span, "read without `has`", {
        help: "ask about each element: `every x in … (has x.field and …)`",
      }),
    );
  if (member === undefined && maps === undefined) return { path, type };
  return void report(error("THC3017", "a member of elements is not read here", node.span));
}

function findBase(node: Ast.PathNode, scope: Scope): Base | undefined {
  const { names, report } = scope;
  const [first, second, third] = node.names;
  if (first === undefined) return undefined;
  const isRoot = ["args", "prior", ...FACT_ROOTS].includes(first.text) && !hasArgument(scope.tools, first.text);
  const key = isRoot
    ? [second, first.text === "prior" ? third : undefined].find((word) => word?.key === true)
    : undefined;
  if (key !== undefined) return void report(error("THC3150", "only a Map has keys", key.span));
  const at = scope.elements.findLastIndex((element) => element.name === first.text);
  const element = scope.elements[at];
  if (element !== undefined) {
    const { type, argument: of, isDestination = false } = element;
    const rest = { type, rest: node.names.slice(1), isDestination };
    if (of !== undefined) return { root: "args", depth: 0, path: [of], ...rest };
    return { root: "element", depth: depthOf(scope.elements.slice(0, at)), path: [], ...rest };
  }
  if (second === undefined) return argument(node, first, node.names.slice(1), scope);
  if (first.text === "args") return argument(node, second, node.names.slice(2), scope);
  if (first.text === "prior") return prior(node, second, third, scope);
  const root = FACT_ROOTS.find((known) => known === first.text);
  if (root !== undefined) return field(node, root, second, scope);
  if (names.lets.has(first.text) && !hasArgument(scope.tools, first.text))
    return void report(error("THC2009", `the \`let\` \`${first.text}\` has no fields`, second.span));
  return argument(node, first, node.names.slice(1), scope);
}

const hasArgument = (tools: readonly Tool[], name: string): boolean =>
  tools.some((tool) => paramNamed(tool.params, name) !== undefined);

function argument(node: Ast.PathNode, name: Ast.Word, rest: readonly Ast.Word[], scope: Scope): Base | undefined {
  const type = argumentType(scope.tools, name, scope);
  if (type !== undefined) return { root: "args", depth: 0, path: [name.text], type, rest };
  if (type === undefined && !hasArgument(scope.tools, name.text)) scope.report(unknownArgument(node, name, scope));
  return undefined;
}

/** Undefined when no tool has it (not reported), or the tools disagree (reported). */
function argumentType(tools: readonly Tool[], name: Ast.Word, scope: Scope): Type | undefined {
  let found: { type: Type; tool: Tool } | undefined;
  let optional = false;
  for (const tool of tools) {
    const param = paramNamed(tool.params, name.text);
    if (param === undefined) {
      optional = true;
      continue;
    }
    if (param.type.kind === "optional") optional = true;
    const type = stripOptional(param.type);
    if (found !== undefined && !sameType(found.type, type)) {
      const message = `the argument \`${name.text}\` is ${showType(found.type)} in \`${found.tool.name}\` and ${showType(type)} in \`${tool.name}\``;
      scope.report(
        error("THC3007", message, name.span, "read of both", {
          help: "write a rule for each",
          related: [
            { span: found.tool.span, text: showType(found.type) },
            { span: tool.span, text: showType(type) },
          ],
        }),
      );
      return undefined;
    }
    found ??= { type, tool };
  }
  if (found === undefined) return undefined;
  return optional ? { kind: "optional", of: found.type } : found.type;
}

function unknownArgument(node: Ast.PathNode, name: Ast.Word, { tools, names }: Scope) {
  if (node.names[0] === name && LATER_CONDITIONS.has(name.text) && node.names.length === 1)
    return notAvailable(`\`${name.text}\` in a condition is`, node.span);
  const known = tools.flatMap((tool) => tool.params.map((param) => param.name));
  const [only] = tools;
  const where =
    tools.length === 1 && only !== undefined
      ? `\`${only.name}\` has no argument`
      : "none of these tools has an argument";
  const roots = node.names.length > 1 && node.names[0] === name ? FACT_ROOTS : [];
  return error("THC2004", `${where} \`${name.text}\``, name.span, "not declared", {
    help: nearest(name.text, known, [...names.lets.keys(), ...roots]),
  });
}

function field(node: Ast.PathNode, root: FactRoot, name: Ast.Word, scope: Scope): Base | undefined {
  const { names, report } = scope;
  const path = `${root}.${name.text}`;
  const span = { start: node.span.start, end: name.span.end };
  const index = names.factIndex.get(path);
  const type = index === undefined ? BUILT_IN.get(path) : names.facts[index]!.type;
  if (scope.prior !== undefined)
    return void report(
      error("THC3017", `\`where\` does not read \`${path}\``, span, "a request field", {
        help: "`where` reads `args`, `prior.args` and `prior.result`; put the rest behind `when`",
      }),
    );
  if (type !== undefined) return { root, depth: 0, path: [name.text], type, rest: node.names.slice(2) };
  if (names.broken.facts.has(path)) return undefined;
  if (LATER_FIELDS.has(path)) return void report(notAvailable(`\`${path}\` is`, span));
  const help =
    didYouMean(path, [...names.factIndex.keys(), ...BUILT_IN.keys()]) ?? `declare it: \`fact ${path}: Text\``;
  return void report(
    error("THC2005", `unknown request field \`${path}\``, span, "neither built in nor declared", { help }),
  );
}

function prior(node: Ast.PathNode, part: Ast.Word, name: Ast.Word | undefined, scope: Scope): Base | undefined {
  const { report } = scope;
  if (scope.prior === undefined)
    return void report(
      error("THC3017", "there is no earlier call to read here", node.span, "", {
        help: "`prior.…` stands behind `where` and `matching` of a `require prior`",
      }),
    );
  if (part.text === "row") return priorRow(node, name, scope.prior, report);
  if (part.text === "result" && name === undefined) return wholeResult(node, scope.prior, report);
  if ((part.text !== "args" && part.text !== "result") || name === undefined) {
    const help =
      "`prior.args.x` reads an argument of the earlier call, `prior.result.x` what it returned, `prior.row.x` one row of that";
    return void report(error("THC2009", "this names no field of the earlier call", node.span, "", { help }));
  }
  const rest = node.names.slice(3);
  if (part.text === "args") {
    const type = argumentType(scope.prior, name, scope);
    if (type !== undefined) return { root: "prior_args", depth: 0, path: [name.text], type, rest };
    if (!hasArgument(scope.prior, name.text)) report(unknownArgument(node, name, { ...scope, tools: scope.prior }));
    return undefined;
  }
  return priorResult(name, rest, scope.prior, report);
}

/** Every one of the tools must return the field, with the same type. */
function priorResult(
  name: Ast.Word,
  rest: readonly Ast.Word[],
  tools: readonly Tool[],
  report: Report,
): Base | undefined {
  const type = sameField(name, tools, report, (tool) => {
    const returns = tool.returns && stripOptional(tool.returns);
    return returns?.kind === "record" ? returns.fields : noReturns(tool, name.span);
  });
  return type && { root: "prior_result", depth: 0, path: [name.text], type, rest };
}

/** One row of what every one of the tools returns: a list of records. */
function priorRow(
  node: Ast.PathNode,
  name: Ast.Word | undefined,
  tools: readonly Tool[],
  report: Report,
): Base | undefined {
  if (name === undefined) return void report(error("THC2009", "this names no field of a row", node.span));
  const type = sameField(name, tools, report, (tool) => rowFields(tool) ?? noRows(tool, node.span));
  return type && { root: "prior_row", depth: 0, path: [name.text], type, rest: node.names.slice(3) };
}

function rowFields({ returns }: Tool): readonly Field[] | undefined {
  const list = returns && stripOptional(returns);
  const row = list?.kind === "list" ? stripOptional(list.element) : undefined;
  return row?.kind === "record" ? row.fields : undefined;
}

/** The result itself, where it is a value or a list of values. */
function wholeResult(node: Ast.PathNode, tools: readonly Tool[], report: Report): Base | undefined {
  const [first] = tools;
  const type = first?.returns;
  const bare = type && stripOptional(type);
  const other = tools.find(
    (tool) => tool.returns === undefined || bare === undefined || !sameType(stripOptional(tool.returns), bare),
  );
  if (type !== undefined && other === undefined && bare?.kind !== "record")
    return { root: "prior_result", depth: 0, path: [], type, rest: [] };
  const help = "name the field: `prior.result.x`";
  return void report(error("THC2009", "this names no field of the earlier call", node.span, "", { help }));
}

/** The type of a field that all of the tools have; it is optional where one of them says so. */
function sameField(
  name: Ast.Word,
  tools: readonly Tool[],
  report: Report,
  fieldsOf: (tool: Tool) => readonly Field[] | Diagnostic,
): Type | undefined {
  let found: { type: Type; tool: Tool } | undefined;
  let optional = false;
  for (const tool of tools) {
    const fields = fieldsOf(tool);
    if (!isFields(fields)) return void report(fields);
    const declared = fields.find((f) => f.name === name.text)?.type;
    if (declared === undefined) {
      const known = fields.map((f) => f.name);
      const message = `\`${tool.name}\` returns no \`${name.text}\``;
      return void report(error("THC2009", message, name.span, "not declared", { help: didYouMean(name.text, known) }));
    }
    if (declared.kind === "optional") optional = true;
    const type = stripOptional(declared);
    if (found !== undefined && !sameType(found.type, type)) {
      const message = `\`${name.text}\` is ${showType(found.type)} in \`${found.tool.name}\` and ${showType(type)} in \`${tool.name}\``;
      return void report(error("THC3007", message, name.span, "read of both", { help: "write a rule for each" }));
    }
    found ??= { type, tool };
  }
  if (found === undefined) return undefined;
  return optional ? { kind: "optional", of: found.type } : found.type;
}

const isFields = (found: readonly Field[] | Diagnostic): found is readonly Field[] => Array.isArray(found);

function noRows(tool: Tool, span: Ast.Word["span"]) {
  return error(
    "THC3014",
    `\`${tool.name}\` does not say that it returns a list of records`,
    span,
    "a row of it is read",
    {
      help: "declare it on the tool: `returns List<{ field: Type }>`",
      related: [{ span: tool.span, text: "declared here" }],
    },
  );
}

export function noReturns(tool: Tool, span: Ast.Word["span"]) {
  return error("THC3014", `\`${tool.name}\` does not say that it returns a record`, span, "read from its result", {
    help: "declare it on the tool: `returns { field: Type }`",
    related: [{ span: tool.span, text: "declared here" }],
  });
}

function whichCase(word: Ast.Word, { cases }: Extract<Type, { kind: "union" }>, having: readonly Field[]): Diagnostic {
  const isTag = having.length === cases.length;
  const names = list(
    (isTag ? cases : having).map(({ name }) => `"${name}"`),
    "or",
  );
  const help = having.length === 0 ? undefined : `ask first which it is: \`… is\` ${names}`;
  const message =
    having.length === 0 ? `no case has a field \`${word.text}\`` : `several cases have a field \`${word.text}\``;
  return error("THC3151", message, word.span, having.length === 0 ? "not declared" : "of which one", { help });
}

/** Of a destination, whatever its type: the host that it lies at. */
const AT_HOST: readonly string[] = ["host", "domain"];

function atNoHost(type: Type, word: Ast.Word) {
  const help = "only a Host, a Url and an Email lie at a host; write a rule for the tools that send elsewhere";
  return error("THC3033", `a destination here is ${showType(type)}, which lies at no host`, word.span, "", { help });
}

/** From the first value down through record fields, and at last perhaps a member. */
/** `present`: what is proven tells which case of a union is meant, where several have the field. */
function descend(base: Base, report: Report, present: ReadonlySet<string> = new Set()): Read | undefined {
  const places: string[] = [];
  const maps: { readonly at: number; readonly type: Type }[] = [];
  const cases: number[] = [];
  let { type, path } = base;
  const settle = (): void => {
    if (type.kind !== "optional") return;
    places.push(placeKey(base.root, base.depth, path));
    type = stripOptional(type);
  };
  const done = (member: Reference["member"]): Read => ({
    reference: {
      kind: "reference",
      root: base.root,
      depth: base.depth,
      path,
      member,
      type,
      optional: places.length > 0,
      ...(maps.length > 0 ? { maps } : {}),
      ...(cases.length > 0 ? { cases } : {}),
    },
    places,
  });
  settle();
  for (const [i, word] of base.rest.entries()) {
    if (type.kind === "map" && word.key === true) {
      maps.push({ at: path.length, type });
      path = [...path, word.text];
      places.push(placeKey(base.root, base.depth, path));
      type = type.value;
      continue;
    }
    if (word.key === true || type.kind === "map") {
      const help = type.kind === "map" ? `the value of a key: \`["${word.text}"]\`` : undefined;
      const message =
        type.kind === "map" ? `${showType(type)} has no field \`${word.text}\`` : `${showType(type)} has no keys`;
      return void report(error("THC3150", message, word.span, "", { help }));
    }
    if (type.kind === "union") {
      const here = type;
      const having = type.cases.filter(
        (each) => each.type.kind === "record" && each.type.fields.some(({ name }) => name === word.text),
      );
      const proven = having.filter(({ name }) => present.has(placeKey(base.root, base.depth, [...path, name])));
      const [only, ...others] = proven.length > 0 ? proven : having;
      if (only === undefined || others.length > 0) return void report(whichCase(word, here, having));
      cases.push(path.length);
      path = [...path, only.name];
      places.push(placeKey(base.root, base.depth, path));
      type = only.type;
    }
    if (type.kind === "record") {
      const next: Type | undefined = type.fields.find((f) => f.name === word.text)?.type;
      if (next === undefined) {
        const help = didYouMean(
          word.text,
          type.fields.map((f) => f.name),
        );
        return void report(error("THC2009", `there is no field \`${word.text}\``, word.span, "not declared", { help }));
      }
      path = [...path, word.text];
      type = next;
      settle();
      continue;
    }
    const own = MEMBERS.filter((m) => m.of === type.kind);
    if (base.isDestination && AT_HOST.includes(word.text) && base.rest.length === i + 1) {
      if (type.kind === "host") return done(undefined);
      const host = own.find((m) => m.type.kind === "host");
      if (host === undefined) return void report(atNoHost(type, word));
      type = host.type;
      return done(host.member);
    }
    const members = own;
    const member = members.find((m) => m.name === word.text);
    const extra = base.rest[i + 1];
    if (member !== undefined && extra === undefined) {
      type = member.type;
      return done(member.member);
    }
    const wrong = member === undefined ? word : extra!;
    const known = members.map((m) => m.name);
    const shown = showType(member === undefined ? type : member.type);
    const help =
      member !== undefined || known.length === 0
        ? undefined
        : (didYouMean(word.text, known) ?? `its members are ${list(known, "and")}`);
    return void report(error("THC2009", `${shown} has no member \`${wrong.text}\``, wrong.span, "", { help }));
  }
  return done(undefined);
}
