// The main job, start to end, on the bundled examples: check, compile, test, replay a recorded week, print its decisions; then let a host record what
// it decides, verify its log and make every decision again.
// `npm run demo` runs it; it stops at the first command that does not do what it should.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

function run(shown, program, args) {
  process.stdout.write(`\n$ ${[shown, ...args].join(" ")}\n`);
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 70);
}
const thc = (...args) => run("thc", "cli/bin/thc.mjs", args);

for (const command of COMMANDS) thc(...command);
process.stdout.write(`\n$ cat ${out}/decisions.jsonl\n${readFileSync(`${root}${out}/decisions.jsonl`, "utf8")}`);

// It stays there, to be looked at.
const written = mkdtempSync(join(tmpdir(), "thc-audited-"));
run("node examples/audited/host.mjs", "examples/audited/host.mjs", [`${out}/banking.wasm`, written]);
thc("audit", "verify", join(written, "log"), "--deep");
thc("audit", "replay", join(written, "log"), "--module", `${out}/banking.wasm`, "--sidecar", join(written, "sidecar"));
