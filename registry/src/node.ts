/**
 * The catalogue from the files of this package, for Node. The only file of the package that reads anything.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PROVIDERS, type Provider } from "./action.ts";
import { type Catalogue, type CatalogueTexts, openCatalogue } from "./catalogue.ts";

interface Manifest {
  readonly version: string;
  readonly digest: string;
  readonly providers: Readonly<Partial<Record<Provider, { readonly actions: number; readonly source: string }>>>;
}

// Through the package's own name, so that it holds in a bundle as well.
const resolve = createRequire(import.meta.url).resolve;
const read = (file: string): string => readFileSync(resolve(`@thc/registry/data/${file}`), "utf8");

export function loadManifest(): Manifest {
  return JSON.parse(read("manifest.json")) as Manifest;
}

let loaded: Catalogue | undefined;

/** The packaged catalogue. A provider's file is read when it is first asked for. */
export function loadCatalogue(): Catalogue {
  if (loaded === undefined) {
    const { version, digest } = loadManifest();
    const texts: CatalogueTexts = Object.fromEntries(
      PROVIDERS.map((provider) => [provider, () => read(`${provider}.txt`)]),
    );
    loaded = openCatalogue(texts, { version, digest });
  }
  return loaded;
}
