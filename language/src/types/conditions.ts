/**
 * Conditions: every name resolved, every comparison typed, and what `has` proves carried along. `and` proves for what stands to
 * its right, `or` the opposite, `not` swaps; nothing else proves anything.
 */
import { error, list } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { findLabel, orAbove, UNTRUSTED } from "../resolve/labels.ts";
import type { Names } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import { isTest } from "../syntax/let-expressions.ts";
import type { Condition, Reference, Type } from "./contract.ts";
import { overDestinations } from "./destinations.ts";
import { letExpression, letValue } from "./lets.ts";
import { paramNamed } from "./params.ts";
import { readListed, readPath, readPresent } from "./references.ts";
import { typeRelation } from "./relations.ts";
import { addPresent, depthOf, placeKey, type Scope } from "./scope.ts";
import { sameType, showType } from "./type.ts";
import type { Typed } from "./written.ts";

const NOTHING: ReadonlySet<string> = new Set();
const plain = (condition: Condition | undefined): Typed | undefined =>
  condition === undefined ? undefined : { condition, yes: NOTHING, no: NOTHING };

/** Undefined when it was reported. */
export function typeCondition(node: Ast.Condition, scope: Scope): Condition | undefined {
  return typedOnce(node, scope)?.condition;
}

/** Wholes and their last parts are kept, what lies between is not: a text of many levels would be kept many times. */
function typed(node: Ast.Condition, scope: Scope): Typed | undefined {
  return node.kind === "and" || node.kind === "or" || node.kind === "not"
    ? typedAnew(node, scope)
    : typedOnce(node, scope);
}

/** With more places proven, the same is hardly met again. */
const MOST_PRESENT = 16;

/** The same text in the same place means the same (written.ts). */
function typedOnce(node: Ast.Condition, scope: Scope): Typed | undefined {
  const { tools, strict, present, report, prior, elements } = scope;
  const isKept = prior === undefined && elements.length === 0 && present.size <= MOST_PRESENT;
  const written = isKept ? scope.written : undefined;
  const text = written?.at(node.span);
  const read = text === undefined ? undefined : written?.argumentsOf(tools);
  if (written === undefined || read === undefined) return typedAnew(node, scope);
  const known = present.size === 0 ? "" : [...present].join();
  const key = `${read}${strict ? "!" : "?"}${known}:${text}`;
  const before = written.conditions.get(key);
  if (before !== undefined) return before;
  let isSilent = true;
  const found = typedAnew(node, {
    ...scope,
    report: (diagnostic) => {
      isSilent = false;
      report(diagnostic);
    },
  });
  if (found !== undefined && isSilent) written.conditions.set(key, found);
  return found;
}

function typedAnew(node: Ast.Condition, scope: Scope): Typed | undefined {
  switch (node.kind) {
    case "and":
    case "or":
      return junction(node, scope);
    case "not": {
      const part = typed(node.part, scope);
      return part && { condition: { kind: "not", part: part.condition }, yes: part.no, no: part.yes };
    }
    case "has": {
      const read = readPath(node.path, scope);
      if (read === undefined) return undefined;
      const { reference } = read;
      if (reference.member !== undefined) {
        const help = "ask for the value itself";
        return void scope.report(
          error("THC3017", "a member is never asked for by `has`", node.path.span, "", { help }),
        );
      }
      const key = placeKey(reference.root, reference.depth, reference.path);
      return { condition: { kind: "has", value: reference }, yes: new Set([key]), no: NOTHING };
    }
    case "is":
      return isCase(node, scope);
    case "session has": {
      const label = findLabel(node.label, scope.names, scope.report);
      return plain(label === undefined ? undefined : sessionHas(label, scope.names));
    }
    case "quantifier":
      return plain(quantifier(node, scope));
    case "relation":
      return plain(typeRelation(node, scope));
    case "bare": {
      const inside = letExpression(node.value, scope);
      if (inside === undefined) return plain(bare(node.value, scope));
      if (inside === "faulty") return undefined;
      const { value } = inside;
      return isTest(value) ? typed(value, inside.scope) : plain(bare(value, inside.scope));
    }
  }
}

/** `X is "tag"`: proves, as `has` does, what only this case has. */
function isCase(node: Extract<Ast.Condition, { kind: "is" }>, scope: Scope): Typed | undefined {
  const { value, tag } = node;
  if (value.kind !== "path")
    return void scope.report(error("THC3151", "only what is read can be of a case", value.span, "`is` asks for one"));
  const reference = readPath(value, scope)?.reference;
  if (reference === undefined) return undefined;
  const { type } = reference;
  if (type.kind !== "union")
    return void scope.report(error("THC3151", `${showType(type)} has no cases`, value.span, "`is` asks for one"));
  const found = type.cases.find(({ name }) => name === tag.value);
  if (found === undefined) {
    const names = type.cases.map(({ name }) => name);
    const help = didYouMean(tag.value, names) ?? `\`${type.tag}\` is ${list(names, "or")}`;
    return void scope.report(error("THC3151", `there is no case \`${tag.value}\``, tag.span, "", { help }));
  }
  const { path, cases = [] } = reference;
  const below: Reference = {
    ...reference,
    path: [...path, tag.value],
    type: found.type,
    optional: true,
    cases: [...cases, path.length],
  };
  const key = placeKey(reference.root, reference.depth, below.path);
  return { condition: { kind: "is", value: below }, yes: new Set([key]), no: NOTHING };
}

