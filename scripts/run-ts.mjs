// Runs a TypeScript program of this repository: `node scripts/run-ts.mjs test/differential/fuzz.ts --pairs 1000`.
// Bundled by esbuild from the sources of all packages (condition "source"), so nothing needs to be built first.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [program, ...rest] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write("usage: node scripts/run-ts.mjs PROGRAM.ts [ARGUMENT …]\n");
  process.exit(2);
}
// Below node_modules, so that packages that cannot be bundled are still found.
const folder = mkdtempSync(fileURLToPath(new URL("../node_modules/.run-ts-", import.meta.url)));
try {
  const outfile = join(folder, "program.mjs");
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["source"],
    sourcemap: "inline",
    external: ["esbuild", "assemblyscript", "vitest"],
    logLevel: "warning",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...rest], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
