/**
 * Is a JSON value nested deeper than `limit`? Looks no deeper than that itself.
 *
 * JSON is parsed at any depth, but whoever then walks the value (to send it, say) would run out of stack.
 */
export function deeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (limit === 0) return true;
  return Object.values(value).some((item) => deeperThan(item, limit - 1));
}
