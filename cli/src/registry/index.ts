/** The registry's part of the command line, for the shell to mount and the tests to run. */

export { registry, registryCommand } from "./command.ts";
export { coverageMapCommand, type ReadRules } from "./coverage-map.ts";
export { type OverlayFile, type OverlayProblem, parseOverlay, withOverlayFiles } from "./overlay-file.ts";
