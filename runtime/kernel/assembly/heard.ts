// What a message of the user leaves in the table (docs/semantics/grounding.md, "What is recorded").
import { H, H_CLASSES, H_TOKEN_CAP, TEXT, alloc, bump, setBump } from "./memory";
import { fold } from "./bytes";
import { CLASS_EMAIL, CLASS_HOST, CLASS_ID, CLASS_NUMBER, CLASS_TEXT, CLASS_URL } from "./forms";
import { FOUND, amount, chunkEnd, chunkPtr, nextChunk, nextEmail, nextUrl, startEmails, startText, startUrls, tokenLen, tokenPtr, urlHost, urlHostLen, urlIsBare } from "./links";
import { U_BARE_HOST, U_EMAIL, U_END, U_HOST, U_ID, U_NUMBER, U_URL, U_WORD, addEnd, addToken, addWord, beginText, endText, nextWord, wordLen, wordPtr } from "./tokens";

@inline function kept(c: u32): bool {
  return (<u32>H(H_CLASSES) & c) != 0;
}

function chunk(): void {
  const mark = bump;
  const len = <u32>(chunkEnd - chunkPtr);
  if (kept(CLASS_ID)) {
    const folded = alloc(<usize>len + 32);
    if (folded) {
      fold(chunkPtr, len, folded);
      addToken(U_ID, 0, folded, len);
    }
  }
  if (kept(CLASS_NUMBER)) {
    const n = amount(chunkPtr, chunkEnd);
    if (n) addToken(U_NUMBER, 0, TEXT, n);
  }
  if (kept(CLASS_EMAIL)) {
    startEmails();
    for (let t = nextEmail(); t; t = nextEmail()) if (t == FOUND) addToken(U_EMAIL, 0, tokenPtr, tokenLen);
  }
  if (kept(CLASS_URL | CLASS_HOST)) {
    startUrls();
    for (let t = nextUrl(); t; t = nextUrl()) {
      if (t != FOUND) continue;
      if (kept(CLASS_URL)) addToken(U_URL, 0, tokenPtr, tokenLen);
      if (urlIsBare) addToken(U_BARE_HOST, 0, urlHost, urlHostLen);
      else if (kept(CLASS_HOST)) addToken(U_HOST, 0, urlHost, urlHostLen);
    }
  }
  setBump(mark);
}

export function hear(p: usize, len: u32): void {
  if (!H(H_CLASSES)) return;
  const room = alloc((H(H_TOKEN_CAP) + 1) << 4);
  if (!room) return;
  beginText(room);
  if (H(H_CLASSES) & ~CLASS_TEXT) {
    startText(p, len);
    while (nextChunk()) chunk();
  }
  if (kept(CLASS_TEXT)) {
    const mark = bump;
    let any = false;
    for (let q = nextWord(p, p + len); q; q = nextWord(q, p + len)) {
      any = true;
      addWord(U_WORD, 0, wordPtr, wordLen, false);
      setBump(mark);
    }
    if (any) addEnd(U_END, 0);
  }
  endText();
}
