/** Runs the built `thc` as a process, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll } from "vitest";
import { ROOT } from "../house/tree.ts";

const BIN = join(ROOT, "cli/bin/thc.mjs");

export interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A fresh folder that is removed when the file's tests are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "thc-e2e-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function thc(
  cwd: string,
  args: readonly string[],
  input: string | Uint8Array = "",
  env: Readonly<Record<string, string>> = {},
  bin: string = BIN,
): Ran {
  requireFreshBundle();
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "", ...env },
    timeout: 30_000,
  });
  return { exit: status, out: stdout, err: stderr };
}

/** The environment with a folder on its path in which `thc` is the built one. */
export function withThcOnPath(): NodeJS.ProcessEnv {
  requireFreshBundle();
  const folder = temporaryFolder();
  const shim = join(folder, "thc");
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(shim, 0o755);
  return { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` };
}

let fresh: boolean | undefined;

/** INVARIANT: these tests never pass on yesterday's build. */
function requireFreshBundle(): void {
  fresh ??= isFresh();
  if (!fresh) throw new Error("the bundled `thc` is missing or older than its sources: run `npm run build`");
}

function isFresh(): boolean {
  const bundle = join(ROOT, "cli/dist/thc.mjs");
  if (!existsSync(bundle)) return false;
  const built = statSync(bundle).mtimeMs;
  return ["cli/src", "language/src", "compiler/src", "runtime/src", "runtime/kernel/assembly", "audit/src"].every(
    (folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith(".ts"))
        .every((path) => statSync(join(ROOT, folder, path)).mtimeMs <= built),
  );
}
