/** What kind of token can ground a value, and what a contract asks for (docs/semantics/grounding.md, "What is recorded"). */
import type { Contract, GroundedValue, RequireGrounded, Source, Type } from "../contract.ts";

export type GroundingClass = "email" | "url" | "host" | "id" | "number" | "text";
/** Beside the classes of values: amounts written in minor units, single words of what is searched, hosts that could ground a Url. */
export type TraceClass = GroundingClass | "amount" | "word" | "site";

/** Of a scalar, or of a list's elements. Money and plain numbers share a class here: the checker keeps them apart. */
export function classOf(type: Type): GroundingClass {
  switch (type.kind) {
    case "email":
    case "url":
    case "host":
    case "id":
      return type.kind;
    case "int":
    case "decimal":
    case "money":
      return "number";
    case "text":
    case "path":
    case "literals":
      return "text";
    case "list":
      return classOf(type.element);
    case "optional":
      return classOf(type.of);
    default:
      throw new Error(`a value of type ${type.kind} cannot be grounded`);
  }
}

export function classOfValue({ reference, tokens }: GroundedValue): GroundingClass {
  return tokens === undefined ? classOf(reference.type) : tokens === "urls" ? "url" : "email";
}

export function isMoney(type: Type): boolean {
  return type.kind === "list"
    ? isMoney(type.element)
    : type.kind === "optional"
      ? isMoney(type.of)
      : type.kind === "money";
}

/** The same contract is asked in every event: what only it decides is found once. */
function once<K extends object, V>(find: (of: K) => V): (of: K) => V {
  const found = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = found.get(of) ?? { value: find(of) };
    found.set(of, before);
    return before.value;
  };
}

/** One source of one class: where tokens are recorded under. */
export interface Place {
  readonly key: string;
  readonly tool: number;
  readonly path: readonly string[];
  readonly contains: boolean;
  readonly class: GroundingClass;
  readonly money: boolean;
  readonly namedBy: string | undefined;
  /** Of the call instead of its result. */
  readonly argument: string | undefined;
}

function placesOfSource(source: Source, values: readonly GroundedValue[]): readonly Place[] {
  if (source.kind === "argument") {
    const { tool, name, type } = source;
    const of = { tool, path: [], contains: false, class: classOf(type), money: isMoney(type), namedBy: undefined };
    return [{ key: JSON.stringify([tool, "@", name]), ...of, argument: name }];
  }
  if (source.kind !== "result") return [];
  const { tool, path, contains, namedBy } = source;
  const classes = contains ? [...new Set(values.map(classOfValue))] : [classOf(source.type)];
  const money = contains ? values.some((v) => isMoney(v.reference.type)) : isMoney(source.type);
  return classes.map((kind) => ({
    key: JSON.stringify([tool, path, contains, kind, namedBy ?? null]),
    ...{ tool, path, contains, class: kind, money, namedBy, argument: undefined },
  }));
}

export const placesOf = once((rule: RequireGrounded): readonly Place[] => {
  return rule.sources.flatMap((source) => placesOfSource(source, rule.values));
});

export function groundingRules(contract: Contract): readonly RequireGrounded[] {
  return contract.rules.filter((rule) => rule.kind === "require_grounded");
}

/** Each once, in the order in which the rules name them first. */
export const allPlaces = once((contract: Contract): readonly Place[] => {
  const found = new Map<string, Place>();
  for (const place of groundingRules(contract).flatMap(placesOf)) {
    const known = found.get(place.key);
    found.set(place.key, known === undefined ? place : { ...known, money: known.money || place.money });
  }
  return [...found.values()];
});

/** The classes of what the user's messages are remembered for. */
export const classesKept = once((contract: Contract): ReadonlySet<GroundingClass> => {
  const asked = groundingRules(contract).flatMap((rule) => rule.values.map(classOfValue));
  const naming = allPlaces(contract).flatMap(({ tool, namedBy }) =>
    namedBy === undefined ? [] : [classOf(contract.tools[tool]!.params.find((p) => p.name === namedBy)!.type)],
  );
  return new Set([...asked, ...naming]);
});

/** The classes that a `contains` looks for, words with texts. */
export const searchedClasses = once((contract: Contract): ReadonlySet<TraceClass> => {
  const searched = allPlaces(contract).flatMap((place) => (place.contains ? [place.class] : []));
  return new Set<TraceClass>([...searched, ...(searched.includes("text") ? (["word"] as const) : [])]);
});

/** Does any amount stand in minor units on the wire? Then a number may be meant as one. */
export const hasMinorAmounts = once((contract: Contract): boolean => {
  const isMinor = (type: Type): boolean => {
    if (type.kind === "list") return isMinor(type.element);
    if (type.kind === "optional") return isMinor(type.of);
    if (type.kind === "map") return isMinor(type.value);
    if (type.kind === "union") return type.cases.some((each) => isMinor(each.type));
    if (type.kind === "record") return type.fields.some((field) => isMinor(field.type));
    return type.kind === "money" && type.minor;
  };
  return contract.tools.some(
    (tool) => tool.params.some((p) => isMinor(p.type)) || (tool.returns !== undefined && isMinor(tool.returns)),
  );
});

/** A rule whose marks count: it has a source that is a result. Rules from the 24th on share one mark. */
export interface View {
  readonly rule: RequireGrounded;
  readonly mark: number;
  readonly classes: ReadonlySet<TraceClass>;
}
const OWN_MARKS = 23;

export const viewsOf = once((contract: Contract): readonly View[] => {
  const minor = hasMinorAmounts(contract);
  const searched = searchedClasses(contract);
  return groundingRules(contract)
    .filter((rule) => rule.sources.some((source) => source.kind === "result" || source.kind === "argument"))
    .map((rule, i) => {
      const classes = new Set<TraceClass>(rule.values.map(classOfValue));
      if (minor && rule.values.some((v) => isMoney(v.reference.type))) classes.add("amount");
      if (classes.has("text") && searched.has("word")) classes.add("word");
      if (classes.has("url")) classes.add("site");
      return { rule, mark: Math.min(i, OWN_MARKS), classes };
    });
});
