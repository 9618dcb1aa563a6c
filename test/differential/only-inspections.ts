import { compare } from "./compare.ts";
import { coverage } from "./coverage.ts";
import { stepper } from "./generate/case.ts";
import { tellInspections } from "./generate/inspections.ts";
import { kernelSubject } from "./kernel-subject.ts";
import { seeded } from "./random.ts";
import { failureText } from "./run.ts";
import { shrink } from "./shrink.ts";

const subject = kernelSubject();
const covered = coverage();
let pairs = 0;
const [from = "1", n = "200"] = process.argv.slice(2);
for (let seed = Number(from); seed < Number(from) + Number(n); seed++) {
  const given = tellInspections(seeded(seed), stepper);
  covered.contract(given.contract);
  const c = compare(given, subject, covered.event);
  pairs += c.pairs;
  if (c.difference) {
    const start = { ...given, events: given.events.slice(0, c.difference.at + 1) };
    const shrunk = shrink(start, (x) => compare(x, subject).difference !== undefined);
    console.log(failureText({ seed, original: given, shrunk, difference: compare(shrunk, subject).difference! }));
    process.exit(1);
  }
}
console.log(pairs, "pairs");
for (const [g, nme, k] of covered.counts())
  if (["inspect", "content", "found", "outcome"].includes(g) || nme === "inspection_denied") console.log(g, nme, k);
