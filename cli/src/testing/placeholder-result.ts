/**
 * What a `prior … ok` without `returns` reports: the emptiest value that fits the tool's declared type.
 *
 * A test that does not care what came back should not have to write it; members left out are unknown (`partial`). A bare
 * number, money or address cannot be left out: then there is no such value and the test must say one.
 */
import type { Json, Type } from "@thc/language";

export function emptiestFitting(type: Type | undefined): Json | undefined {
  if (type === undefined) return null;
  switch (type.kind) {
    case "optional":
    case "json":
      return null;
    case "record":
    case "map":
      return {};
    case "list":
      return [];
    case "text":
      return "";
    default:
      return undefined;
  }
}
