/** The registry's part of the command line, for the shell to mount and the tests to run. */

export { registry, registryCommand } from "./command.ts";
export { coverage, coverageMapCommand } from "./coverage-map.ts";
export { type OverlayFile, type OverlayProblem, parseOverlay, withOverlayFiles } from "./overlay-file.ts";
export { type ReadRules, readRules } from "./read-rules.ts";