function junction(node: Extract<Ast.Condition, { kind: "and" | "or" }>, scope: Scope): Typed | undefined {
  const isAnd = node.kind === "and";
  // grows from part to part: each is typed when all before it are
  let present: Set<string> | undefined;
  let inner = scope;
  const parts: Typed[] = [];
  let ok = true;
  for (const part of node.parts) {
    const found = typed(part, inner);
    if (found === undefined) {
      ok = false;
      continue;
    }
    parts.push(found);
    const more = isAnd ? found.yes : found.no;
    if (more.size === 0) continue;
    if (present === undefined) {
      present = new Set(scope.present);
      inner = { ...scope, present };
    }
    for (const place of more) addPresent(present, place);
  }
  if (!ok) return undefined;
  const all = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => new Set(sets.flatMap((set) => [...set]));
  const common = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
    new Set([...sets[0]!].filter((place) => sets.every((set) => set.has(place))));
  const [yes, no] = [parts.map((part) => part.yes), parts.map((part) => part.no)];
  return {
    condition: { kind: node.kind, parts: parts.map((part) => part.condition) },
    yes: isAnd ? all(yes) : common(yes),
    no: isAnd ? common(no) : all(no),
  };
}

function bare(value: Ast.Operand, scope: Scope): Condition | undefined {
  const written = letValue(value, scope) ?? value;
  if (written.kind === "bool") return { kind: "constant", value: written.value };
  if (written.kind !== "path")
    return void scope.report(
      error("THC3008", "this is neither true nor false", value.span, "a condition is expected", {
        help: "compare it with something",
      }),
    );
  if (isWord("external", written, scope)) return { kind: "external" };
  if (isWord(UNTRUSTED, written, scope)) return sessionHas(scope.names.labelIndex.get(UNTRUSTED)!, scope.names);
  const read = readPresent(written, scope);
  if (read === undefined) return undefined;
  const { type } = read.reference;
  if (type.kind === "bool") return { kind: "holds", value: read.reference };
  return void scope.report(
    error("THC3008", `${showType(type)} is neither true nor false`, value.span, "a condition is expected", {
      help: "compare it with something",
    }),
  );
}

const sessionHas = (label: number, { labels }: Names): Condition => ({
  kind: "session_has",
  label: labels[label]!.name,
  anyOf: orAbove(label, labels),
});

/** The word alone, where no argument and no element has its name. */
export function isWord(word: string, path: Ast.PathNode, { tools, elements }: Scope): boolean {
  const [first] = path.names;
  if (first?.text !== word || path.names.length > 1) return false;
  const isArgument = tools.some((tool) => paramNamed(tool.params, word) !== undefined);
  return !isArgument && !elements.some((element) => element.name === word);
}

function quantifier(node: Extract<Ast.Condition, { kind: "quantifier" }>, scope: Scope): Condition | undefined {
  const [only, ...others] = node.lists;
  if (only !== undefined && others.length === 0 && isWord("destinations", only, scope))
    return overDestinations(node, scope, (inner) => typeCondition(node.body, inner));
  const lists: Reference[] = [];
  let element: Type | undefined;
  let ok = true;
  for (const path of node.lists) {
    const read = readListed(path, scope);
    if (read === undefined) ok = false;
    else if (read.reference.type.kind !== "list") {
      ok = false;
      const help = `\`${node.quantifier} ${node.name.text} in …\` goes through a list`;
      scope.report(error("THC3010", `${showType(read.reference.type)} is no list`, path.span, "", { help }));
    } else if (element !== undefined && !sameType(element, read.reference.type.element)) {
      ok = false;
      const message = `the lists hold ${showType(element)} and ${showType(read.reference.type.element)}`;
      scope.report(error("THC3010", message, path.span, "", { help: "write a quantifier for each" }));
    } else {
      element = read.reference.type.element;
      lists.push(read.reference);
    }
  }
  if (!ok || element === undefined) return undefined;
  const depth = depthOf(scope.elements);
  const inner = { ...scope, elements: [...scope.elements, { name: node.name.text, type: element }] };
  const body = typeCondition(node.body, inner);
  return body && { kind: "quantifier", quantifier: node.quantifier, depth, lists, body };
}
