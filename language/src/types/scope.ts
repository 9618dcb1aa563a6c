/**
 * Where a condition stands: what its names can mean, and what is known to be present there. A place is the key of a value that may be
 * absent; `has` proves places.
 */
import type { Report } from "../diagnostics/diagnostic.ts";
import type { Names } from "../resolve/names.ts";
import type { Condition, Reference, Tool, Type } from "./contract.ts";
import type { Written } from "./written.ts";

export interface Scope {
  readonly names: Names;
  readonly report: Report;
  /** The rule's targets: whose arguments can be read. */
  readonly tools: readonly Tool[];
  /** Of the rule's targets, where only some calls are meant. */
  readonly narrowed?: readonly Condition[];
  /** In `where` and in keys: the tools of the earlier call. */
  readonly prior: readonly Tool[] | undefined;
  /** The quantifiers around, outermost first. */
  readonly elements: readonly Element[];
  /** Reading an optional value that is not proven present is an error; false in requirements, where unknown is unmet anyway. */
  readonly strict: boolean;
  /** With every place all that it lies in. */
  readonly present: ReadonlySet<string>;
  /** What equal texts were typed to; undefined where it is not looked up. */
  readonly written?: Written | undefined;
  /** Beside its conditions, what the rule reads of the call (an approval that binds less must bind it): all of it, or these. */
  readonly reads?: "everything" | readonly Reference[];
}

/** What a quantifier's name stands for: an element of its lists, or of `destinations` perhaps an argument that is one value. */
export interface Element {
  readonly name: string;
  readonly type: Type;
  /** The argument; undefined: the element that the quantifier stands on. */
  readonly argument?: string;
  /** `.host` and `.domain` are of whatever lies at a host. */
  readonly isDestination?: boolean;
}
/** How many quantifiers stand around: the number of the next one. */
export const depthOf = (elements: readonly Element[]): number =>
  elements.filter((element) => element.argument === undefined).length;

/** The key of a reference cut after `length` names. */
export function placeKey(root: Reference["root"], depth: number, path: readonly string[]): string {
  return JSON.stringify([root, depth, ...path]);
}

/** Adds a place, and all that it lies in: a value is present when it, or anything below it, is proven present. */
export function addPresent(present: Set<string>, place: string): void {
  const [root, depth, ...path] = JSON.parse(place) as [string, number, ...string[]];
  present.add(place);
  for (let length = path.length - 1; length >= 0; length--)
    present.add(JSON.stringify([root, depth, ...path.slice(0, length)]));
}

export function withPresent(scope: Scope, more: ReadonlySet<string>): Scope {
  if (more.size === 0) return scope;
  const present = new Set(scope.present);
  for (const place of more) addPresent(present, place);
  return { ...scope, present };
}
