/**
 * Tries the properties of one law on one subject: the program that a mutant is bundled into.
 *
 * `attempt LAW SUBJECT [KERNEL]`: with a kernel's file, the subject is the compiler with that kernel. Prints one line of JSON: the sentence that failed and how, or null when all held.
 */
import { readFileSync } from "node:fs";
import { kernelSubject } from "../differential/kernel-subject.ts";
import { subjectNamed } from "../differential/subjects.ts";
import { LAWS } from "../property/laws.ts";
import { tryLaw } from "../property/try-law.ts";

const [law, name, kernel] = process.argv.slice(2);
const subject = kernel === undefined ? await subjectNamed(name!) : kernelSubject(readFileSync(kernel), "mutant");
// The quick ones first: most mutants are seen by more than one.
const laws = LAWS.filter((l) => l.number === Number(law)).sort((a, b) => a.trials - b.trials);
let answer: unknown = null;
for (const { sentence, ...rest } of laws) {
  const broken = tryLaw({ sentence, ...rest }, subject, 1);
  if (broken === undefined) continue;
  answer = { sentence, seed: broken.seed, message: broken.message.slice(0, 300) };
  break;
}
process.stdout.write(`${JSON.stringify(answer)}\n`);
