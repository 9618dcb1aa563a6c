// Builds everything a clone needs: the kernel (AssemblyScript to WASM), the packages (tsc), the bundled command line.
// `npm ci` runs it through `prepare`. Nothing it writes is committed; the kernel's digest is (runtime/kernel/kernel.sha256).

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { KERNEL_FLAGS } from "./kernel-flags.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (path) => `${root}${path}`;

async function buildKernel() {
  const entry = "runtime/kernel/assembly/index.ts";
  if (!existsSync(at(entry))) return;
  mkdirSync(at("runtime/kernel/dist"), { recursive: true });
  const { error, stderr } = await asc.main([entry, "-o", "runtime/kernel/dist/kernel.wasm", ...KERNEL_FLAGS], {
    readFile: (name, base) => (existsSync(`${base}/${name}`) ? readFileSync(`${base}/${name}`, "utf8") : null),
    writeFile: (name, data, base) => writeFileSync(`${base}/${name}`, data),
    listFiles: () => null,
  });
  if (error) {
    process.stderr.write(stderr.toString());
    throw error;
  }
  const digest = createHash("sha256")
    .update(readFileSync(at("runtime/kernel/dist/kernel.wasm")))
    .digest("hex");
  const pinned = at("runtime/kernel/kernel.sha256");
  if (process.argv.includes("--pin")) writeFileSync(pinned, `${digest}\n`);
  else if (existsSync(pinned) && readFileSync(pinned, "utf8").trim() !== digest)
    process.stderr.write(
      `kernel digest ${digest} differs from runtime/kernel/kernel.sha256 (run: npm run build -- --pin)\n`,
    );
}

/** The shelf's rulesets as values, so that whoever has the package needs no files. */
function writeShelf() {
  const folder = at("stdlib-rules/rulesets");
  const names = readdirSync(folder).filter((name) => name.endsWith(".contract"));
  const entries = names.sort().map((name) => {
    const text = JSON.stringify(readFileSync(`${folder}/${name}`, "utf8"));
    return `  "std/${name.replace(/\.contract$/, "")}":\n    ${text},`;
  });
  const lines = [
    "/** Generated from `stdlib-rules/rulesets` by `npm run build`: the shelf's rulesets, by name. */",
    "export const RULESETS: Readonly<Record<string, string>> = {",
    ...entries,
    "};",
  ];
  const file = at("stdlib-rules/src/rulesets.gen.ts");
  const text = `${lines.join("\n")}\n`;
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

function buildPackages() {
  const { status } = spawnSync(
    process.execPath,
    [
      at("node_modules/typescript/bin/tsc"),
      "-b",
      "language",
      "compiler",
      "runtime",
      "stdlib-rules",
      "registry",
      "audit",
      "cli",
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) throw new Error("tsc failed");
}

async function bundleCli() {
  if (!existsSync(at("cli/src/main.ts"))) return;
  // chunks of earlier builds
  for (const name of existsSync(at("cli/dist")) ? readdirSync(at("cli/dist")) : [])
    if (/^thc-[A-Z0-9]+\.mjs$/.test(name)) rmSync(at(`cli/dist/${name}`));
  await build({
    entryPoints: { thc: at("cli/src/main.ts") },
    outdir: at("cli/dist"),
    outExtension: { ".js": ".mjs" },
    // a verb loads what it needs and no more
    splitting: true,
    chunkNames: "thc-[hash]",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["source"],
    minifySyntax: true,
    legalComments: "none",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  if (existsSync(at("runtime/kernel/dist/kernel.wasm")))
    copyFileSync(at("runtime/kernel/dist/kernel.wasm"), at("cli/dist/kernel.wasm"));
  cpSync(at("registry/data"), at("cli/dist/registry-data"), { recursive: true });
}

await buildKernel();
writeShelf();
buildPackages();
await bundleCli();
