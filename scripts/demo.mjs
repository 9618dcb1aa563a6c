// The main job, start to end, on the bundled example: check, compile, test, replay a recorded week, print its decisions.
// `npm run demo` runs it; it stops at the first command that does not do what it should.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = ".thc/demo";
mkdirSync(root + out, { recursive: true });

const COMMANDS = [
  ["check", "examples/banking"],
  ["compile", "examples/banking", "-o", `${out}/banking.wasm`],
  ["verify", `${out}/banking.wasm`],
  ["test", "examples/banking"],
  [
    ...["replay", "examples/banking", "--trace", "examples/banking/runs/week.jsonl"],
    ...["--decisions", `${out}/decisions.jsonl`],
  ],
];

for (const command of COMMANDS) {
  process.stdout.write(`\n$ thc ${command.join(" ")}\n`);
  const { status } = spawnSync(process.execPath, ["cli/bin/thc.mjs", ...command], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 70);
}

process.stdout.write(`\n$ cat ${out}/decisions.jsonl\n${readFileSync(`${root}${out}/decisions.jsonl`, "utf8")}`);
