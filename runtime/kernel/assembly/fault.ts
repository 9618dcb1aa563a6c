// What is wrong with the text of a request: the first fault stands, as the checks have an order (docs/semantics.md, §2).

export const TOO_LARGE: u32 = 1;
export const BAD_UTF8: u32 = 2;
export const BAD_JSON: u32 = 3;
export const DUPLICATE_KEY: u32 = 4;
export const NUMBER_RANGE: u32 = 5;
export const TOO_DEEP: u32 = 6;

export let jsonError: u32 = 0;

export function clearFault(): void {
  jsonError = 0;
}
/** Always 0, the address of a reader that failed. */
export function fail(code: u32): usize {
  if (!jsonError) jsonError = code;
  return 0;
}
