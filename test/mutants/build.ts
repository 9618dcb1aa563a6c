/** Bundles test/mutants/attempt.ts with one text replaced on the way. Nothing in the tree is written to. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import type { Mutant } from "./mutant.ts";

/** The mutated text, or why the table is out of date. */
export function mutated(root: string, mutant: Mutant): { readonly text: string } | { readonly stale: string } {
  const original = readFileSync(resolve(root, mutant.file), "utf8");
  const pieces = original.split(mutant.text);
  if (pieces.length !== 2) return { stale: `\`${mutant.text}\` occurs ${pieces.length - 1} times in ${mutant.file}` };
  return { text: pieces.join(mutant.replacement) };
}

/** Undefined: nothing is replaced, to see the laws hold. */
export async function bundle(root: string, outfile: string, mutant: Mutant | undefined): Promise<void> {
  const change = mutant === undefined ? undefined : mutated(root, mutant);
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
