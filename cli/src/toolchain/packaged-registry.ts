/** The registry's data: beside the bundle where `thc` is installed, in the package's folder otherwise. */
import { existsSync } from "node:fs";
import type { Catalogue } from "@thc/registry";
import { loadCatalogueIn } from "@thc/registry/node";

// From the bundle (cli/dist), then from this source file.
const FOLDERS = ["./registry-data/", "../../../registry/data/"];

/** A provider's file is read when it is first asked for. */
export function openPackagedCatalogue(): Catalogue {
  const folder = FOLDERS.map((place) => new URL(place, import.meta.url)).find((url) =>
    existsSync(new URL("manifest.json", url)),
  );
  if (folder === undefined) throw new Error("the registry is missing from this installation: run `npm run build`");
  return loadCatalogueIn(folder);
}
