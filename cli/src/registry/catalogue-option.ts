/** The catalogue that a registry verb works on: the packaged one, with the host's overlays over it. */

import type { Catalogue } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import { type Command, Option } from "commander";
import { withOverlayFiles } from "./overlay-file.ts";

export interface OverlayOptions {
  readonly overlay?: readonly string[];
}

export function overlayOption(): Option {
  return new Option("--overlay <file...>", "the host's own entries, as YAML");
}

/** Ends the process with every problem on its line, when an overlay is wrong (exit code 2: invalid input). */
export function openCatalogueFor(command: Command, options: OverlayOptions): Catalogue {
  const result = withOverlayFiles(loadCatalogue(), options.overlay ?? []);
  if (result.ok) return result.catalogue;
  const lines = result.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  return command.error(lines.join("\n"), { exitCode: 2, code: "thc.overlay" });
}
