/**
 * The catalogue: every action that is known, found by its exact name.
 *
 * INVARIANT: a name is found only when the very same name (letter case aside, where the provider ignores it) was put in.
 * There is no default level, no prefix match and no hash: what is not found is unknown, and unknown denies.
 */

import { PROVIDERS, type Provider } from "./action.ts";
import { type Entry, parseCatalogue } from "./catalogue-text.ts";
import { curatedRow } from "./classify/curated.ts";
import { asciiLower, ignoresCase, keyOf } from "./name.ts";

/** What goes into module and audit record. The digest is `sha256:` and hex, over `digestInput`. */
export interface CatalogueIdentity {
  readonly version: string;
  readonly digest: string;
}

export interface Catalogue {
  readonly identity: CatalogueIdentity;
  find(name: string): Entry | undefined;
  providers(): readonly Provider[];
  /** Service ids of a provider, sorted. */
  services(provider: Provider): readonly string[];
  /** All actions of a provider, or of one of its services . */
  entries(provider: Provider, service?: string): readonly Entry[];
}

/** A provider's text, as a value or read when it is first needed. */
export type CatalogueTexts = Partial<Readonly<Record<Provider, string | (() => string)>>>;

interface Shelf {
  readonly byKey: ReadonlyMap<string, Entry>;
  readonly byService: ReadonlyMap<string, readonly Entry[]>;
  readonly all: readonly Entry[];
}

function shelve(entries: readonly Entry[]): Shelf {
  const byKey = new Map<string, Entry>();
  const byService = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry.name);
    const other = byKey.get(key);
    // Two spellings of one action (Azure has 33) say the same; anything else is a bug in the data.
    if (other !== undefined && (other.name === entry.name || other.level !== entry.level)) {
      throw new Error(`the registry holds ${entry.name} twice`);
    }
    if (other === undefined) byKey.set(key, entry);
    const service = serviceKey(entry.provider, entry.service);
    const list = byService.get(service);
    if (list === undefined) byService.set(service, [entry]);
    else list.push(entry);
  }
  return { byKey, byService, all: entries };
}

/** Azure writes `microsoft.insights` and `Microsoft.Insights`: one service. */
function serviceKey(provider: Provider, service: string): string {
  return ignoresCase(provider) ? asciiLower(service) : service;
}

/** The rows' reasons are not in the data files; they are added when an entry is asked for. */
function withReason(entry: Entry): Entry {
  const because = entry.rule === "curated" ? curatedRow(keyOf(entry.name))?.because : undefined;
  return because === undefined ? entry : { ...entry, because };
}

export function openCatalogue(texts: CatalogueTexts, identity: CatalogueIdentity): Catalogue {
  const shelves = new Map<Provider, Shelf>();
  const shelfOf = (provider: Provider): Shelf | undefined => {
    const text = texts[provider];
    if (text === undefined) return undefined;
    let shelf = shelves.get(provider);
    if (shelf === undefined) {
      shelf = shelve(parseCatalogue(provider, typeof text === "string" ? text : text()));
      shelves.set(provider, shelf);
    }
    return shelf;
  };
  return catalogueOver(
    shelfOf,
    PROVIDERS.filter((provider) => texts[provider] !== undefined),
    identity,
  );
}

/** A catalogue from entries that are already read (overlays, tests). */
export function catalogueOf(entries: readonly Entry[], identity: CatalogueIdentity): Catalogue {
  const shelves = new Map<Provider, Shelf>();
  for (const provider of PROVIDERS) {
    const own = entries.filter((entry) => entry.provider === provider);
    if (own.length > 0) shelves.set(provider, shelve(own));
  }
  return catalogueOver((provider) => shelves.get(provider), [...shelves.keys()], identity);
}

function catalogueOver(
  shelfOf: (provider: Provider) => Shelf | undefined,
  providers: readonly Provider[],
  identity: CatalogueIdentity,
): Catalogue {
  return {
    identity,
    providers: () => providers,
    find(name) {
      const provider = PROVIDERS.find((each) => name.startsWith(`${each}:`));
      if (provider === undefined) return undefined;
      const found = shelfOf(provider)?.byKey.get(keyOf(name));
      return found === undefined ? undefined : withReason(found);
    },
    services: (provider) => [...(shelfOf(provider)?.byService.values() ?? [])].map((list) => list[0]!.service).sort(),
    entries(provider, service) {
      const shelf = shelfOf(provider);
      if (shelf === undefined) return [];
      return service === undefined ? shelf.all : (shelf.byService.get(serviceKey(provider, service)) ?? []);
    },
  };
}

/** What the digest is taken over: the providers' texts in the order of their names, each behind a line with its name. */
export function digestInput(texts: Readonly<Partial<Record<Provider, string>>>): string {
  return PROVIDERS.filter((provider) => texts[provider] !== undefined)
    .map((provider) => `${provider}\n${texts[provider]}`)
    .join("\n");
}

/** Finds a service by its id or its short form: `compute` for `Microsoft.Compute`, `rbac` for `rbac.authorization.k8s.io`. */
export function findService(catalogue: Catalogue, provider: Provider, word: string): string | undefined {
  const wanted = asciiLower(word);
  const services = catalogue.services(provider);
  const exact = services.find((service) => asciiLower(service) === wanted);
  if (exact !== undefined) return exact;
  if (provider === "azure") return services.find((service) => asciiLower(service) === `microsoft.${wanted}`);
  if (provider !== "kubernetes") return undefined;
  const short = services.filter((service) => service.split(".")[0] === wanted);
  return short.length === 1 ? short[0] : undefined;
}
