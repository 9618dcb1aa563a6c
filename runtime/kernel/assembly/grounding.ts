// Is an argument grounded? (docs/semantics/grounding.md, "Grounded".) What is recorded is in heard.ts, planting.ts and taking.ts.
import { H, H_ENDINGS, bump, setBump } from "./memory";
import { equal, find } from "./bytes";
import { CLASS_EMAIL, CLASS_ID, CLASS_TEXT, CLASS_URL, belowOwnSite, formLen, formOf, formPtr, heldBySource, isAmount, planted, said } from "./forms";
import { readString, sLen, sPtr, skipString } from "./json";
import {
  FORMLESS, chunkEnd, chunkPtr, lastLabel, nextChunk, nextEmail, nextUrl, readsAsLink, startEmails, startText, startUrls, tokenLen, tokenPtr, urlHost, urlHostLen, urlIsBare,
} from "./links";
import { marksForgotten } from "./state";
import { K_JSON, K_LIST, K_MAP } from "./typed";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PTR, N_RAW, N_RAW_LEN, UNKNOWN, stateOf } from "./value";

const FROM_USER: u32 = 1;
/** Beside a value's class: the tokens in its texts are meant. */
const TOKENS: u32 = 0x80000000;

function formGrounded(c: u32, p: usize, len: u32, money: bool, r: usize): bool {
  if (load<u32>(r, 16) & FROM_USER && said(c, p, len)) return true;
  if (load<u32>(r, 24) && isOwn(c, p, len, r)) return true;
  return load<u32>(r, 12) != 0 && !marksForgotten && (heldBySource(r, c, p, len) || (c == CLASS_URL && belowOwnSite(r, p, len))) && !planted(r, c, p, len, money);
}

/** Own identifiers: {slot u32, class u32}. */
function isOwn(c: u32, p: usize, len: u32, r: usize): bool {
  const list = <usize>load<u32>(r, 20);
  for (let i: u32 = 0; i < load<u32>(r, 24); i++) {
    const e = list + (<usize>i << 3);
    const own = load<u32>(e, 4);
    if (own != c && !(own == CLASS_ID && c == CLASS_TEXT)) continue;
    const node = <usize>load<u32>(e);
    if (stateOf(node) != KNOWN) continue;
    if (load<u32>(node, N_KIND) != K_LIST) {
      if (sameForm(node, own, p, len)) return true;
      continue;
    }
    for (let x = <usize>load<u32>(node, N_PTR); x; x = <usize>load<u32>(x, N_NEXT)) if (stateOf(x) == KNOWN && sameForm(x, own, p, len)) return true;
  }
  return false;
}
function sameForm(node: usize, c: u32, p: usize, len: u32): bool {
  const mark = bump;
  const ok = formOf(node, c) && formLen == len && equal(formPtr, p, len);
  setBump(mark);
  return ok;
}

function scalarGrounded(node: usize, c: u32, r: usize): bool {
  const mark = bump;
  const ok = formOf(node, c) && formGrounded(c, formPtr, formLen, isAmount(node), r);
  setBump(mark);
  return ok;
}

/** Of the Urls without a scheme only what a reader would make a link of. */
function isLink(): bool {
  if (!readsAsLink()) return false;
  if (!urlIsBare) return true;
  const label = lastLabel();
  return !find(H(H_ENDINGS), <u32>H(H_ENDINGS + 4), label, <u32>(urlHost + urlHostLen - label));
}
/** Every token of the class in a text. */
function textGrounded(p: usize, len: u32, c: u32, r: usize): bool {
  const mark = bump;
  startText(p, len);
  while (nextChunk()) {
    if (c == CLASS_EMAIL) startEmails();
    else startUrls();
    for (let t = c == CLASS_EMAIL ? nextEmail() : nextUrl(); t; t = c == CLASS_EMAIL ? nextEmail() : nextUrl()) {
      if (t == FORMLESS) return false;
      if (c == CLASS_URL && !isLink()) continue;
      if (!formGrounded(c, tokenPtr, tokenLen, false, r)) return false;
    }
    setBump(mark);
  }
  return true;
}
/** Every string of a JSON text, names of members too. */
function jsonGrounded(p: usize, len: u32, c: u32, r: usize): bool {
  const end = p + len;
  while (p < end) {
    if (load<u8>(p++) != 34) continue;
    const start = p;
    p = skipString(start);
    if (!p) return false;
    const mark = bump;
    readString(start);
    const ok = textGrounded(sPtr, sLen, c, r);
    setBump(mark);
    if (!ok) return false;
  }
  return true;
}

function valueGrounded(node: usize, c: u32, r: usize): bool {
  const state = stateOf(node);
  if (state == 0) return true;
  if (state == UNKNOWN) return false;
  const kind = load<u32>(node, N_KIND);
  if (kind == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) if (!valueGrounded(e, c, r)) return false;
    return true;
  }
  if (!(c & TOKENS)) return scalarGrounded(node, c, r);
  if (kind == K_MAP) return jsonGrounded(<usize>load<u32>(node, N_RAW), load<u32>(node, N_RAW_LEN), c & ~TOKENS, r);
  const p = <usize>load<u32>(node, N_PTR);
  const len = load<u32>(node, N_LEN);
  return kind == K_JSON ? jsonGrounded(p, len, c & ~TOKENS, r) : textGrounded(p, len, c & ~TOKENS, r);
}

/** Value: {node u32, class u32}. */
export function grounded(r: usize): bool {
  const values = <usize>load<u32>(r);
  for (let i: u32 = 0; i < load<u32>(r, 4); i++) {
    const v = values + (<usize>i << 3);
    if (!valueGrounded(<usize>load<u32>(v), load<u32>(v, 4), r)) return false;
  }
  return true;
}
