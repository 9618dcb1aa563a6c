/** What a call's class rests on: conditions of levels, and where its destinations lie (docs/semantics/tools.md, "The class of a call"). */
import type { Condition, Contract, Param, Reference, Tool } from "@thc/language";
import type { IrCases, IrCondition, IrRule } from "../ir/ir.ts";
import { lowerCondition, type Scope } from "./conditions.ts";
import { withoutOptional } from "./slots.ts";
import { variesOf } from "./variants.ts";

export function lowerCases(tool: Tool, scope: Scope): IrCases | undefined {
  const varies = variesOf(tool);
  if (varies === undefined) return undefined;
  const cases = tool.cases.map(({ level, when }) => ({ level, when: lowerCondition(when, scope) }));
  return { always: varies.always, cases, riskByLevel: tool.riskByLevel };
}

/** Undefined where no rule (`isAsked`) and nothing that the tool gives asks, and where it is the same for every call. */
export function lowerOutside(tool: Tool, contract: Contract, isAsked: boolean, scope: Scope): IrCondition | undefined {
  if (tool.external) return undefined;
  const dest = tool.params.filter((p) => p.dest);
  if (dest.length === 0) return undefined;
  const given = [...tool.gives.map(({ when }) => when), tool.trusted].filter((c) => c !== undefined);
  if (!isAsked && !given.some(isAboutExternal)) return undefined;
  return lowerCondition({ kind: "or", parts: dest.map((p) => isOutside(p, contract.inside)) }, scope);
}

/** Only a Host, a Url and an Email can be inside; everything else is outside as soon as it is there. */
function isOutside({ name, type }: Param, inside: readonly string[]): Parameters<typeof lowerCondition>[0] {
  const of = withoutOptional(type);
  const argument: Reference = {
    kind: "reference",
    root: "args",
    depth: 0,
    path: [name],
    member: undefined,
    type: of,
    optional: type.kind === "optional",
  };
  if (of.kind === "list") {
    const element: Reference = { ...argument, root: "element", path: [], type: withoutOptional(of.element) };
    const body = hostOf(element, inside) ?? ({ kind: "constant", value: true } as const);
    return { kind: "quantifier", quantifier: "any", depth: 0, lists: [argument], body };
  }
  const has = { kind: "has", value: argument } as const;
  const outside = hostOf(argument, inside);
  return outside === undefined ? has : { kind: "and", parts: [has, outside] };
}

function hostOf(value: Reference, inside: readonly string[]): Parameters<typeof lowerCondition>[0] | undefined {
  const host = { kind: "host" } as const;
  const read: Reference | undefined =
    value.type.kind === "host"
      ? value
      : value.type.kind === "url"
        ? { ...value, member: "url.host", type: host }
        : value.type.kind === "email"
          ? { ...value, member: "email.domain", type: host }
          : undefined;
  return read && { kind: "not", part: { kind: "host_in", item: read, patterns: inside } };
}

/** Does the rule ask where a call goes? */
export const asksForExternal = ({ when, narrowed, detail }: IrRule): boolean => {
  if (detail === undefined && narrowed.length === 0) return when !== undefined && mentions(when);
  const required = detail?.kind === "that" ? detail.condition : detail?.kind === "prior" ? detail.where : undefined;
  const lines = detail?.kind === "delegation" ? detail.lines : [];
  const admitted = lines.flatMap((line) => [line.when, ...line.narrowed.map((n) => n.condition)]);
  return [when, required, ...admitted, ...narrowed.map((n) => n.condition)].some((c) => c !== undefined && mentions(c));
};

function isAboutExternal(c: Condition): boolean {
  switch (c.kind) {
    case "and":
    case "or":
      return c.parts.some(isAboutExternal);
    case "not":
      return isAboutExternal(c.part);
    case "quantifier":
      return isAboutExternal(c.body);
    default:
      return c.kind === "external";
  }
}

function mentions(c: IrCondition): boolean {
  switch (c.op) {
    case "and":
    case "or":
      return c.parts.some(mentions);
    case "not":
      return mentions(c.part);
    case "quantifier":
      return mentions(c.body);
    default:
      return c.op === "external";
  }
}
