/** Test programs in TypeScript, bundled so that a plain `node` (or a worker) runs them. */

import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { freshFolder } from "./folders.ts";

/** Path of the bundle of `entry`, relative to the repository's root. */
export function bundled(entry: string): string {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const outfile = join(freshFolder(), "program.mjs");
  buildSync({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["source"],
    logLevel: "warning",
  });
  return outfile;
}

export const has = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

/** Runs until `line` has said stop, then kills with SIGKILL; resolves with all that was said. */
export function runUntil(
  program: string,
  args: readonly string[],
  stop: (line: string) => boolean,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    let killed = false;
    child.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      const whole = said.slice(0, said.lastIndexOf("\n")).split("\n");
      if (!killed && whole.some(stop)) {
        killed = true;
        child.kill("SIGKILL");
      }
    });
    child.on("error", reject);
    child.on("close", () =>
      resolve(
        said
          .slice(0, said.lastIndexOf("\n") + 1)
          .split("\n")
          .filter((line) => line !== ""),
      ),
    );
  });
}
