/** Ends a switch over a closed union: a variant that was forgotten does not compile. */
export function unreachable(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
