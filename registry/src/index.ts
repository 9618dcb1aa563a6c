/** The registry: cloud actions and their risk. Pure; the packaged data is loaded through `@thc/registry/node`. */

export {
  type Classification,
  type Confidence,
  type Effect,
  FLAGS,
  type Flag,
  LEVELS,
  type Level,
  PROVIDERS,
  type Provider,
  RULES,
  type Rule,
  reasonOf,
} from "./action.ts";
export { BLAST_TABLES, type Blast, type BlastFacts, blast, ENVIRONMENTS, type Environment } from "./blast.ts";
export { type Catalogue, type CatalogueIdentity, catalogueOf, digestInput, openCatalogue } from "./catalogue.ts";
export type { Entry } from "./catalogue-text.ts";
export { classify } from "./classify.ts";
export { type ContractAction, contractCatalogue } from "./contract-catalogue.ts";
export { keyOf, parseName } from "./name.ts";
export { nearActions, nearest } from "./near.ts";
export { globMatches, type Selection, type Selector, selectActions } from "./select.ts";
export { type ProviderStats, statsOf } from "./stats.ts";
export { SUGGESTIONS, type Suggestion, suggestionFor } from "./suggestions.ts";
