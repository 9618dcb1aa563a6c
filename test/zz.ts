import { compare } from "./differential/compare.ts";
import { coverage } from "./differential/coverage.ts";
import { stepper } from "./differential/generate/case.ts";
import { writeLetters } from "./differential/generate/letters.ts";
import { kernelSubject } from "./differential/kernel-subject.ts";
import { seeded } from "./differential/random.ts";
import { failureText } from "./differential/run.ts";
import { shrink } from "./differential/shrink.ts";

const subject = kernelSubject();
const covered = coverage();
let pairs = 0;
const [from, to] = process.argv.slice(2).map(Number);
for (let s = from!; s < to!; s++) {
  const c = writeLetters(seeded(s), stepper);
  covered.contract(c.contract);
  const d = compare(c, subject, covered.event);
  pairs += d.pairs;
  if (d.difference) {
    const start = { ...c, events: c.events.slice(0, d.difference.at + 1) };
    const shrunk = shrink(start, (x) => compare(x, subject).difference !== undefined);
    console.log(failureText({ seed: s, original: c, shrunk, difference: compare(shrunk, subject).difference! }));
    break;
  }
}
console.log(pairs);
for (const [g, n, c] of covered.counts())
  if (["grounded", "state"].includes(g) || n === "not_grounded" || g === "outcome") console.log(g, n, c);
