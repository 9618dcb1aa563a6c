/**
 * Commands run by real shells against what is said of them (docs/semantics/commands.md, "What it was compared with"):
 * `node scripts/run-ts.mjs test/differential/command-oracle.ts [--commands N] [--seed N] [--shell bash]`.
 *
 * In an empty folder stand programs that write down their words and what they read, and hand that on with their own name; the shell finds no others
 * but the wrappers. Whatever ran must be a segment with these words, or one whose words are not known, and have read from nobody but whom its
 * `stdin_from` names; what is unknown as a whole is passed over.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommand, type Segment } from "../reference/command/command.ts";
import { makeCommand } from "./generate/commands.ts";
import { seeded } from "./random.ts";

const option = (name: string, otherwise: string): string =>
  process.argv[process.argv.indexOf(`--${name}`) + 1 || process.argv.length] ?? otherwise;
const shell = option("shell", "bash");
const commands = Number(option("commands", "2000"));
const seed = Number(option("seed", "1"));

const STUBS = ["hello", "the", "x", "A1", "rm", "curl", "ls", "cat", "cp", "ssh", "test", "find", "y", "a", "b"];
const REAL = ["env", "nohup", "nice", "timeout", "xargs", "stdbuf", "sh", "bash", "dash"];
const folder = mkdtempSync(join(tmpdir(), "commands-"));
const bin = mkdtempSync(join(tmpdir(), "bin-"));

for (const name of STUBS) {
  // one write each, as those of a pipe run at once
  const words = `for w; do s+="$w"$'\\037'; done`;
  const reads = `IFS= read -rd '' i; printf '%s' "$i" @${name}@`;
  writeFileSync(
    join(bin, name),
    `#!/bin/bash\ns=${name}$'\\037'; ${words}; ${reads}; printf '%s\\036' "$s$i" >> log\n`,
  );
  chmodSync(join(bin, name), 0o755);
}
for (const name of ["sudo", "doas"]) {
  const skip = `while :; do case "$1" in -u|--user) shift 2;; -n|*=*) shift;; *) break;; esac; done`;
  writeFileSync(join(bin, name), `#!/bin/bash\n${skip}\nexec "$@"\n`);
  chmodSync(join(bin, name), 0o755);
}
for (const name of REAL)
  for (const at of ["/usr/bin", "/bin"])
    if (existsSync(`${at}/${name}`) && !existsSync(join(bin, name))) symlinkSync(`${at}/${name}`, join(bin, name));

/** What may not leave the folder stays in it. */
const tame = (text: string): string =>
  text
    .replaceAll("/usr/bin/", `${bin}/`)
    .replaceAll("/etc/passwd", "/nowhere/passwd")
    .replaceAll("/tmp/log", "log2")
    .replaceAll("./", `${bin}/`);

function isSaid(segments: readonly Segment[], [program = "", ...rest]: readonly string[]): boolean {
  const words = rest.slice(0, -1);
  const feeds = [...(rest.at(-1) ?? "").matchAll(/@([A-Za-z0-9]+)@/g)].map(([, name]) => name);
  return segments.some((said) => {
    if (said.program !== undefined && said.program !== program) return false;
    if (!said.from.includes(undefined) && !feeds.every((name) => said.from.includes(name))) return false;
    if (said.adds || said.words.some((word) => word.many)) return true;
    return said.words.length === words.length && said.words.every((word, i) => !word.known || word.text === words[i]);
  });
}

let [ran, programs, wrong] = [0, 0, 0];
for (let i = 0; i < commands; i += 1) {
  const command = tame(makeCommand(seeded(seed * 1_000_003 + i)));
  const segments = readCommand(command)?.segments;
  // a shell without `$'…'` has other words there
  if (shell !== "bash" && command.includes("$'")) continue;
  if (segments === undefined || /\b(?:while|until)\b/.test(command)) continue;
  // one folder each: what runs in the background may end later
  const cwd = join(folder, String(i));
  mkdirSync(cwd);
  const log = join(cwd, "log");
  spawnSync(shell, ["-c", command], {
    cwd,
    env: { PATH: bin, X: "v w" },
    timeout: 3000,
    killSignal: "SIGKILL",
    input: "in1 in2\n",
  });
  const runs = existsSync(log) ? readFileSync(log, "utf8").split("\x1e").slice(0, -1) : [];
  ran += 1;
  programs += runs.length;
  for (const run of runs.map((line) => line.split("\x1f")))
    if (!isSaid(segments, run)) {
      wrong += 1;
      process.stdout.write(`${JSON.stringify(command)}\n  ran ${JSON.stringify(run)}\n`);
    }
}
for (const each of [folder, bin]) rmSync(each, { recursive: true, force: true });
process.stdout.write(`${shell}: ${ran} of ${commands} commands ran ${programs} programs, ${wrong} not said\n`);
process.exitCode = wrong === 0 ? 0 : 1;
