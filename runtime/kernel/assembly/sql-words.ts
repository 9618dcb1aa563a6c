// Numbers of SQL's words that the grammar knows (sql.ts), the low byte of a word's value; the compiler writes the table (compiler/src/link/sql-words.ts).
export const W_SELECT: u32 = 1;
export const W_WITH: u32 = 2;
export const W_VALUES: u32 = 3;
export const W_FROM: u32 = 4;
export const W_JOIN: u32 = 5;
export const W_STRAIGHT_JOIN: u32 = 6;
export const W_APPLY: u32 = 7;
export const W_INNER: u32 = 8;
export const W_LEFT: u32 = 9;
export const W_RIGHT: u32 = 10;
export const W_FULL: u32 = 11;
export const W_CROSS: u32 = 12;
export const W_OUTER: u32 = 13;
export const W_NATURAL: u32 = 14;
export const W_USING: u32 = 15;
export const W_WHERE: u32 = 16;
export const W_HAVING: u32 = 17;
export const W_WHEN: u32 = 18;
export const W_GROUP: u32 = 19;
export const W_ORDER: u32 = 20;
export const W_UNION: u32 = 21;
export const W_INTERSECT: u32 = 22;
export const W_EXCEPT: u32 = 23;
export const W_MINUS: u32 = 24;
export const W_LIMIT: u32 = 25;
export const W_OFFSET: u32 = 26;
export const W_FETCH: u32 = 27;
export const W_FOR: u32 = 28;
export const W_WINDOW: u32 = 29;
export const W_RETURNING: u32 = 30;
export const W_OUTPUT: u32 = 31;
export const W_SET: u32 = 32;
export const W_INTO: u32 = 33;
export const W_DO: u32 = 34;
export const W_UPDATE: u32 = 35;
export const W_DELETE: u32 = 36;
export const W_INSERT: u32 = 37;
export const W_MERGE: u32 = 38;
export const W_REPLACE: u32 = 39;
export const W_TRUNCATE: u32 = 40;
export const W_DROP: u32 = 41;
export const W_EXPLAIN: u32 = 42;
export const W_QUERY: u32 = 43;
export const W_PLAN: u32 = 44;
export const W_BEGIN: u32 = 45;
export const W_COMMIT: u32 = 46;
export const W_ROLLBACK: u32 = 47;
export const W_START: u32 = 48;
export const W_WORK: u32 = 49;
export const W_TRANSACTION: u32 = 50;
export const W_TRAN: u32 = 51;
export const W_TABLE: u32 = 52;
export const W_VIEW: u32 = 53;
export const W_IF: u32 = 54;
export const W_EXISTS: u32 = 55;
export const W_RESTART: u32 = 56;
export const W_CONTINUE: u32 = 57;
export const W_IDENTITY: u32 = 58;
export const W_CASCADE: u32 = 59;
export const W_RESTRICT: u32 = 60;
export const W_RECURSIVE: u32 = 61;
export const W_AS: u32 = 62;
export const W_NOT: u32 = 63;
export const W_MATERIALIZED: u32 = 64;
export const W_OR: u32 = 65;
export const W_IGNORE: u32 = 66;
export const W_ABORT: u32 = 67;
export const W_FAIL: u32 = 68;
export const W_VALUE: u32 = 69;
export const W_DEFAULT: u32 = 70;
export const W_ALL: u32 = 71;
export const W_DISTINCT: u32 = 72;
export const W_LATERAL: u32 = 73;
export const W_IN: u32 = 74;
export const W_IS: u32 = 75;
export const W_WITHIN: u32 = 76;
export const W_BY: u32 = 77;
export const W_FIRST: u32 = 78;
export const W_NEXT: u32 = 79;
export const W_SHARE: u32 = 80;
export const W_NO: u32 = 81;
export const W_KEY: u32 = 82;
export const W_JSON: u32 = 83;
export const W_XML: u32 = 84;
export const W_TIES: u32 = 85;
export const W_ORDINALITY: u32 = 86;
export const W_ROLLUP: u32 = 87;
export const W_CUBE: u32 = 88;
export const W_TIME: u32 = 89;
export const W_NOTHING: u32 = 90;
export const W_THEN: u32 = 91;
export const W_OF: u32 = 92;
export const W_NOWAIT: u32 = 93;
export const W_SKIP: u32 = 94;
export const W_WAIT: u32 = 95;
export const W_END: u32 = 96;
export const W_GET: u32 = 97;
export const W_MOVE: u32 = 98;
export const W_CONVERSATION: u32 = 99;

/** Of a word's value. */
export const VERB: u32 = 0x100;
export const CLAUSE: u32 = 0x200;
export const RESERVED: u32 = 0x700; // verbs, clauses and operators are no names
export const OPENER: u32 = 0x1800; // with functions
export const FUNCTION: u32 = 0x1000;
export const WITH_FROM: u32 = 0x2000;
export const SEQUENCE: u32 = 0x8000;

@inline export function isOneOf(w: u32, a: u32, b: u32, c: u32): bool {
  return w == a || w == b || w == c;
}
/** Behind WITH, in a rest. */
export function isMore(next: u32): bool {
  return isOneOf(next, W_TIES, W_ORDINALITY, W_ROLLUP) || next == W_CUBE || next == W_TIME;
}
