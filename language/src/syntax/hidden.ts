/**
 * Characters that a reader cannot see or that change what is seen (bidirectional controls, zero-width, tags, lone surrogates,
 * a carriage return that ends no line). Refused everywhere, also in comments: a contract is read by people.
 */
export const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e0fff}]|\u034f|[\u17b4\u17b5]|[\ufe00-\ufe0f]|\r(?!\n)/gu;
