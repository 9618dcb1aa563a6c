/** Not only Node: the same module in headless Chromium and in workerd gives the same decisions and states, bit by bit. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { loadSync } from "@thc/runtime";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { requests, workload } from "../../bench/workload.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { ROOT } from "../house/tree.ts";
import { decideAll, type Job, type Told } from "./decide-all.ts";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
/** The program itself: the script that npm links passes no control channel on. Its package brings one for some platforms only. */
const PROGRAMS = join(ROOT, "node_modules/@cloudflare");
const WORKERD = (existsSync(PROGRAMS) ? readdirSync(PROGRAMS) : [])
  .filter((name) => name.startsWith("workerd-"))
  .map((name) => join(PROGRAMS, name, "bin/workerd"))
  .find(existsSync);

function moduleOf(text: string): Uint8Array {
  const { contract } = check({ path: "x", text });
  const compiled = compile(contract!, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled.bytes;
}

/** A session of the refund desk: messages, calls and results, among them what is refused. */
function session(): string[] {
  const texts: string[] = [];
  const say = (event: string, rest: object, context: object = {}): void => {
    const time = 1_760_000_000_000 + texts.length * 1_000;
    const base = { principal: { id: "support-bot-1" }, resource: { env: "dev" } };
    texts.push(JSON.stringify({ event, ...base, context: { time, session: "s", ...context }, ...rest }));
  };
  for (let i = 0; i < 12; i++) {
    const order_id = `A${i % 5}`;
    say("message", { message: { from: "user", text: `Refund ${order_id} and tell ann${i}@example.com, please.` } });
    say("call", { action: { tool: "orders.lookup", args: { order_id } } }, { call_id: `l${i}` });
    const value = { order_id, total: 100 * (i + 1), customer: `bob${i}@example.com` };
    say("result", { result: { status: "ok", value, kept: ["log_full"] } }, { call_id: `l${i}` });
    const refund = { order_id, amount: 90 * (i + 1), ...(i % 2 === 0 ? { note: "Größe passt nicht" } : {}) };
    say("call", { action: { tool: "refund.issue", args: refund } }, { call_id: `r${i}` });
    say(
      "call",
      { action: { tool: "mail.send", args: { to: [`bob${i}@example.com`], body: "…" } } },
      { call_id: `m${i}` },
    );
  }
  return [...texts, "{", '{"event": "call", "event": "call"}', "\u0000"];
}

const w = workload(10);
const MODULES = [moduleOf(w.text), moduleOf(readFileSync(`${ROOT}test/hosts/refunds.contract`, "utf8"))];
const JOBS: readonly Job[] = [
  { events: requests(w, 200).map((request) => JSON.stringify(request)) },
  { events: session() },
];
const EXPECTED: readonly Told[] = JOBS.map((job, i) => decideAll(loadSync(MODULES[i]!), job));

const folder = mkdtempSync(join(tmpdir(), "thc-hosts-"));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function bundled(entry: string): Promise<string> {
  const outfile = join(folder, `${entry}.mjs`);
  await build({
    entryPoints: [`${ROOT}test/hosts/${entry}.ts`],
    outfile,
    bundle: true,
    format: "esm",
    // nothing of Node may lie on the runtime's path: there it would not be found
    platform: "browser",
    conditions: ["source"],
    external: ["*.wasm"],
    // how workerd finds a worker
    ...(entry === "worker" ? { footer: { js: "export default handler;" } } : {}),
    logLevel: "error",
  });
  return readFileSync(outfile, "utf8");
}

function compare(host: string, told: readonly Told[]): void {
  for (const [i, expected] of EXPECTED.entries()) expect(told[i]!.decisions).toEqual(expected.decisions);
  const speed = (all: readonly Told[]) => all.map(({ microseconds }) => microseconds.toFixed(2)).join(" and ");
  process.stdout.write(
    `${host}: ${speed(told)} µs a decision, stateless and with history; Node: ${speed(EXPECTED)} µs\n`,
  );
}

test("the session has every outcome that matters", () => {
  const outcomes = new Set(EXPECTED[1]!.decisions.map((text) => text.split(" ")[0]));
  expect([...outcomes].sort()).toEqual(["allow", "allow_with_obligations", "deny", "require_approval"]);
});

test.skipIf(CHROMIUM === undefined)(
  "headless Chromium decides the same (skipped where no Chromium is installed)",
  async () => {
    const files = new Map<string, readonly [string, Uint8Array | string]>([
      ["/", ["text/html", '<!doctype html><script type="module" src="/browser.mjs"></script>']],
      ["/browser.mjs", ["text/javascript", await bundled("browser")]],
      ["/jobs.json", ["application/json", JSON.stringify(JOBS)]],
      ...MODULES.map((bytes, i) => [`/${i}.wasm`, ["application/wasm", bytes]] as const),
    ]);
    const server = createServer((request, response) => {
      const [type, body] = files.get(request.url ?? "") ?? ["text/plain", undefined];
      response.writeHead(body === undefined ? 404 : 200, { "content-type": type });
      response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction("globalThis.told !== undefined", undefined, { timeout: 60_000 });
      const told = await page.evaluate<readonly Told[] | string>("globalThis.told");
      if (typeof told === "string") throw new Error(told);
      compare("Chromium", told);
    } finally {
      await browser.close();
      server.close();
    }
  },
  120_000,
);

const runsWorkerd = WORKERD !== undefined && spawnSync(WORKERD, ["--version"]).status === 0;

test.skipIf(!runsWorkerd)(
  "workerd decides the same (skipped where its package brings no program)",
  async () => {
    for (const [i, bytes] of MODULES.entries()) writeFileSync(join(folder, `${i}.wasm`), bytes);
    await bundled("worker");
    const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "worker", esModule = embed "worker.mjs"),
      (name = "0.wasm", wasm = embed "0.wasm"),
      (name = "1.wasm", wasm = embed "1.wasm"),
    ],
    compatibilityDate = "2025-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
    writeFileSync(join(folder, "config.capnp"), config);
    const child = spawn(WORKERD!, ["serve", join(folder, "config.capnp"), "--control-fd=3"], {
      stdio: ["ignore", "inherit", "inherit", "pipe"],
    });
    running.push(child);
    // it says on its control channel which port it got
    const port = await new Promise<number>((found, failed) => {
      let said = "";
      child.stdio[3]!.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const port = /"port"\s*:\s*(\d+)/.exec(said)?.[1];
        if (port !== undefined) found(Number(port));
      });
      child.on("exit", (code) => failed(new Error(`workerd ended: ${code}`)));
    });
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(JOBS) });
    const text = await response.text();
    if (!response.ok) throw new Error(text.slice(0, 300));
    compare("workerd", JSON.parse(text));
  },
  120_000,
);
