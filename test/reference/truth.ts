/** Kleene's three-valued logic (docs/semantics.md §4). */

export type Truth = boolean | "unknown";

export function and(parts: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const part of parts) {
    if (part === false) return false;
    if (part === "unknown") result = "unknown";
  }
  return result;
}

export function not(part: Truth): Truth {
  return part === "unknown" ? "unknown" : !part;
}

export function or(parts: readonly Truth[]): Truth {
  return not(and(parts.map(not)));
}

/** True or unknown: how conditions that narrow are read. */
export function possible(truth: Truth): boolean {
  return truth !== false;
}

/** True: how conditions that grant are read. */
export function certain(truth: Truth): boolean {
  return truth === true;
}
