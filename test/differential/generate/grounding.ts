/** `require grounded`: arguments and the tokens in them, and every kind of source that fits their class. */
import type { Contract, GroundedValue, Reference, Source, Type } from "../../reference/contract.ts";
import { classOf, classOfValue, type GroundingClass } from "../../reference/grounding/class.ts";
import type { Random } from "../random.ts";
import { join, ofArguments, ofRequest } from "./references.ts";

type ResultSource = Extract<Source, { kind: "result" }>;

export function makeGrounding(
  contract: Contract,
  targets: readonly number[],
  random: Random,
): { readonly values: readonly GroundedValue[]; readonly sources: readonly Source[] } | undefined {
  const args = ofArguments(contract, targets);
  const has = (name: string) =>
    contract.tools.some((t, i) => targets.includes(i) && t.params.some((p) => p.name === name));
  const whole = [...args.scalars, ...args.lists].filter(
    (r) => r.member === undefined && r.maps === undefined && canBeGrounded(r.type),
  );
  const texts = [...args.scalars, ...args.lists].filter(
    (r) => r.member === undefined && r.maps === undefined && isText(r.type),
  );
  const blobs = [
    ...(has("blob") ? [wholeOf("blob", { kind: "json" }, contract, targets)] : []),
    ...(has("env") ? [wholeOf("env", { kind: "map", value: { kind: "text" } }, contract, targets)] : []),
  ];
  const values: readonly GroundedValue[] = [
    ...whole.map((reference) => ({ reference, tokens: undefined })),
    ...[...texts, ...blobs].flatMap((reference) => [
      { reference, tokens: "urls" as const },
      { reference, tokens: "emails" as const },
    ]),
  ];
  if (values.length === 0) return undefined;
  const first = random.pick(values);
  const kind = groundingKind(first);
  const chosen = random.some(
    values.filter((v) => groundingKind(v) === kind),
    2,
  );
  const sources = sourcesFor(contract, classOfValue(first), kind, random);
  return { values: chosen, sources };
}

function wholeOf(name: string, type: Type, contract: Contract, targets: readonly number[]): Reference {
  const params = targets.map((i) => contract.tools[i]!.params.find((p) => p.name === name)?.type);
  const optional = params.some((type) => type === undefined || type.kind === "optional");
  return {
    kind: "reference",
    root: "args",
    depth: 0,
    path: [name],
    member: undefined,
    type,
    optional,
  };
}

function sourcesFor(contract: Contract, of: GroundingClass, kind: string, random: Random): readonly Source[] {
  const places = contract.tools.flatMap((tool, rank) =>
    tool.returns === undefined ? [] : placesIn(tool.returns, []).map((place) => ({ ...place, tool: rank })),
  );
  const fitting = places.flatMap((place): readonly Omit<ResultSource, "namedBy">[] => {
    const own = kindOfType(place.type);
    const plain = { kind: "result" as const, ...place, contains: false };
    const searched = place.type.kind === "text" ? [{ ...plain, contains: true }] : [];
    const isBareText = place.path.length === 0 && place.type.kind === "text";
    const isEqual = own === kind || (own === "host" && of === "url");
    return isEqual && !isBareText ? [plain, ...searched] : searched;
  });
  const results = fitting.length > 0 && random.chance(0.85) ? random.some(fitting, 3) : [];
  const named = results.map((source): Source => ({ ...source, namedBy: nameFor(contract, source.tool, random) }));
  const own = [
    ...(random.chance(0.25) ? selfFor(contract, of) : []),
    ...(random.chance(0.3) ? askedFor(contract, of, kind, random) : []),
  ];
  const user: readonly Source[] = named.length + own.length === 0 || random.chance(0.6) ? [{ kind: "user" }] : [];
  return distinct([...user, ...own, ...named]);
}

function nameFor(contract: Contract, tool: number, random: Random): string | undefined {
  const names = contract.tools[tool]!.params.filter((p) => canBeGrounded(p.type));
  return names.length > 0 && random.chance(0.25) ? random.pick(names).name : undefined;
}

/** As the checker finds them: the principal's id and facts, of the class, identifiers only. */
function selfFor(contract: Contract, of: GroundingClass): readonly Source[] {
  if (of === "number") return [];
  const own = ofRequest({ ...contract, facts: contract.facts.filter((f) => f.root === "principal") });
  const identifiers = join(own).scalars.filter(
    (r) =>
      r.root === "principal" &&
      r.member === undefined &&
      ["email", "url", "host", "id"].includes(r.type.kind) &&
      (classOf(r.type) === of || (r.type.kind === "id" && of === "text")),
  );
  return identifiers.length === 0 ? [] : [{ kind: "self", identifiers }];
}

/** Arguments of tools that give trusted. */
function askedFor(contract: Contract, of: GroundingClass, kind: string, random: Random): readonly Source[] {
  const all = contract.tools.flatMap((tool, rank) =>
    tool.trusted === undefined
      ? []
      : tool.params
          .filter((p) => canBeGrounded(p.type))
          .map(({ name, type }) => ({ kind: "argument" as const, tool: rank, name, type: inner(type) })),
  );
  const fitting = all.filter((s) => kindOfType(s.type) === kind || (s.type.kind === "host" && of === "url"));
  return fitting.length === 0 ? [] : random.some(fitting, 2);
}

function inner(type: Type): Type {
  return type.kind === "list" ? inner(type.element) : type.kind === "optional" ? inner(type.of) : type;
}

function distinct(sources: readonly Source[]): readonly Source[] {
  const key = (s: Source) =>
    s.kind === "result"
      ? JSON.stringify([s.tool, s.path, s.contains, s.namedBy])
      : s.kind === "argument"
        ? `${s.tool}@${s.name}`
        : s.kind;
  return sources.filter((s, i) => sources.findIndex((other) => key(other) === key(s)) === i);
}

function placesIn(type: Type, path: readonly string[]): readonly { path: readonly string[]; type: Type }[] {
  switch (type.kind) {
    case "optional":
      return placesIn(type.of, path);
    case "list":
      return placesIn(type.element, path);
    case "record":
      return type.fields.flatMap((f) => placesIn(f.type, [...path, f.name]));
    default:
      return canBeGrounded(type) ? [{ path, type }] : [];
  }
}

function isText(type: Type): boolean {
  return (
    type.kind === "text" ||
    ((type.kind === "list" || type.kind === "optional") && isText(type.kind === "list" ? type.element : type.of))
  );
}

function canBeGrounded(type: Type): boolean {
  if (type.kind === "list" || type.kind === "optional")
    return canBeGrounded(type.kind === "list" ? type.element : type.of);
  const never = [
    "bool",
    "json",
    "map",
    "union",
    "record",
    "sql",
    "cloud_action",
    "ip",
    "account",
    "command",
    "date",
    "time",
    "duration",
  ];
  return !never.includes(type.kind);
}

/** Amounts of different currencies do not ground each other, nor plain numbers. */
function groundingKind(value: GroundedValue): string {
  return value.tokens === undefined ? kindOfType(value.reference.type) : classOfValue(value);
}

function kindOfType(type: Type): string {
  if (type.kind === "list") return kindOfType(type.element);
  return type.kind === "money" ? type.currency : classOf(type);
}
