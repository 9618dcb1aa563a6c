/**
 * `every d in destinations (…)`: all arguments marked `dest`, whatever their types. One quantifier for the lists of each type, and the
 * body once for each argument that is one value; what is absent adds nothing. So the typed contract needs no lists of mixed elements.
 */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Condition, Reference, Type } from "./contract.ts";
import { readPath } from "./references.ts";
import { depthOf, placeKey, type Scope, withPresent } from "./scope.ts";
import { showType } from "./type.ts";

type QuantifierNode = Extract<Ast.Condition, { kind: "quantifier" }>;

/** Undefined when something was reported. `body`: the body typed in a scope that has the element. */
export function overDestinations(
  node: QuantifierNode,
  scope: Scope,
  body: (inner: Scope) => Condition | undefined,
): Condition | undefined {
  const read = destinationsOf(node, scope);
  if (read === undefined) return undefined;
  const name = node.name.text;
  const quantifier = node.quantifier === "every" ? "every" : "any";
  const parts: (Condition | undefined)[] = [];
  const lists = new Map<string, { readonly type: Type; readonly of: Reference[] }>();
  for (const reference of read) {
    const { type } = reference;
    if (type.kind === "list") {
      const key = showType(type.element);
      const same = lists.get(key) ?? { type: type.element, of: [] };
      same.of.push(reference);
      lists.set(key, same);
      continue;
    }
    const element = { name, type, argument: reference.path[0]!, isDestination: true };
    const present = withPresent(scope, new Set([placeKey("args", 0, reference.path)]));
    const one = body({ ...present, elements: [...scope.elements, element] });
    parts.push(one && (reference.optional ? whenPresent(reference, one, quantifier) : one));
  }
  for (const { type, of } of lists.values()) {
    const elements = [...scope.elements, { name, type, isDestination: true }];
    const inner = body({ ...scope, elements });
    parts.push(inner && { kind: "quantifier", quantifier, depth: depthOf(scope.elements), lists: of, body: inner });
  }
  if (!parts.every((part) => part !== undefined)) return undefined;
  const whole: Condition =
    parts.length === 1 ? parts[0]! : { kind: quantifier === "every" ? "and" : "or", parts: parts };
  return node.quantifier === "no" ? { kind: "not", part: whole } : whole;
}

function whenPresent(value: Reference, body: Condition, quantifier: "every" | "any"): Condition {
  const has: Condition = { kind: "has", value };
  return quantifier === "any"
    ? { kind: "and", parts: [has, body] }
    : { kind: "or", parts: [{ kind: "not", part: has }, body] };
}

/** By name: an argument is a destination of all the tools that have it, or none of this. */
function destinationsOf(node: QuantifierNode, scope: Scope): readonly Reference[] | undefined {
  const { span } = node.lists[0]!;
  const found = new Map<string, Reference>();
  for (const tool of scope.tools)
    for (const { name, dest } of tool.params) {
      if (!dest || found.has(name)) continue;
      const other = scope.tools.find((each) => each.params.some((param) => param.name === name && !param.dest));
      if (other !== undefined) {
        const message = `\`${name}\` is a destination of \`${tool.name}\` and not of \`${other.name}\``;
        const help = "mark it with `dest` in both, or write a rule for each";
        return void scope.report(error("THC3034", message, span, "all destinations are asked", { help }));
      }
      const word = (text: string): Ast.Word => ({ text, span });
      const read = readPath({ kind: "path", names: [word("args"), word(name)], span }, scope);
      if (read === undefined) return undefined;
      found.set(name, read.reference);
    }
  if (found.size > 0) return [...found.values()].sort((a, b) => (a.path[0]! < b.path[0]! ? -1 : 1));
  const [only] = scope.tools;
  const message = scope.tools.length === 1 && only !== undefined ? `\`${only.name}\` has no destination` : NONE_HAS;
  const help = "mark the arguments that say where something goes with `dest`";
  return void scope.report(error("THC3015", message, span, "asked for here", { help }));
}
const NONE_HAS = "none of these tools has a destination";
