/**
 * What `models` and `hosts` of an agent are short for: a denial inside that agent, under a name that does not change. Of `model.invoke`
 * for a model that no glob matches; of a call that names a host outside of the list in a Url or Host argument. Unknown denies.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Names, RuleEntry } from "../resolve/names.ts";
import { canonicalHostPattern } from "./canonical/host.ts";
import type { Condition, Reference, Rule, Tool, Type } from "./contract.ts";
import { mapList } from "./references.ts";
import { isPlainText, recordOf, sameType, showType, stripOptional } from "./type.ts";

export const MODEL_TOOL = "model.invoke";

/** Indexes of the tools that the line has something to say about. */
export function limitedTools(kind: "models" | "hosts", tools: readonly Tool[]): readonly number[] {
  const isLimited = ({ name, params }: Tool): boolean =>
    kind === "models" ? name === MODEL_TOOL : params.some((param) => namesHosts(param.type));
  return tools.flatMap((tool, i) => (isLimited(tool) ? [i] : []));
}

/** Undefined when it was reported. */
export function typeLimit(entry: RuleEntry, names: Names, report: Report): Rule | undefined {
  const { origin, span, name } = entry;
  if (origin.kind === "written" || origin.kind === "delegate" || origin.kind === "share") return undefined;
  const targets = limitedTools(origin.kind, names.tools);
  const tools = targets.map((i) => names.tools[i]!);
  const texts = origin.values.map(({ value }) => value);
  const when = origin.kind === "models" ? otherModel(tools[0]!, texts, span, report) : outside(tools, texts);
  const agent = names.agentIndex.get(entry.agent ?? "");
  if (when === undefined || agent === undefined) return undefined;
  return {
    kind: "deny",
    name,
    targets,
    narrowed: [],
    agent,
    because: undefined,
    suggest: undefined,
    maps: [],
    span,
    when,
  };
}

function otherModel(
  tool: Tool,
  globs: readonly string[],
  span: RuleEntry["span"],
  report: Report,
): Condition | undefined {
  const param = tool.params.find(({ name }) => name === "model");
  const type = param && stripOptional(param.type);
  if (type === undefined || !isPlainText(type)) {
    const message =
      type === undefined
        ? `\`${MODEL_TOOL}\` has no argument \`model\``
        : `the argument \`model\` of \`${MODEL_TOOL}\` is ${showType(type)}, not a text`;
    const help = didYouMean(
      "model",
      tool.params.map(({ name }) => name),
    );
    const related = [{ span: tool.span, text: "declared here" }];
    return void report(error("THC2062", message, span, "limits it", { help, related }));
  }
  const item = argument("model", type, param!.type.kind === "optional");
  return { kind: "not", part: { kind: "matches", item, style: "text", globs: distinct(globs) } };
}

/** Some Url or Host argument of the call, whole or in a list or record, names another host. */
function outside(tools: readonly Tool[], hosts: readonly string[]): Condition {
  const patterns = distinct(hosts.map((host) => canonicalHostPattern(host)!));
  const parts: Condition[] = [];
  const seen: { readonly name: string; readonly type: Type }[] = [];
  for (const { params } of tools) {
    for (const { name, type: declared } of params) {
      const type = stripOptional(declared);
      if (!namesHosts(type) || seen.some((other) => other.name === name && sameType(other.type, type))) continue;
      seen.push({ name, type });
      // a tool without this argument, or with another of its name, reads it absent
      const isEverywhere = tools.every((tool) =>
        tool.params.some((param) => param.name === name && sameType(param.type, type)),
      );
      parts.push(...outsideOf(argument(name, type, !isEverywhere), type, patterns, 0));
    }
  }
  return parts.length === 1 ? parts[0]! : { kind: "or", parts };
}

function outsideOf(value: Reference, type: Type, patterns: readonly string[], depth: number): Condition[] {
  const asked = (part: Condition): Condition =>
    value.optional ? { kind: "and", parts: [{ kind: "has", value }, part] } : part;
  switch (type.kind) {
    case "url": {
      const host: Reference = { ...value, member: "url.host", type: { kind: "host" } };
      return [asked({ kind: "not", part: { kind: "host_in", item: host, patterns } })];
    }
    case "host":
      return [asked({ kind: "not", part: { kind: "host_in", item: value, patterns } })];
    case "map":
      return outsideOf(mapList(value, "map.values"), { kind: "list", element: type.value }, patterns, depth);
    case "list": {
      const element = stripOptional(type.element);
      const inner: Reference = {
        kind: "reference",
        root: "element",
        depth,
        path: [],
        member: undefined,
        type: element,
        optional: type.element.kind === "optional",
      };
      const found = outsideOf(inner, element, patterns, depth + 1);
      const body: Condition = found.length === 1 ? found[0]! : { kind: "or", parts: found };
      return [{ kind: "quantifier", quantifier: "any", depth, lists: [value], body }];
    }
    case "union":
      return outsideOf(value, recordOf(type), patterns, depth);
    case "record":
      return type.fields
        .filter((field) => namesHosts(field.type))
        .flatMap((field) => {
          const optional = value.optional || field.type.kind === "optional";
          const inner = stripOptional(field.type);
          const below: Reference = { ...value, path: [...value.path, field.name], type: inner, optional };
          return outsideOf(below, inner, patterns, depth);
        });
    default:
      return [];
  }
}

function namesHosts(type: Type): boolean {
  switch (type.kind) {
    case "url":
    case "host":
      return true;
    case "optional":
      return namesHosts(type.of);
    case "list":
      return namesHosts(type.element);
    case "map":
      return namesHosts(type.value);
    case "union":
      return namesHosts(recordOf(type));
    case "record":
      return type.fields.some((field) => namesHosts(field.type));
    default:
      return false;
  }
}

const argument = (name: string, type: Type, optional: boolean): Reference => ({
  kind: "reference",
  root: "args",
  depth: 0,
  path: [name],
  member: undefined,
  type: stripOptional(type),
  optional,
});
const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
