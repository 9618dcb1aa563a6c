/**
 * Measurements run in child processes: an engine that aborts takes nothing else with it, and is reported, never tried again.
 * The entry points are bundled once; each child prints one line of JSON.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: string };
export interface Children {
  readonly run: <T>(entry: string, args: readonly (string | number)[]) => Outcome<T>;
  readonly close: () => void;
}

const LONGEST = 600_000;

export async function openChildren(entries: readonly string[]): Promise<Children> {
  const folder = mkdtempSync(join("node_modules", ".bench-"));
  const banner = 'import { createRequire as r } from "node:module"; const require = r(import.meta.url);';
  await build({
    entryPoints: entries.map((entry) => `bench/${entry}.ts`),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["source"],
    // their WebAssembly lies beside their code
    external: ["@cedar-policy/*"],
    logLevel: "warning",
    banner: { js: banner },
  });
  return {
    run(entry, args) {
      const child = spawnSync(process.execPath, [join(folder, `${entry}.mjs`), ...args.map(String)], {
        encoding: "utf8",
        timeout: LONGEST,
        maxBuffer: 64 * 1024 * 1024,
      });
      if (child.status === 0) return { ok: true, value: JSON.parse(child.stdout) };
      const said = child.stderr.split("\n").find((line) => line.trim() !== "" && !/^#\s*$/.test(line)) ?? "";
      return { ok: false, fault: `${child.signal ?? `exit ${child.status}`} ${said.trim().slice(0, 160)}`.trim() };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
