/** What the shell hands to `check`: the packaged registry, the framework packs, the inspectors, and lists of tools from `tool-lists`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CheckOptions } from "@thc/language";
import { contractCatalogue } from "@thc/registry";
import { checkTag, FRAMEWORK_PACKS } from "@thc/registry/frameworks";
import { loadCatalogue } from "@thc/registry/node";
import { INSPECTORS, RULESETS } from "@thc/stdlib-rules";
import { sha256 } from "../differential/generate/imports.ts";

const LISTS = fileURLToPath(new URL("tool-lists/", import.meta.url));

/** Rulesets beside the lists, and those of the shelf. */
function ruleset(name: string): ReturnType<NonNullable<CheckOptions["rulesets"]>> {
  let text = RULESETS[name];
  // programs bundled elsewhere are started from the root
  for (const folder of [fileURLToPath(new URL("rulesets/", import.meta.url)), "test/contracts/rulesets/"])
    try {
      text ??= readFileSync(`${folder}${name.replace("./", "")}`, "utf8");
    } catch {}
  if (text === undefined) return { ok: false, message: `the shelf has no \`${name}\`` };
  return { ok: true, source: { path: name.endsWith(".contract") ? name : `${name}.contract`, text } };
}

export const LINKED: CheckOptions = {
  rulesets: ruleset,
  tags: (tag) => checkTag(tag, FRAMEWORK_PACKS),
  files: {
    sha256,
    read(path) {
      // programs bundled elsewhere are started from the root
      for (const folder of [LISTS, "test/contracts/tool-lists/"])
        try {
          return { ok: true, text: readFileSync(`${folder}${path}`, "utf8") };
        } catch {}
      return { ok: false, message: `cannot read \`${path}\`: there is no such file` };
    },
  },
  catalogue: () => contractCatalogue(loadCatalogue()),
  inspectors: () => INSPECTORS,
};
