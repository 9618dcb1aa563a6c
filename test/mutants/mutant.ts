import { posix } from "node:path";

/**
 * A planted mutant: one exact text of one file, replaced, and the law whose properties must notice.
 *
 * `subject` names who is wrong then (test/differential/subjects.ts). TypeScript of any package is replaced while it is
 * bundled; a file of the kernel is replaced in a copy, and the kernel built from it (build.ts).
 */
export interface Mutant {
  readonly name: string;
  readonly law: number;
  readonly subject: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly text: string;
  readonly replacement: string;
}

/** A mutant as the tables write it. */
export type Row = readonly [law: number, name: string, file: string, text: string, replacement: string];

/** `folder`: from the root of the repository, where the rows' files are; it ends in `/`, or is empty. */
export function planted(subject: string, folder: string, rows: readonly Row[]): readonly Mutant[] {
  return rows.map(([law, name, file, text, replacement]) => ({
    name,
    law,
    subject,
    file: posix.normalize(`${folder}${file}`),
    text,
    replacement,
  }));
}
