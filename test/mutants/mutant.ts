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
