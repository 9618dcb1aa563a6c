/**
 * What an approval binds beside tool, agent and session: everything of the call and the request fields that its rule reads, or by
 * `binds(a, b)` less of the call. Never less than the rule reads: who approves must have seen what the rule looked at.
 */
import { error } from "../diagnostics/diagnostic.ts";
import { byBytes } from "../resolve/order.ts";
import type * as Ast from "../syntax/ast.ts";
import { asksForClass } from "./call-class.ts";
import type { Condition, Reference, Tool } from "./contract.ts";
import { visitReferences } from "./reads.ts";
import { readPath } from "./references.ts";
import type { Scope } from "./scope.ts";
import { TOUCHED } from "./touched.ts";

type BindsNode = Extract<Ast.ApprovalOption, { kind: "binds" }>;

/**
 * The request fields (not arguments) that conditions read: each once, whole, sorted by path. What asks for a call's class reads what
 * the levels of `tools` depend on.
 */
export function requestFields(
  conditions: readonly (Condition | undefined)[],
  tools: readonly Tool[],
): readonly Reference[] {
  return inOrder(readsOf(conditions, tools).filter(({ root }) => isRequest(root)));
}

/** An approval binds the value that was sent, not a member of it. */
function wholeField(reference: Reference): Reference {
  if (reference.member === undefined) return reference;
  const { maps, ...rest } = reference;
  if (reference.member === "map.keys" || reference.member === "map.values") {
    const way = maps!.slice(0, -1);
    return { ...rest, member: undefined, type: maps!.at(-1)!.type, ...(way.length > 0 ? { maps: way } : {}) };
  }
  const kind = reference.member.split(".")[0] as "email" | "url" | "path" | "sql" | "text";
  return { ...reference, member: undefined, type: { kind } };
}

/** Undefined when something was reported. */
export function readBinds(
  { fields, span }: BindsNode,
  conditions: readonly (Condition | undefined)[],
  scope: Scope,
): readonly Reference[] | undefined {
  const { report, tools } = scope;
  const listed = fields.map((field) => {
    const read = readPath(field, { ...scope, prior: undefined, elements: [], strict: false });
    if (read === undefined || isBindable(read.reference)) return read?.reference;
    return void report(
      error("THC3130", "only arguments and fields of the request can be bound", field.span, "not whole"),
    );
  });
  if (!listed.every((reference) => reference !== undefined)) return undefined;
  const reads = [...readsOf(conditions, tools), ...(scope.reads === "everything" ? [] : (scope.reads ?? []))];
  const destinations = asksForOutside(conditions) ? tools.flatMap((tool) => tool.params.filter((p) => p.dest)) : [];
  const isLeftOut = (root: string, path: readonly string[]): boolean =>
    !listed.some((bound) => bound.root === root && bound.path.every((name, i) => path[i] === name));
  const missing = [
    ...reads.filter(({ root, path }) => isLeftOut(root, path)).map(({ root, path }) => spell(root, path)),
    ...destinations.filter(({ name }) => isLeftOut("args", [name])).map(({ name }) => name),
  ];
  const touched = reads.some(({ root, path }) => TOUCHED.some(([field]) => field === `${root}.${path[0]}`));
  if (scope.reads === "everything" || touched) {
    const help = "leave `binds(…)` out: then everything is bound";
    return void report(error("THC3130", "the rule reads every argument of the call", span, "binds less", { help }));
  }
  const [first] = missing;
  if (first === undefined) return inOrder(listed);
  const help = `bind it too, or leave \`binds(…)\` out: then everything is bound`;
  return void report(error("THC3130", `the rule reads \`${first}\`, which is not bound`, span, "binds less", { help }));
}

const spell = (root: string, path: readonly string[]): string => (root === "args" ? path : [root, ...path]).join(".");
const isRequest = (root: Reference["root"]): boolean =>
  root === "principal" || root === "resource" || root === "context" || root === "action";
const isBindable = ({ root, member, maps }: Reference): boolean =>
  (root === "args" || isRequest(root)) && member === undefined && maps === undefined;

/** Of the call and the request: also what the levels rest on, where the call's class is asked for. */
function readsOf(conditions: readonly (Condition | undefined)[], tools: readonly Tool[]): readonly Reference[] {
  const found: Reference[] = [];
  const add = (reference: Reference): void => {
    if (reference.root === "args" || isRequest(reference.root)) found.push(reference);
  };
  for (const condition of conditions) if (condition !== undefined) visitReferences(condition, add);
  if (conditions.some((condition) => condition !== undefined && asksForClass(condition)))
    for (const tool of tools) for (const { when } of tool.cases) visitReferences(when, add);
  return found;
}

const asksForOutside = (conditions: readonly (Condition | undefined)[]): boolean =>
  conditions.some((condition) => JSON.stringify(condition, withoutBig)?.includes('"kind":"external"'));
const withoutBig = (_: string, value: unknown): unknown => (typeof value === "bigint" ? 0 : value);

/** Each once, whole, sorted by path. */
function inOrder(references: readonly Reference[]): readonly Reference[] {
  const found = new Map(references.map((reference) => [[reference.root, ...reference.path].join("."), reference]));
  return [...found].sort(([a], [b]) => byBytes(a, b)).map(([, reference]) => wholeField(reference));
}
