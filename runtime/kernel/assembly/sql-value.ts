// A Sql value: its text as sent, what it does as bits at N_PART, and at N_PART + 4 the list of its tables. 0 there: no rule reads the value.
import { NODE, SQL_TABLES, alloc, bump, setBump } from "./memory";
import { K_LIST, K_TEXT } from "./descriptor";
import { classifySql } from "./sql";
import { tableCount } from "./sql-names";
import { dropTokens } from "./sql-tokens";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, N_SYMBOL, UNKNOWN, dummy, setState } from "./value";

/** False: nobody knows what it does. */
export function readSql(p: usize, len: u32, node: usize): bool {
  store<u32>(node, <u32>p, N_PTR);
  store<u32>(node, len, N_LEN);
  if (node == dummy()) return true;
  const mark = bump;
  const does = classifySql(p, len);
  const n = tableCount;
  if (!does || !n) setBump(mark);
  else dropTokens();
  const list = does ? alloc(<usize>(n + 1) * NODE) : 0;
  if (!list) return false;
  store<u32>(node, does, N_PART);
  store<u32>(node, <u32>list, N_PART + 4);
  setState(list, KNOWN);
  store<u32>(list, K_LIST, N_KIND);
  store<u32>(list, n ? <u32>(list + NODE) : 0, N_PTR);
  store<u32>(list, n, N_LEN);
  for (let i: u32 = 0; i < n; i++) {
    const e = list + <usize>(i + 1) * NODE;
    const table = SQL_TABLES + (<usize>i << 3);
    const length = load<u32>(table, 4);
    setState(e, length ? KNOWN : UNKNOWN);
    store<u32>(e, K_TEXT, N_KIND);
    store<u32>(e, 0, N_SYMBOL);
    store<u32>(e, load<u32>(table), N_PTR);
    store<u32>(e, length, N_LEN);
    store<u32>(e, i + 1 < n ? <u32>(e + NODE) : 0, N_NEXT);
  }
  return true;
}
