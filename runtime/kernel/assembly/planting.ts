// What an agent's own strings and numbers leave behind: echoes with the pending call, marks in the table
// (docs/semantics/grounding.md, "Traces", "Planted"). One walk over the arguments as sent, names of members excepted, for both.
import { H, H_MINOR, H_SOURCE_COUNT, H_TRACED, H_VIEWS, HASH_OUT, SCRATCH_NODE, TEXT, alloc, bump, setBump } from "./memory";
import { equal, fold } from "./bytes";
import { canonicalEmail, canonicalHost, canonicalUrl } from "./canonical";
import { TRUE, evaluate } from "./condition";
import { plain } from "./decimal";
import {
  CLASS_AMOUNT, CLASS_EMAIL, CLASS_HOST, CLASS_ID, CLASS_NUMBER, CLASS_SITE, CLASS_TEXT, CLASS_URL, CLASS_WORD, ARGUMENT, CONTAINS, MONEY, belowSite, formLen, formOf, formPtr, heldBySource, said, siteHeld,
  siteSaid, source, spelled, spelledLen, spellings,
} from "./forms";
import { keyedHash } from "./hashing";
import { nDigits, nExponent, readNumber, readString, sLen, sPtr, skipString, space } from "./json";
import { FOUND, amount, chunkEnd, chunkPtr, narrowed, nextChunk, nextEmail, nextUrl, startEmails, startText, startUrls, tokenLen, tokenPtr, urlHost, urlHostLen } from "./links";
import { marksForgotten } from "./state";
import { RESULT, beginMarks, collectMark, endMarks, makeRow, nextWord, wordLen, wordPtr } from "./tokens";
import { K_LIST } from "./typed";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PART, N_PTR, stateOf } from "./value";

const ECHO: u64 = 0x6f686365; // domain "echo" below the class
export const MOST_ECHOES: u32 = 32;
export const TOO_MANY: u32 = 255;

/** Of the walk at hand. */
let classes: u32 = 0;
let planting: bool = false;

@inline function wanted(c: u32): bool {
  return (classes & c) != 0;
}
@inline function searched(c: u32): bool {
  return (classes & (<u32>H(H_TRACED) >> 16) & c) != 0;
}

// ── echoes: the first 8 bytes of each hash
let echoList: usize = 0;
let echoCount: u32 = 0;

/** Has the call, whose echoes these are, a trace of this form? */
export function useEchoes(list: usize, n: u32): void {
  echoList = list;
  echoCount = n;
}
export function isEchoed(c: u32, p: usize, len: u32): bool {
  keyedHash(ECHO | (<u64>c << 32), p, len);
  const h = load<u64>(HASH_OUT);
  for (let i: u32 = 0; i < echoCount; i++) if (load<u64>(echoList + (<usize>i << 3)) == h) return true;
  return false;
}

/** Under any spelling. */
export function urlEchoed(p: usize, len: u32): bool {
  const mark = bump;
  const n = spellings(p, len);
  let echoed = n == 0;
  for (let i: u32 = 0; i < n && !echoed; i++) echoed = isEchoed(CLASS_URL, spelled(i), spelledLen(i));
  setBump(mark);
  return echoed;
}

/** For which rules' marks the string or number at hand does not stand as a text. */
let textMarks: u32 = 0;

/** The rules (as bits) that would not find the form grounded. Views: grounded requirements (forms.ts) by address, ends with 0. */
function unheld(c: u32, p: usize, len: u32, as: u32): u32 {
  let marks: u32 = 0;
  let heard: u32 = 0; // 1 said, 2 not
  for (let v = H(H_VIEWS); load<u32>(v); v += 4) {
    const r = <usize>load<u32>(v);
    const bit = load<u32>(r, 28);
    if (!(load<u32>(r, 32) & c) || marks & bit) continue;
    if (!heard) heard = said(as, p, len) ? 1 : 2;
    if (heard == 1) return 0;
    if (!heldBySource(r, as, p, len) && !(as == CLASS_URL && belowSite(r, p, len))) marks |= bit;
  }
  return marks;
}

/** One trace. */
function leave(c: u32, p: usize, len: u32): void {
  if (!wanted(c)) return;
  if (!planting) {
    if (echoCount == TOO_MANY || isEchoed(c, p, len)) return;
    if (echoCount == MOST_ECHOES) echoCount = TOO_MANY;
    else {
      store<u64>(echoList + (<usize>echoCount << 3), load<u64>(HASH_OUT));
      echoCount++;
    }
    return;
  }
  if (c == CLASS_WORD) return collectMark(c, p, len, textMarks);
  const mark = bump;
  const marks = unheld(c, p, len, c == CLASS_AMOUNT ? CLASS_NUMBER : c);
  if (c == CLASS_TEXT) textMarks = marks;
  if (c == CLASS_URL) urlMarks = marks;
  collectMark(c, p, len, marks);
  setBump(mark);
}

