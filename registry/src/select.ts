/**
 * Which actions a contract means: exact names, globs (`aws:s3:Get*`) and whole services (`aws.{s3, ec2}`, `aws.*`).
 *
 * A glob is expanded when the contract is compiled, so an action that a provider adds later is not covered silently; its
 * level is the highest that it matches. `*` stands for any run of characters, and there is nothing else.
 */

import { highest, type Level, type Provider } from "./action.ts";
import { type Catalogue, findService } from "./catalogue.ts";
import type { Entry } from "./catalogue-text.ts";
import { asciiLower, ignoresCase, isProvider } from "./name.ts";
import { nearActions, nearest } from "./near.ts";

export type Selector =
  | { readonly kind: "pattern"; readonly text: string }
  | { readonly kind: "service"; readonly provider: string; readonly service: string }
  | { readonly kind: "provider"; readonly provider: string };

/** Letters that two services share by more than chance. */
const ENOUGH_TO_KNOW = 5;

export type Selection =
  | { readonly ok: true; readonly entries: readonly Entry[]; readonly level: Level }
  | { readonly ok: false; readonly nearest: readonly string[] };

/** Matches in time linear in text × stars, by stepping back to the last star only. */
export function globMatches(glob: string, text: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (from < text.length) {
    if (at < glob.length && glob.charAt(at) === "*") {
      star = at;
      resume = from;
      at += 1;
    } else if (at < glob.length && glob.charCodeAt(at) === text.charCodeAt(from)) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      from = resume;
    } else return false;
  }
  while (at < glob.length && glob.charAt(at) === "*") at += 1;
  return at === glob.length;
}

function selected(entries: readonly Entry[], nearestNames: () => readonly string[]): Selection {
  const level = highest(entries.map((entry) => entry.level));
  return level === undefined ? { ok: false, nearest: nearestNames() } : { ok: true, entries, level };
}

function byPattern(catalogue: Catalogue, text: string): Selection {
  if (!text.includes("*")) {
    const found = catalogue.find(text);
    return selected(found === undefined ? [] : [found], () => nearActions(catalogue, text));
  }
  const provider = text.slice(0, Math.max(0, text.indexOf(":")));
  if (!isProvider(provider)) return { ok: false, nearest: [] };
  const fold = ignoresCase(provider) ? asciiLower : (word: string) => word;
  const glob = fold(text);
  return selected(
    catalogue.entries(provider).filter((entry) => globMatches(glob, fold(entry.name))),
    () => [],
  );
}

function byService(catalogue: Catalogue, provider: Provider, word: string): Selection {
  const service = findService(catalogue, provider, word);
  if (service === undefined) return { ok: false, nearest: nearServices(catalogue.services(provider), word) };
  return selected(catalogue.entries(provider, service), () => []);
}

/** By spelling; else those that begin alike, `ContainerService` for `containers`. */
function nearServices(services: readonly string[], word: string): readonly string[] {
  const short = services.map((service) => service.replace(/^microsoft\./i, ""));
  const near = nearest(word, short, 3);
  const beginning = asciiLower(word).slice(0, ENOUGH_TO_KNOW);
  if (near.length > 0 || beginning.length < ENOUGH_TO_KNOW) return near;
  return short.filter((service) => asciiLower(service).startsWith(beginning)).slice(0, 3);
}

/** The actions of one selector; nothing selected is a failure, never an empty success. */
export function selectActions(catalogue: Catalogue, selector: Selector): Selection {
  if (selector.kind === "pattern") return byPattern(catalogue, selector.text);
  if (!isProvider(selector.provider))
    return { ok: false, nearest: nearest(selector.provider, catalogue.providers(), 3) };
  if (selector.kind === "service") return byService(catalogue, selector.provider, selector.service);
  return selected(catalogue.entries(selector.provider), () => []);
}
