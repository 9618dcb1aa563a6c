/** The end of every switch over a union: a new variant that is forgotten is a compile error, and never passes silently. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
