/**
 * What `thc test` runs: contracts, each with the suites that name it.
 *
 * A folder stands for the contracts and suites in it and below. A contract named alone brings the suites beside it that name
 * it; a suite named alone runs without the contract's own tests.
 */
import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { locateTests, type Read, readText } from "../files/read.ts";
import { visible } from "../terminal/visible.ts";
import type { Suite } from "./suite.ts";

export interface Job {
  readonly contract: string;
  /** Its own tests are asked for. */
  own: boolean;
  readonly suites: { readonly path: string; readonly text: string; readonly suite: Suite }[];
}
export type Gathered = {
  readonly jobs: readonly Job[];
  /** What could not be read, in lines for the user. */
  readonly unreadable: readonly string[];
  /** What is wrong in suites. */
  readonly invalid: readonly string[];
};

const SUITE = ".test.yaml";

export async function gather(paths: readonly string[]): Promise<Gathered> {
  const jobs = new Map<string, Job>();
  const seen = new Set<string>();
  const unreadable: string[] = [];
  const invalid: string[] = [];
  const job = (contract: string): Job => {
    const key = resolve(contract);
    const made = jobs.get(key) ?? { contract, own: false, suites: [] };
    jobs.set(key, made);
    return made;
  };
  async function addSuite(path: string, only: string | undefined): Promise<void> {
    if (seen.has(resolve(path))) return;
    const text = readText(path);
    if (!text.ok) return void unreadable.push(text.message);
    const { readSuite } = await import("./suite.ts");
    const read = readSuite(text.value);
    if (!read.ok) {
      seen.add(resolve(path));
      for (const { line, message } of read.problems) invalid.push(`${visible(path)}:${line}: ${visible(message)}`);
      return;
    }
    const contract = join(dirname(path), read.suite.contract);
    if (only !== undefined && resolve(contract) !== resolve(only)) return;
    seen.add(resolve(path));
    job(only ?? relativeTo(contract)).suites.push({ path, text: text.value, suite: read.suite });
  }
  for (const path of paths) {
    const located: Read<readonly string[]> = locateTests(path);
    if (!located.ok) {
      unreadable.push(located.message);
      continue;
    }
    for (const file of located.value) {
      if (file.endsWith(SUITE)) await addSuite(file, undefined);
      else {
        job(file).own = true;
        for (const beside of suitesBeside(file)) await addSuite(beside, file);
      }
    }
  }
  return { jobs: [...jobs.values()], unreadable, invalid };
}

const relativeTo = (path: string): string => relative(process.cwd(), resolve(path)) || path;

function suitesBeside(contract: string): string[] {
  const folder = dirname(contract);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(SUITE))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
