// What an ok result that fits leaves in the table (docs/semantics/grounding.md, "A result").
import { H, H_SOURCE_COUNT, H_TOKEN_CAP, NODE, TEXT, alloc, bump, setBump } from "./memory";
import { fold } from "./bytes";
import { CLASS_AMOUNT, CLASS_EMAIL, CLASS_HOST, CLASS_ID, CLASS_NUMBER, CLASS_SITE, CLASS_TEXT, CLASS_URL, CLASS_WORD, ARGUMENT, CONTAINS, formLen, formOf, formPtr, isAmount, source } from "./forms";
import { FOUND, amount, chunkEnd, chunkPtr, nextChunk, nextEmail, nextUrl, startEmails, startText, startUrls, tokenLen, tokenPtr, urlHost, urlHostLen, urlIsBare } from "./links";
import { TOO_MANY, isEchoed, urlEchoed, useEchoes } from "./planting";
import { RESULT, R_END, R_WORD, addEnd, addResult, addRow, addToken, addWord, beginText, endText, nextWord, wordLen, wordPtr } from "./tokens";
import { K_LIST, K_RECORD } from "./typed";
import { KNOWN, N_KIND, N_LEN, N_NEXT, N_PTR, stateOf } from "./value";

function add(id: u32, c: u32, p: usize, len: u32): void {
  if (!isEchoed(c, p, len) && !(c == CLASS_NUMBER && isEchoed(CLASS_AMOUNT, p, len))) addToken(RESULT, id, p, len);
}
function tokens(id: u32, c: u32): void {
  const mark = bump;
  if (c == CLASS_ID) {
    const len = <u32>(chunkEnd - chunkPtr);
    const folded = alloc(<usize>len + 32);
    if (folded) {
      fold(chunkPtr, len, folded);
      add(id, c, folded, len);
    }
  } else if (c == CLASS_NUMBER) {
    const n = amount(chunkPtr, chunkEnd);
    const at = n ? alloc(64) : 0;
    if (at) {
      memory.copy(at, TEXT, n);
      add(id, c, at, n);
    }
  } else if (c == CLASS_EMAIL) {
    startEmails();
    for (let t = nextEmail(); t; t = nextEmail()) if (t == FOUND) add(id, c, tokenPtr, tokenLen);
  } else {
    startUrls();
    for (let t = nextUrl(); t; t = nextUrl()) {
      if (t != FOUND) continue;
      if (c == CLASS_HOST) add(id, c, urlHost, urlHostLen);
      else if (!urlEchoed(tokenPtr, tokenLen)) {
        addToken(RESULT, id, tokenPtr, tokenLen);
        if (urlIsBare && !isEchoed(CLASS_SITE, urlHost, urlHostLen)) addToken(RESULT, id, urlHost, urlHostLen);
      }
    }
  }
  setBump(mark);
}

/** All that one text holds of the source's class, or nothing. */
function search(id: u32, c: u32, p: usize, len: u32): void {
  const mark = bump;
  const room = alloc((H(H_TOKEN_CAP) + 1) << 4);
  if (!room) return;
  beginText(room);
  if (c == CLASS_TEXT) {
    const inner = bump;
    let any = false;
    for (let q = nextWord(p, p + len); q; q = nextWord(q, p + len)) {
      any = true;
      addWord(R_WORD, id, wordPtr, wordLen, isEchoed(CLASS_WORD, wordPtr, wordLen));
      setBump(inner);
    }
    if (any) addEnd(R_END, id);
  } else {
    startText(p, len);
    while (nextChunk()) tokens(id, c);
  }
  endText();
  setBump(mark);
}

function take(node: usize, id: u32, path: usize, n: u32): void {
  if (stateOf(node) != KNOWN) return;
  const kind = load<u32>(node, N_KIND);
  if (kind == K_LIST) {
    for (let e = <usize>load<u32>(node, N_PTR); e; e = <usize>load<u32>(e, N_NEXT)) take(e, id, path, n);
    return;
  }
  if (n) {
    if (kind == K_RECORD) take(<usize>load<u32>(node, N_PTR) + <usize>load<u32>(path) * NODE, id, path + 4, n - 1);
    return;
  }
  const s = source(id);
  const c = load<u32>(s);
  if (load<u32>(s, 16) & CONTAINS) return search(id, c, <usize>load<u32>(node, N_PTR), load<u32>(node, N_LEN));
  const mark = bump;
  if (formOf(node, c) && !(c == CLASS_URL ? urlEchoed(formPtr, formLen) : isEchoed(c, formPtr, formLen)) && !(isAmount(node) && isEchoed(CLASS_AMOUNT, formPtr, formLen))) addResult(id, formPtr, formLen);
  setBump(mark);
}

/** Tokens of an ok, fitting result of `tool` (index), typed below `root`. `named`: bits of the arguments that the user said; `asked`: rows of what the call asked. */
export function takeResult(tool: u32, root: usize, named: u32, echo: usize, echoes: u32, asked: usize, askedCount: u32): void {
  if (askedCount != TOO_MANY) for (let i: u32 = 0; i < askedCount; i++) addRow(asked + (<usize>i << 4));
  if (echoes == TOO_MANY) return;
  useEchoes(echo, echoes);
  for (let i: u32 = 0; i < <u32>H(H_SOURCE_COUNT); i++) {
    const s = source(i);
    if (load<u32>(s, 12) != tool || load<u32>(s, 16) & ARGUMENT) continue;
    if (load<u32>(s, 20) && !((named >> load<u32>(s, 28)) & 1)) continue;
    take(root, i, <usize>load<u32>(s, 4), load<u32>(s, 8));
  }
}
