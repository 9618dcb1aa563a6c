/** The differential run: cases of a seed against a subject until enough pairs agreed, or the first difference, shrunk. */

import { type Compared, compare, type Difference } from "./compare.ts";
import { type Coverage, coverage } from "./coverage.ts";
import type { Case } from "./event.ts";
import { makeCase } from "./generate/case.ts";
import { shrink } from "./shrink.ts";
import { toSource } from "./source.ts";
import type { Subject } from "./subject.ts";
import { plain } from "./written.ts";

export interface Run {
  readonly pairs: number;
  readonly contracts: number;
  readonly failure: Failure | undefined;
  readonly coverage: Coverage;
}
export interface Failure {
  /** Of the case: `--seed` with this number and one pair shows it again. */
  readonly seed: number;
  readonly original: Case;
  readonly shrunk: Case;
  readonly difference: Difference;
}

export function run(
  subject: Subject,
  pairs: number,
  seed: number,
  progress: (pairs: number, contracts: number) => void = () => {},
  /** Cases that could show what is looked for; of the others nothing is asked. */
  concerns: (given: Case) => boolean = () => true,
): Run {
  const covered = coverage();
  let done = 0;
  let contracts = 0;
  for (let at = seed; done < pairs; at += 1) {
    const given = makeCase(at);
    if (!concerns(given)) continue;
    covered.contract(given.contract);
    const compared: Compared = compare(given, subject, covered.event);
    done += compared.pairs;
    contracts += 1;
    if (compared.difference !== undefined) {
      const start = { ...given, events: given.events.slice(0, compared.difference.at + 1) };
      const shrunk = shrink(start, (candidate) => compare(candidate, subject).difference !== undefined);
      const difference = compare(shrunk, subject).difference!;
      return { pairs: done, contracts, failure: { seed: at, original: given, shrunk, difference }, coverage: covered };
    }
    progress(done, contracts);
  }
  return { pairs: done, contracts, failure: undefined, coverage: covered };
}

export function failureText(failure: Failure): string {
  const { seed, shrunk, difference } = failure;
  const events = shrunk.events.map((event, i) => {
    const spelled = event.style === undefined && event.damage.length === 0 ? "" : ` (spelled ${JSON.stringify(event)})`;
    return `  ${i === difference.at ? ">" : " "} ${plain(event.request)}${spelled}`;
  });
  return [
    `seed ${seed}: ${difference.what}`,
    "",
    toSource(shrunk.contract),
    "history:",
    ...events,
    "",
    `request:  ${difference.request}`,
    `expected: ${JSON.stringify(difference.expected)}`,
    `actual:   ${JSON.stringify(difference.actual)}`,
  ].join("\n");
}
