/**
 * Facts that a live host would have sent with every event (`resource.env`, `principal.team`), which a record does not hold: given for all
 * runs, or in a run, which outweighs that. A path that the contract does not read is a mistake, not a fact to be ignored.
 */
import { type Contract, suggest, type Type } from "@thc/language";
import type { Manifest } from "@thc/runtime";
import { problem, type Read } from "../files/read.ts";
import { asPath, badValue } from "../reports/fault.ts";
import { name } from "../reports/words.ts";
import { isObject } from "./run.ts";

/** By path. */
export type Facts = Readonly<Record<string, unknown>>;

export interface KnownFacts {
  /** Undefined: only the module is at hand, which does not say of what type its facts are. */
  readonly types: ReadonlyMap<string, Type | undefined>;
  /** Unknown to the contract where nothing gives them, in order. */
  readonly needed: readonly string[];
}

const TEXT: Type = { kind: "text" };
const TEXTS: Type = { kind: "list", element: TEXT };
/** What a host may send whatever the contract declares. */
const SENT: readonly (readonly [string, Type])[] = [
  ["principal.team", TEXT],
  ["principal.roles", TEXTS],
  ["principal.scopes", TEXTS],
  ["context.cwd", TEXT],
  ["context.origin", TEXT],
  ["context.task", TEXT],
];
/** A module lists these among its facts; they are a matter of each call (`cost`, `tokens`, `elapsed` of a record). */
const FIGURES = ["context.cost", "context.tokens", "context.elapsed"];

type KeptBy = Pick<Manifest, "facts"> & { readonly state: Pick<Manifest["state"], "ledgers"> };

export function knownFacts(manifest: KeptBy, contract: Contract | undefined): KnownFacts {
  const declared = manifest.facts.filter(({ path }) => !FIGURES.includes(path));
  const types = new Map((contract?.facts ?? []).map(({ path, type }) => [path, type]));
  return {
    types: new Map([...SENT, ...declared.map(({ path }) => [path, types.get(path)] as const)]),
    needed: [
      ...declared.filter(({ required }) => required).map(({ path }) => path),
      // a budget per team denies where there is none
      ...((manifest.state.ledgers ?? []).some(({ ledger }) => ledger === "team") ? ["principal.team"] : []),
    ],
  };
}

/** `where`: what gave them, for the message. */
export function readFacts(given: unknown, { types }: KnownFacts, where: string): Read<Facts> {
  if (!isObject(given)) return problem(`${where} should be an object with values by path, as {"resource.env": "dev"}`);
  for (const [path, value] of Object.entries(given)) {
    if (!types.has(path)) return problem(`${where}: no fact ${name(path)}${whatThereIs(path, types)}`);
    const type = types.get(path);
    const fault = type === undefined ? undefined : badValue(type, value, asPath(path), "exact");
    if (fault !== undefined) return problem(`${where}: ${fault}`);
  }
  return { ok: true, value: given };
}

function whatThereIs(path: string, types: KnownFacts["types"]): string {
  const near = suggest(path, types.keys());
  return near === undefined ? `; there are ${[...types.keys()].map(name).join(", ")}` : `: did you mean ${name(near)}?`;
}

/** Those of the run outweigh those that are given for all. */
export function factsOf(run: { readonly facts?: unknown }, given: Facts, known: KnownFacts): Read<Facts> {
  if (run.facts === undefined) return { ok: true, value: given };
  const own = readFacts(run.facts, known, "`facts`");
  return own.ok ? { ok: true, value: { ...given, ...own.value } } : own;
}

/** As far as the contract knows them: of two versions one may. */
export const onlyKnown = (given: unknown, { types }: KnownFacts): Facts =>
  isObject(given) ? Object.fromEntries(Object.entries(given).filter(([path]) => types.has(path))) : {};

/** The members of one object of a request. */
export function membersOf(facts: Facts, root: "principal" | "action" | "resource" | "context"): object {
  const own = Object.entries(facts).filter(([path]) => path.startsWith(`${root}.`));
  return Object.fromEntries(own.map(([path, value]) => [path.slice(root.length + 1), value]));
}
