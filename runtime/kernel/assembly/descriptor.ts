// How a value of the request is typed: descriptors and member entries, written by the compiler (compiler/src/link/descriptors.ts).
//
// Descriptor, 32 B: kind u8, flags u8, error class u8, – · a u32 · b u32 · c u32 · children u32 · needed u64 · hint u32
// Member entry, 64 B: hash, address, length + 1 (0: empty), descriptor, target, how u8, kind u8 of the value, length u8 of the guess
// (255: it is too long, 0: the name needs an escape), needed u8, rest u32 of the guess, hint, the guess 16 B, bit u64.
//   guess  the name in quotes and a colon, padded with zeros; `rest` has a bit for each byte of the 16 behind it, and bit 16 where
//          there is no guess at all
//   bit    1 << place, 0 beyond 64 members
//   hint   the entry that followed this one last time, as requests keep their members' order: checked every time, the first
//          entry's stands in the descriptor. Hints are all that outlives an event, and only speed can tell.

export const K_BOOL: u32 = 1;
export const K_INT: u32 = 2;
export const K_DECIMAL: u32 = 3;
export const K_MONEY: u32 = 4;
export const K_TEXT: u32 = 5;
export const K_ID: u32 = 6;
export const K_EMAIL: u32 = 7;
export const K_URL: u32 = 8;
export const K_HOST: u32 = 9;
export const K_PATH: u32 = 10;
export const K_LITERALS: u32 = 11;
export const K_LIST: u32 = 12;
export const K_RECORD: u32 = 13;
export const K_JSON: u32 = 14;
export const K_TOOL: u32 = 15;
export const K_ARGS: u32 = 16;

export const K_MAP: u32 = 30;
export const K_UNION: u32 = 31;

export const F_OPTIONAL: u32 = 1;
export const F_MINOR: u32 = 2;
export const F_RANGE: u32 = 4;
export const F_SYMBOL: u32 = 8;
export const F_OPEN: u32 = 16;
export const F_TREE: u32 = 32;
/** More members than `needed` has bits. */
export const F_WIDE: u32 = 64;

/** Of a record that is no tree and takes undeclared members: where entries of those that it met are kept, LEARNED of them, or 0. */
export const D_CHILDREN: usize = 16;
export const LEARNED: usize = 4;
export const D_NEEDED: usize = 20;
export const D_HINT: usize = 28;

export const M_NAME: usize = 4;
export const M_LENGTH: usize = 8;
export const M_INNER: usize = 12;
export const M_TARGET: usize = 16;
export const M_HOW: usize = 20;
export const M_KIND: usize = 21;
export const M_GUESS_LENGTH: usize = 22;
export const M_NEEDED: usize = 23;
export const M_REST: usize = 24;
export const M_HINT: usize = 28;
export const M_GUESS: usize = 32;
export const M_BIT: usize = 48;
/** M_GUESS_LENGTH of a name that may be compared as it is, but is longer than a guess. */
export const LONG_NAME: u32 = 255;

// How a member's value is read; what no fast way fits goes the general one (typed.ts, `typed`).
export const HOW_TEXT_UNREAD: u32 = 0;
export const HOW_TEXT: u32 = 1;
export const HOW_TEXT_SYMBOL: u32 = 2;
export const HOW_NUMBER: u32 = 3;
export const HOW_FORM: u32 = 4;
export const HOW_RECORD: u32 = 5;
export const HOW_TEXTS_UNREAD: u32 = 6;
export const HOW_GENERAL: u32 = 7;
/** Of the entry that stands for every undeclared member. */
export const HOW_STRANGER: u32 = 8;

export const E_REQUEST: u32 = 1;
export const E_ARGS: u32 = 2;
export const E_FACTS: u32 = 3;
export const E_RESULT: u32 = 4;

/** Targets: an absolute address, RELATIVE + child number, or nowhere. */
export const RELATIVE: u32 = 0x80000000;
export const NO_TARGET: u32 = 0xffffffff;
