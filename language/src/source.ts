/**
 * Source text and places in it. Offsets are UTF-16 code units from 0; lines and columns are derived when printed.
 */
export interface Source {
  /** As the user named it; only ever printed. */
  readonly path: string;
  readonly text: string;
}

/** Half-open: `start` is in, `end` is out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
