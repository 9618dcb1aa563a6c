/**
 * The catalogue from the files of this package, for Node. The only file of the package that reads anything.
 */

import { readFileSync } from "node:fs";
import { PROVIDERS, type Provider } from "./action.ts";
import { type Catalogue, type CatalogueTexts, openCatalogue } from "./catalogue.ts";

interface Manifest {
  readonly version: string;
  readonly digest: string;
  readonly providers: Readonly<Partial<Record<Provider, { readonly actions: number; readonly source: string }>>>;
}

const DATA = new URL("../data/", import.meta.url);
const readManifest = (folder: URL): Manifest =>
  JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as Manifest;

export function loadManifest(): Manifest {
  return readManifest(DATA);
}

const loaded = new Map<string, Catalogue>();

/** The packaged catalogue. */
export function loadCatalogue(): Catalogue {
  return loadCatalogueIn(DATA);
}

/** The catalogue in a folder of these files. A provider's file is read when it is first asked for. */
export function loadCatalogueIn(folder: URL): Catalogue {
  let catalogue = loaded.get(folder.href);
  if (catalogue === undefined) {
    const { version, digest } = readManifest(folder);
    const texts: CatalogueTexts = Object.fromEntries(
      PROVIDERS.map((provider) => [provider, () => readFileSync(new URL(`${provider}.txt`, folder), "utf8")]),
    );
    catalogue = openCatalogue(texts, { version, digest });
    loaded.set(folder.href, catalogue);
  }
  return catalogue;
}
