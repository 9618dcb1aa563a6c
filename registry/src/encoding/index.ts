/** The registry in a module: docs/formats/registry.md. Writer and reader share no code. */

export { encodeActions, type Linked, linkActions } from "./link.ts";
export { type LinkedAction, type LinkedActions, openActions } from "./read.ts";
