/** Bundles test/mutants/attempt.ts with one text replaced on the way, or builds a kernel so. The tree is not written to. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import type { Mutant } from "./mutant.ts";

/** The mutated text, or why the table is out of date. */
export function mutated(root: string, mutant: Mutant): { readonly text: string } | { readonly stale: string } {
  const original = readFileSync(resolve(root, mutant.file), "utf8");
  const pieces = original.split(mutant.text);
  if (pieces.length !== 2) return { stale: `\`${mutant.text}\` occurs ${pieces.length - 1} times in ${mutant.file}` };
  return { text: pieces.join(mutant.replacement) };
}

/** Where the kernel's sources are; a mutant of one of them is no mutant of the bundle. */
const KERNEL = "runtime/kernel/assembly/";

export function isOfKernel(mutant: Mutant): boolean {
  return mutant.file.startsWith(KERNEL);
}

/** The kernel with the mutant's text replaced, written to `outfile`. */
export async function buildKernel(root: string, outfile: string, mutant: Mutant): Promise<void> {
  const change = mutated(root, mutant);
  if ("stale" in change) throw new Error(change.stale);
  const flags = await import(pathToFileURL(resolve(root, "scripts/kernel-flags.mjs")).href);
  // less is optimised than in a release: what a kernel answers is the same, and it is built in half the time
  const quick = (flags.KERNEL_FLAGS as readonly string[]).map((flag) => (flag === "-O3" ? "-O1" : flag));
  const { error, stderr } = await asc.main([`${KERNEL}index.ts`, "-o", outfile, ...quick], {
    readFile: (name, base) => {
      const path = resolve(base === "." ? root : base, name);
      if (path === resolve(root, mutant.file)) return change.text;
      return existsSync(path) ? readFileSync(path, "utf8") : null;
    },
    writeFile: (_, content) => writeFileSync(outfile, content),
    listFiles: () => null,
  });
  if (error !== null)
    throw new Error(`the mutant does not compile: ${/ERROR[\s\S]*/.exec(stderr.toString())?.[0].slice(0, 300)}`);
}

/** Undefined: nothing is replaced, to see the laws hold. */
export async function bundle(root: string, outfile: string, mutant: Mutant | undefined): Promise<void> {
  const change = mutant === undefined || isOfKernel(mutant) ? undefined : mutated(root, mutant);
  if (change !== undefined && "stale" in change) throw new Error(change.stale);
  await build({
    absWorkingDir: root,
    entryPoints: ["test/mutants/attempt.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["source"],
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    plugins: [
      {
        name: "mutant",
        setup: (bundler) => {
          if (mutant === undefined || change === undefined) return;
          const target = resolve(root, mutant.file);
          bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === target ? { contents: change.text, loader: "ts" } : undefined,
          );
        },
      },
    ],
  });
}
