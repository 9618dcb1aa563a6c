/**
 * What the contract adds to a decision, when it is at hand and not only its module: what else an earlier call must be, where a value may come
 * from, what makes the call external. Words for people; nothing here decides.
 */
import type { Contract, EvidenceKey, GroundingSource, Reference } from "@thc/language";
import type { Decision } from "@thc/runtime";
import { writeDuration } from "../testing/compare.ts";
import { name, names } from "./words.ts";

const ruleNamed = (contract: Contract | undefined, rule: string) => contract?.rules.find((one) => one.name === rule);

/** Of a `require prior`: keys that look into a result, and the rest that has to hold. */
export function moreOfPrior(contract: Contract | undefined, rule: string): string {
  const found = ruleNamed(contract, rule);
  if (found?.kind !== "require_prior") return "";
  const keys = found.keys.filter(({ prior }) => prior.root !== "prior_args").map(writeKey);
  const within = found.within === undefined ? [] : [`at most ${writeDuration(found.within)} ago`];
  const where = found.where === undefined ? [] : ["such that its `where` is true"];
  const all = [...keys, ...within, ...where];
  return all.length === 0 ? "" : `, ${all.join(", ")}`;
}

function writeKey({ current, prior, isIn }: EvidenceKey): string {
  const place = [prior.root.replace("_", "."), ...prior.path].join(".");
  return `whose ${name(place)} ${isIn ? "holds" : "is"} this call's ${name(current.path.join("."))}`;
}

/** Of each `require grounded` that decided. */
export function groundingHints(contract: Contract | undefined, { rules }: Decision): readonly string[] {
  return rules.flatMap((rule) => {
    const found = ruleNamed(contract, rule);
    if (contract === undefined || found?.kind !== "require_grounded") return [];
    const values = [...new Set(found.values.map(({ reference }) => writeValue(reference)))];
    return [`${name(rule)} wants ${names(values)} from ${sourcesOf(contract, rule)}`];
  });
}

/** Where a value may come from, and what does not count there; empty: no such rule. */
export function sourcesOf(contract: Contract, rule: string): string {
  const found = ruleNamed(contract, rule);
  if (found?.kind !== "require_grounded") return "";
  const sources = found.sources.map((source) => writeSource(source, contract)).join(" or ");
  const isOfResult = found.sources.some(({ kind }) => kind === "result");
  return isOfResult ? `${sources}; not if the agent wrote it first, or the result only repeats its call` : sources;
}

const writeValue = ({ path }: Reference): string => path.join(".");

function writeSource(source: GroundingSource, { tools }: Contract): string {
  switch (source.kind) {
    case "user":
      return "the user";
    case "self":
      return "what the host knows of the principal";
    case "result": {
      const field = name([tools[source.tool]!.name, ...source.path].join("."));
      const inText = source.contains ? `the text of ${field}` : field;
      return source.namedBy === undefined ? inText : `${inText} where the user said its ${name(source.namedBy)}`;
    }
    case "argument":
      return `what ${name(tools[source.tool]!.name)} was asked with as ${name(source.name)}`;
  }
}

/** Behind the levels of a call: what its tool is beside them. */
export function writeFlags(contract: Contract | undefined, request: Uint8Array): string {
  const tool = contract?.tools.find((each) => each.name === toolOf(request));
  if (tool === undefined || contract === undefined) return "";
  const places = tool.params.filter(({ dest }) => dest).map((param) => param.name);
  const external = tool.external
    ? ["external"]
    : places.length === 0
      ? []
      : [`external where ${names(places)} lies outside`];
  const flags = [...external, ...(tool.irreversible ? ["irreversible"] : [])];
  return flags.map((flag) => `, ${flag}`).join("");
}

function toolOf(request: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(request)).action?.tool;
  } catch {
    return undefined;
  }
}
