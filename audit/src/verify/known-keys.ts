/**
 * Keys that a canonical scan has judged before, by the key they stood behind: records of one shape bring the same keys again and again.
 *
 * INVARIANT: that a plain key sorts behind another, or may stand first in the object of a third, is a fact about their bytes alone; so what was
 * found good once is good wherever the same bytes follow the same key. The number of keys is bounded, or a hostile log could fill memory.
 */

export interface KnownKey {
  /** Bytes with the closing quote and the colon. */
  readonly size: number;
  /** Those bytes, four at a time; the last four may overlap the ones before. */
  readonly words: Int32Array;
  /** Keys seen behind it in its object, and first in an object (or a list of them) that is its value. */
  readonly behind: KnownKey[];
  readonly inside: KnownKey[];
}

const MOST_KEYS = 4096;
const MOST_CHOICES = 8;
const SHORTEST = 4;
const LONGEST = 64;

export function createKnownKeys() {
  let learnt = 0;
  const top: KnownKey = { size: 0, words: new Int32Array(0), behind: [], inside: [] };
  return {
    /** What the record's own members stand in. */
    top,
    /** Which of these stands at `at`, behind the quote. */
    find(choices: readonly KnownKey[], view: DataView, at: number): KnownKey | null {
      for (let n = 0; n < choices.length; n++) {
        const choice = choices[n] as KnownKey;
        if (holds(choice, view, at)) return choice;
      }
      return null;
    },
    /** Adds the key from `at` to behind its colon; `null` where it is not worth it or there are enough. */
    learn(choices: KnownKey[], view: DataView, at: number, end: number): KnownKey | null {
      const size = end - at;
      if (size < SHORTEST || size > LONGEST || choices.length >= MOST_CHOICES || learnt >= MOST_KEYS) return null;
      learnt += 1;
      const words = Int32Array.from({ length: Math.ceil(size / 4) }, (_, n) =>
        view.getInt32(at + Math.min(4 * n, size - 4), true),
      );
      const key: KnownKey = { size, words, behind: [], inside: [] };
      choices.push(key);
      return key;
    },
  };
}

function holds({ size, words }: KnownKey, view: DataView, at: number): boolean {
  const last = words.length - 1;
  if (at + size > view.byteLength) return false;
  for (let n = 0; n < last; n++) if (view.getInt32(at + 4 * n, true) !== words[n]) return false;
  return view.getInt32(at + size - 4, true) === words[last];
}
