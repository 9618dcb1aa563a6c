/** What the shell hands to `check`: the packaged registry and the framework packs. */
import type { CheckOptions } from "@thc/language";
import { contractCatalogue } from "@thc/registry";
import { checkTag, FRAMEWORK_PACKS } from "@thc/registry/frameworks";
import { loadCatalogue } from "@thc/registry/node";

export const LINKED: CheckOptions = {
  tags: (tag) => checkTag(tag, FRAMEWORK_PACKS),
  catalogue: () => contractCatalogue(loadCatalogue()),
};