/** For which rules' marks the Url at hand does not stand. */
let urlMarks: u32 = 0;

/** A host that is part of no Url and could ground one. */
function leaveSite(p: usize, len: u32): void {
  if (!planting) return leave(CLASS_SITE, p, len);
  let marks: u32 = 0;
  for (let v = H(H_VIEWS); load<u32>(v); v += 4) {
    const r = <usize>load<u32>(v);
    if (load<u32>(r, 32) & CLASS_SITE && !siteSaid(p, len) && !siteHeld(r, p, len)) marks |= load<u32>(r, 28);
  }
  collectMark(CLASS_SITE, p, len, marks);
}
/** A Url, and its host: as a host, and as what could ground another. */
function leaveUrl(p: usize, len: u32, host: usize, hostLen: u32): void {
  leave(CLASS_URL, p, len);
  leave(CLASS_HOST, host, hostLen);
  if (!wanted(CLASS_SITE)) return;
  if (planting) collectMark(CLASS_SITE, host, hostLen, urlMarks);
  else leave(CLASS_SITE, host, hostLen);
}

function leaveWords(p: usize, len: u32): void {
  if (!wanted(CLASS_WORD)) return;
  const mark = bump;
  for (let q = nextWord(p, p + len); q; q = nextWord(q, p + len)) {
    leave(CLASS_WORD, wordPtr, wordLen);
    setBump(mark);
  }
}
function leaveFolded(c: u32, p: usize, len: u32): void {
  if (!wanted(c)) return;
  const folded = alloc(<usize>len + 32);
  if (!folded) return;
  fold(p, len, folded);
  leave(c, folded, len);
}
function leaveEmail(p: usize, len: u32): void {
  leave(CLASS_EMAIL, p, len);
  const narrow = narrowed(p, len);
  if (narrow && canonicalEmail(p + narrow, len - narrow, SCRATCH_NODE)) leave(CLASS_EMAIL, <usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
}

function number(digits: i64, exponent: i32): void {
  const mark = bump;
  const p = alloc(64);
  if (!p) return;
  const len = plain(digits, exponent, p);
  leave(CLASS_ID, p, len);
  leave(CLASS_TEXT, p, len);
  leave(CLASS_NUMBER, p, len);
  leaveWords(p, len);
  if (wanted(CLASS_AMOUNT)) {
    exponent -= 2;
    while (exponent < 0 && digits && digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    leave(CLASS_AMOUNT, p, plain(digits, exponent, p));
  }
  setBump(mark);
}

function string(p: usize, len: u32): void {
  const mark = bump;
  leaveFolded(CLASS_ID, p, len);
  leaveFolded(CLASS_TEXT, p, len);
  leaveWords(p, len);
  if (wanted(CLASS_NUMBER)) numberIn(p, p + len);
  if (wanted(CLASS_EMAIL) && canonicalEmail(p, len, SCRATCH_NODE)) leaveEmail(<usize>load<u32>(SCRATCH_NODE, N_PTR), load<u32>(SCRATCH_NODE, N_LEN));
  const isUrl = wanted(CLASS_URL | CLASS_HOST) && canonicalUrl(p, len, SCRATCH_NODE);
  if (isUrl) {
    const url = <usize>load<u32>(SCRATCH_NODE, N_PTR);
    const host = load<u32>(SCRATCH_NODE, N_PART);
    leaveUrl(url, load<u32>(SCRATCH_NODE, N_LEN), url + (host & 0xffff), host >> 16);
  }
  if (wanted(CLASS_URL | CLASS_HOST) && canonicalHost(p, len, SCRATCH_NODE)) {
    const host = <usize>load<u32>(SCRATCH_NODE, N_PTR);
    const n = load<u32>(SCRATCH_NODE, N_LEN);
    leave(CLASS_HOST, host, n);
    if (!isUrl && wanted(CLASS_SITE)) leaveSite(host, n);
  }
  setBump(mark);
  if (!wanted(CLASS_EMAIL | CLASS_URL | CLASS_HOST) && !searched(CLASS_ID | CLASS_NUMBER)) return;
  startText(p, len);
  while (nextChunk()) {
    if (searched(CLASS_ID)) leaveFolded(CLASS_ID, chunkPtr, <u32>(chunkEnd - chunkPtr));
    if (searched(CLASS_NUMBER)) numberIn(chunkPtr, chunkEnd);
    if (wanted(CLASS_EMAIL)) {
      startEmails();
      for (let t = nextEmail(); t; t = nextEmail()) if (t == FOUND) leaveEmail(tokenPtr, tokenLen);
    }
    if (wanted(CLASS_URL | CLASS_HOST)) {
      startUrls();
      for (let t = nextUrl(); t; t = nextUrl()) {
        if (t == FOUND) leaveUrl(tokenPtr, tokenLen, urlHost, urlHostLen);
      }
    }
    setBump(mark);
  }
}
function numberIn(p: usize, end: usize): void {
  const n = amount(p, end);
  if (!n) return;
  const at = alloc(64);
  if (!at) return;
  memory.copy(at, TEXT, n);
  leave(CLASS_NUMBER, at, n);
}

/** Every string and number of a JSON text, names of members excepted. */
function walk(p: usize, end: usize): void {
  while (p < end) {
    const c: u32 = load<u8>(p);
    if (c == 34) {
      const start = p + 1;
      p = skipString(start);
      if (!p) return;
      if (load<u8>(space(p)) == 58) continue; // a member's name
      const mark = bump;
      readString(start);
      string(sPtr, sLen);
      setBump(mark);
    } else if (c == 45 || c - 48 < 10) {
      p = readNumber(p);
      if (!p) return;
      number(nDigits, nExponent);
    } else p++;
  }
}

/** The traces of a call's arguments that its tool (an index) could echo, to `out`; their number, TOO_MANY when there are more than fit. */
export function echoes(tool: u32, args: usize, end: usize, out: usize): u32 {
  planting = false;
  classes = 0;
  for (let i: u32 = 0; i < <u32>H(H_SOURCE_COUNT); i++) {
    const s = source(i);
    if (load<u32>(s, 12) != tool || load<u32>(s, 16) & ARGUMENT) continue;
    const c = load<u32>(s);
    classes |= c;
    if (c == CLASS_TEXT && load<u32>(s, 16) & CONTAINS) classes |= CLASS_WORD;
    if (c == CLASS_URL && load<u32>(s, 16) & CONTAINS) classes |= CLASS_SITE;
    if (c == CLASS_NUMBER && load<u32>(s, 16) & MONEY && H(H_MINOR)) classes |= CLASS_AMOUNT;
  }
  useEchoes(out, 0);
  walk(args, end);
  return echoCount;
}

/** Marks what the agent put into a write without its standing on anything. */
export function plant(args: usize, end: usize): void {
  if (marksForgotten) return;
  const mark = bump;
  if (!beginMarks()) return;
  planting = true;
  classes = <u32>H(H_TRACED) & 0xffff;
  walk(args, end);
  endMarks();
  setBump(mark);
}

/** Of the arguments that name results of the tool (an index), those that the user said, as bits. */
export function namesSaid(tool: u32): u32 {
  let bits: u32 = 0;
  for (let i: u32 = 0; i < <u32>H(H_SOURCE_COUNT); i++) {
    const s = source(i);
    const node = <usize>load<u32>(s, 20);
    if (load<u32>(s, 12) == tool && node && !(load<u32>(s, 16) & ARGUMENT) && isSaid(node, load<u32>(s, 24))) bits |= 1 << load<u32>(s, 28);
  }
  return bits;
}
function isSaid(node: usize, c: u32): bool {
  if (stateOf(node) != KNOWN) return false;
  if (load<u32>(node, N_KIND) == K_LIST) {
    const first = <usize>load<u32>(node, N_PTR);
    for (let e = first; e; e = <usize>load<u32>(e, N_NEXT)) if (!isSaid(e, c)) return false;
    return first != 0;
  }
  const mark = bump;
  const ok = formOf(node, c) && said(c, formPtr, formLen);
  setBump(mark);
  return ok;
}

const MOST_ASKED: u32 = 8;

/** Rows of the arguments that ground once the call has ended well, at `out`; their number, TOO_MANY when there are more than fit. */
export function asked(tool: u32, out: usize): u32 {
  askedRows = out;
  askedCount = 0;
  for (let i: u32 = 0; i < <u32>H(H_SOURCE_COUNT); i++) {
    const s = source(i);
    if (load<u32>(s, 12) != tool || !(load<u32>(s, 16) & ARGUMENT)) continue;
    const trusted = <usize>load<u32>(s, 20);
    if (!trusted || evaluate(trusted) == TRUE) ask(<usize>load<u32>(s, 4), i, load<u32>(s));
  }
  return askedCount;
}
let askedRows: usize = 0;
let askedCount: u32 = 0;
function ask(node: usize, id: u32, c: u32): void {
  if (stateOf(node) != KNOWN || askedCount == TOO_MANY) return;
  if (load<u32>(node, N_KIND) == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) ask(e, id, c);
    return;
  }
  const mark = bump;
  if (formOf(node, c)) {
    makeRow(RESULT, id, formPtr, formLen);
    for (let i: u32 = 0; i < askedCount; i++) if (equal(askedRows + (<usize>i << 4), HASH_OUT, 16)) return setBump(mark);
    if (askedCount == MOST_ASKED) askedCount = TOO_MANY;
    else {
      memory.copy(askedRows + (<usize>askedCount << 4), HASH_OUT, 16);
      askedCount++;
    }
  }
  setBump(mark);
}
