/** Numbers and marks of descriptors and member tables, as the kernel has them (runtime/kernel/assembly/descriptor.ts). */
export const KINDS = {
  bool: 1,
  int: 2,
  decimal: 3,
  money: 4,
  text: 5,
  id: 6,
  email: 7,
  url: 8,
  host: 9,
  path: 10,
  literals: 11,
  list: 12,
  record: 13,
  json: 14,
  cloud_action: 17,
  ip: 25,
  account: 26,
  date: 27,
  time: 28,
  duration: 29,
  map: 30,
  sql: 35,
  union: 31,
  command: 32,
} as const;
export const K_TOOL = 15;
export const K_ARGS = 16;
export const OPTIONAL = 1;
export const MINOR = 2;
export const RANGE = 4;
export const SYMBOL = 8;
export const OPEN = 16;
export const TREE = 32;
export const WIDE = 64;
export const RELATIVE = 0x80000000;
export const NO_TARGET = 0xffffffff;
/** Bytes of a member table's entry. */
export const ENTRY = 64;
export const GUESS = 16;
/** Mark of a name that is compared as it stands but is longer than a guess; and the longest that is. */
export const LONG_NAME = 255;
export const LONGEST_COMPARED = 60;
/** Members that have a bit each. */
export const BITS = 64;
/** Undeclared members that an open record remembers; their bits are the last. */
export const LEARNED = 4;
/** How the kernel reads a member's value. */
export const HOW = {
  textUnread: 0,
  text: 1,
  textSymbol: 2,
  number: 3,
  form: 4,
  record: 5,
  textsUnread: 6,
  general: 7,
} as const;
export const ERROR_CLASS = { request: 1, args: 2, facts: 3, result: 4 } as const;
export type ErrorClass = (typeof ERROR_CLASS)[keyof typeof ERROR_CLASS];
