/** The catalogue that a registry verb works on: the packaged one, with the host's overlays over it. */

import { Option } from "commander";
import { openPackagedCatalogue } from "../toolchain/packaged-registry.ts";
import { type OverlaidFiles, withOverlayFiles } from "./overlay-file.ts";

export interface OverlayOptions {
  readonly overlay?: readonly string[];
}

export function overlayOption(): Option {
  return new Option("--overlay <file...>", "the host's own entries, as YAML");
}

export function openCatalogueFor(options: OverlayOptions): OverlaidFiles {
  return withOverlayFiles(openPackagedCatalogue(), options.overlay ?? []);
}
