/**
 * Destinations that nobody looks at: an external tool that marks none, or whose destinations no rule reads, although a rule lets it
 * through. Either way nothing of the contract says where data may go. Warnings; tools of one import are named together.
 */
import { type Report, warning } from "../diagnostics/diagnostic.ts";
import { someNames } from "../resolve/imports.ts";
import type { Names } from "../resolve/names.ts";
import type { Span } from "../source.ts";
import type { Condition, Rule, Tool } from "../types/contract.ts";
import { MODEL_TOOL } from "../types/limits.ts";

/** Lists that are derived of destinations among others. */
const DERIVED: readonly string[] = ["hosts", "emails"];

export function reportDestinations(
  rules: readonly Rule[],
  { tools, imports, classified }: Names,
  report: Report,
): void {
  const allowed = new Set(rules.flatMap((rule) => (rule.kind === "allow" ? rule.targets : [])));
  // by tool, as a contract may have thousands of both
  const readsAll = new Set<number>();
  const readNames = new Map<number, Set<string>>();
  const conditions = new Map<Condition, Read>();
  for (const rule of rules) {
    const { names, all } = readBy(rule, conditions);
    if (all) for (const tool of rule.targets) readsAll.add(tool);
    if (names.size === 0) continue;
    for (const tool of rule.targets) {
      const known = readNames.get(tool);
      if (known === undefined) readNames.set(tool, new Set(names));
      else for (const name of names) known.add(name);
    }
  }
  const unmarked: Tool[] = [];
  const unread: Tool[] = [];
  tools.forEach((tool, i) => {
    // an unclassified tool is external by default, which has a warning of its own; a model's call goes to its provider
    const isUnsaid = tool.definition !== undefined && !classified.has(tool.name);
    if (!tool.external || !allowed.has(i) || isUnsaid || tool.name === MODEL_TOOL) return;
    const dest = tool.params.filter((param) => param.dest);
    if (readsAll.has(i)) return;
    if (dest.length === 0) unmarked.push(tool);
    else if (!dest.some(({ name }) => readNames.get(i)?.has(name) === true)) unread.push(tool);
  });
  for (const [all, [one, many], help] of [
    [unmarked, UNMARKED, "mark the arguments that say where something goes with `dest`"],
    [unread, UNREAD, "let a rule read its destinations: `require grounded destinations in user for …`"],
  ] as const) {
    const warn = (names: string, isOne: boolean, span: Span): void =>
      report(warning("THC4011", `${names} ${isOne ? one : many}`, span, "no rule looks at it", { help }));
    for (const tool of all) if (tool.definition === undefined) warn(`\`${tool.name}\``, true, tool.span);
    for (const { alias } of imports) {
      const own = all.filter((tool) => tool.definition !== undefined && tool.name.startsWith(`${alias.text}.`));
      if (own.length > 0) warn(someNames(own.map((tool) => tool.name)), own.length === 1, alias.span);
    }
  }
}

const UNMARKED = ["does not say where it sends", "do not say where they send"] as const;
const UNREAD = ["sends wherever the agent says", "send wherever the agent says"] as const;

/** Parts of a rule that read nothing. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["targets", "span", "type"]);

/** Names of arguments that a rule reads; `all`: it asks for whatever is a destination. */
interface Read {
  readonly names: ReadonlySet<string>;
  readonly all: boolean;
}

/** `conditions`: of those that were looked at before, as many rules have them in common. */
function readBy(rule: Rule, conditions: Map<Condition, Read>): Read {
  const { when, ...rest } = rule as Rule & { readonly when?: Condition };
  const own = readOf(rest);
  if (when === undefined) return own;
  let read = conditions.get(when);
  if (read === undefined) {
    read = readOf(when);
    conditions.set(when, read);
  }
  if (own.names.size === 0) return own.all && !read.all ? { names: read.names, all: true } : read;
  return { names: new Set([...own.names, ...read.names]), all: own.all || read.all };
}

function readOf(part: unknown): Read {
  const names = new Set<string>();
  let all = false;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { kind, root, path } = value as { kind?: unknown; root?: unknown; path?: readonly string[] };
      if (kind === "external") all = true;
      if (kind === "reference" && root === "args") names.add(path![0]!);
      if (kind === "reference" && root === "action" && DERIVED.includes(path![0]!)) all = true;
      for (const name in value) if (!SAYS_NOTHING.has(name)) visit((value as Readonly<Record<string, unknown>>)[name]);
    }
  };
  visit(part);
  return { names, all };
}
