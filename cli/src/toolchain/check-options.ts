/**
 * What the checker is handed beside the text: the frameworks' tags, the files that `use tools` names, the rulesets, the inspectors, and the registry of cloud actions,
 * with the host's own entries (`registry/*.yaml` beside the contract) over it. Loaded only for a text that can ask for it, so that other contracts pay nothing.
 */
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CheckOptions, Source, ToolFiles } from "@thc/language";
import type { Catalogue } from "@thc/registry";
import { problem, type Read, readText } from "../files/read.ts";
import { sha256 } from "./sha256.ts";

const TOOLS = /\btools\b/;
const MAPS = /\bmaps\b/;
const INSPECT = /\binspect\b/;
/** Every use of the registry has one of these words in it. */
const REGISTRY = /\bregistry\b|\b(?:aws|azure|gcp|github|kubernetes|slack|stripe):/;

/** How a ruleset is named: one of the shelf, or a file. */
const RULESET = /^std\/|\.contract$/;
const USES = /\buse\s+"/;

export async function checkOptionsFor(source: Source): Promise<Read<CheckOptions>> {
  const options: { -readonly [key in keyof CheckOptions]: CheckOptions[key] } = {};
  let { text } = source;
  if (USES.test(text)) {
    const { rulesetsFor } = await import("./rulesets.ts");
    options.rulesets = rulesetsFor(source.path);
    // what a ruleset asks for is asked for too
    for (const [, name] of text.matchAll(/"([^"\n]{1,400})"/g)) {
      const read = RULESET.test(name!) ? options.rulesets(name!) : undefined;
      if (read?.ok === true) text += `\n${read.source.text}`;
    }
  }
  if (MAPS.test(text)) {
    const { checkTag, FRAMEWORK_PACKS } = await import("@thc/registry/frameworks");
    options.tags = (tag) => checkTag(tag, FRAMEWORK_PACKS);
  }
  if (TOOLS.test(text)) options.files = filesBeside(source.path);
  if (INSPECT.test(text)) {
    const { INSPECTORS } = await import("@thc/stdlib-rules");
    options.inspectors = () => INSPECTORS;
  }
  if (!REGISTRY.test(text)) return { ok: true, value: options };
  const catalogue = await catalogueFor(source.path);
  if (!catalogue.ok) return catalogue;
  const { contractCatalogue } = await import("@thc/registry");
  options.catalogue = () => contractCatalogue(catalogue.value);
  return { ok: true, value: options };
}

/** Files as a contract names them: relative to where it lies; of a contract from standard input, to the working folder. */
function filesBeside(contract: string): ToolFiles {
  const folder = contract === "-" ? "." : dirname(contract);
  return {
    sha256,
    read(path) {
      const read = readText(resolve(folder, path), path);
      return read.ok ? { ok: true, text: read.value } : read;
    },
  };
}

/** The packaged registry with the entries that lie beside this contract. */
export async function catalogueFor(contract: string): Promise<Read<Catalogue>> {
  const { openPackagedCatalogue } = await import("./packaged-registry.ts");
  const base = openPackagedCatalogue();
  const files = overlaysBeside(contract);
  if (files.length === 0) return { ok: true, value: base };
  const { withOverlayFiles } = await import("../registry/overlay-file.ts");
  const overlaid = withOverlayFiles(base, files);
  return overlaid.ok ? { ok: true, value: overlaid.catalogue } : problem(overlaid.lines.join("\n"));
}

function overlaysBeside(contract: string): readonly string[] {
  if (contract === "-") return [];
  const folder = join(dirname(contract), "registry");
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    return names.sort().map((name) => join(folder, name));
  } catch {
    return [];
  }
}
