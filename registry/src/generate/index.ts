/** Generating the catalogue: used by registry/generate/update.mjs and by the tests that hold the data to it. */

export { curatedKeys } from "../classify/curated.ts";
export { type CatalogueDiff, classifyAll, diffCatalogues, generate, regenerate } from "./generate.ts";
export { kubernetesActions, type NamedAction } from "./kubernetes.ts";
export { awsActions, type IamDataFile, listedActions, methodActions } from "./sources.ts";
export { type Agreement, agreement, agreementTable, parseList, type ValidationList } from "./validation.ts";
