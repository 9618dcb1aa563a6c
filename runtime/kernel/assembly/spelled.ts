// Values that are sent as texts and have a form of their own beyond those of scalar.ts: Ip, Account, Date, Time, Duration, Command, Sql.
import { symbol } from "./bytes";
import { canonicalAccount } from "./account";
import { F_SYMBOL } from "./descriptor";
import { readCommand } from "./command";
import { canonicalIp } from "./ip";
import { canonicalDate, canonicalDuration, canonicalTime } from "./moments";
import { readSql } from "./sql-value";
import { readString, sLen, sPtr } from "./strings";
import { KNOWN, N_KIND, N_LEN, N_PTR, N_RAW, N_RAW_LEN, N_SYMBOL, UNKNOWN, dummy, setState } from "./value";

export const K_IP: u32 = 25;
const K_ACCOUNT: u32 = 26;
/** From here on numbers. */
export const K_DATE: u32 = 27;
const K_TIME: u32 = 28;
export const K_DURATION: u32 = 29;
export const K_SQL: u32 = 35;
/** Read as what it runs (command.ts). */
export const K_COMMAND: u32 = 32;
@inline export function isSpelled(kind: u32): bool {
  return (kind >= K_IP && kind <= K_DURATION) || kind == K_COMMAND || kind == K_SQL;
}

/** The text whose opening quote is behind us. */
export function spelled(p: usize, d: usize, node: usize, kind: u32): usize {
  const end = readString(p);
  if (!end) return 0;
  store<u32>(node, kind, N_KIND);
  store<u32>(node, <u32>sPtr, N_RAW);
  store<u32>(node, sLen, N_RAW_LEN);
  store<u32>(node, 0, N_SYMBOL);
  let ok = false;
  if (kind == K_IP) ok = canonicalIp(sPtr, sLen, node);
  else if (kind == K_ACCOUNT) ok = canonicalAccount(sPtr, sLen, node);
  else if (kind == K_DATE) ok = canonicalDate(sPtr, sLen, node);
  else if (kind == K_TIME) ok = canonicalTime(sPtr, sLen, node);
  else if (kind == K_SQL) ok = readSql(sPtr, sLen, node);
  else if (kind == K_COMMAND) ok = node != dummy() && readCommand(sPtr, sLen, node);
  else ok = canonicalDuration(sPtr, sLen, node);
  setState(node, ok ? KNOWN : UNKNOWN);
  if (ok && kind < K_DATE && load<u8>(d, 1) & F_SYMBOL) store<u32>(node, symbol(<usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN)), N_SYMBOL);
  return end;
}
