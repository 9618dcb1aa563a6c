// Names of the SQL that is read: its tables, and those that a statement's own WITH gives, as {address, length}; length 0: nobody knows which.
import { SQL_TABLES, alloc } from "./memory";
import { equal } from "./bytes";

const MOST: u32 = 64;

export let tableCount: u32 = 0;
let given: usize = 0;
let givenCount: u32 = 0;

/** False: no memory. */
export function noNames(): bool {
  tableCount = 0;
  givenCount = 0;
  given = alloc(MOST << 3);
  return given != 0;
}
/** At the beginning of a statement. */
export function noGiven(): void {
  givenCount = 0;
}
function among(list: usize, n: u32, p: usize, len: u32): bool {
  for (let i: u32 = 0; i < n; i++) {
    const e = list + (<usize>i << 3);
    if (load<u32>(e, 4) == len && (!len || equal(p, <usize>load<u32>(e), len))) return true;
  }
  return false;
}
function keep(list: usize, n: u32, p: usize, len: u32): void {
  const e = list + (<usize>n << 3);
  store<u32>(e, <u32>p);
  store<u32>(e, len, 4);
}
/** False: there are too many. */
export function addTable(p: usize, len: u32): bool {
  if (among(SQL_TABLES, tableCount, p, len)) return true;
  if (tableCount == MOST) return false;
  keep(SQL_TABLES, tableCount++, p, len);
  return true;
}
export function addGiven(p: usize, len: u32): bool {
  if (among(given, givenCount, p, len)) return true;
  if (givenCount == MOST) return false;
  keep(given, givenCount++, p, len);
  return true;
}
export function isGiven(p: usize, len: u32): bool {
  return among(given, givenCount, p, len);
}
