/** The part of the registry of cloud actions that a contract holds (docs/registry.md). */
import type { Level, Risk } from "../vocabulary.ts";

/** What a contract takes from the registry of cloud actions. */
export interface LinkedRegistry {
  readonly version: string;
  readonly digest: string;
  /** As written, sorted: `aws.s3`, `aws.*`, and the actions and globs that conditions name. */
  readonly selectors: readonly string[];
  /** What a CloudAction can be, sorted bytewise by name; everything else is unknown. */
  readonly actions: readonly CloudAction[];
}
export interface CloudAction {
  /** Canonical: in lower case where the provider ignores case. */
  readonly name: string;
  readonly risk: Risk;
  readonly level: Level;
  /** Severity in thousandths (docs/registry.md, "Blast radius"). */
  readonly severity: number;
}
