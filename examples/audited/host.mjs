// A small host that records what it decides: `node examples/audited/host.mjs MODULE FOLDER`.
//
// It takes the runs beside it through `enforce`, as a live agent's host would, and writes every decision into an audit log in FOLDER before anything
// happens: `log` is for anyone, `sidecar` opens its commitments and stays with the host, `log.pem` is the key that signs checkpoints.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSigner, decisionInput, generateSigningKey, openLog } from "@thc/audit";
import { enforce, load } from "@thc/runtime";

const ORIGIN = "bank.example/agents/desk";
const AGENT = "banking-assistant-1";
const [modulePath, folder] = process.argv.slice(2);
if (modulePath === undefined || folder === undefined) {
  process.stderr.write("usage: node examples/audited/host.mjs MODULE FOLDER\n");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const bytes = readFileSync(modulePath);
const runtime = await load(bytes, { obligations: ["log_full"] });
const { name, version } = runtime.manifest.contract;
const contract = { digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}`, name, version };

const signingKey = generateSigningKey();
writeFileSync(join(folder, "log.pem"), signingKey, { flag: "wx", mode: 0o600 });
const { log } = openLog({ folder: join(folder, "log"), sidecar: join(folder, "sidecar"), origin: ORIGIN, signingKey });

/** Decides, and answers only once the decision is durable: a record that fails throws, and `enforce` lets nothing through. */
const recording = (session) => ({
  ...runtime,
  decide(event, before = new Uint8Array(0)) {
    const request = Buffer.from(JSON.stringify(event));
    const answer = runtime.decide(request, before);
    const actionDigest = runtime.actionDigest();
    log.appendDecisionSync(decisionInput({ contract, request, answer, actionDigest, before, session }));
    return answer;
  },
});

/** A session's state, in memory; a real host keeps it where it keeps sessions. */
function createSession() {
  let state = new Uint8Array(0);
  return {
    load: async () => state,
    save: async (before, after) => {
      if (state !== before) return false;
      state = after;
      return true;
    },
  };
}

/** What the approver signs for: exactly what the rules asked. The host has checked who it is. */
const grant = (asked, by, id) =>
  asked.map(({ rule, digest }) => ({ id: `${id}/${rule}`, rule, digest, by, user: true, at: Date.now() }));

for (const line of readFileSync(new URL("runs.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")) {
  const run = JSON.parse(line);
  const decider = recording(run.id);
  const session = createSession();
  const principal = { id: AGENT };
  const about = (rest) => ({ time: Date.now(), session: run.id, trace_id: `trace-${run.id}`, ...rest });

  const before = await session.load();
  const message = { from: "user", text: run.prompt };
  const heard = decider.decide({ event: "message", principal, context: about({}), message }, before);
  if (!(await session.save(before, heard.state))) throw new Error("the session was written by another");

  for (const [at, { fn: tool, args, out, approved_by }] of run.calls.entries()) {
    const id = `${run.id}#${at}`;
    const act = (approvals) =>
      enforce(
        decider,
        session,
        { principal, action: { tool, args }, context: about({ call_id: id, approvals }) },
        async () => ({ value: out, kept: ["log_full"] }),
        Date.now,
      );
    let done = await act([]);
    if (done.decision.outcome === "require_approval" && approved_by !== undefined)
      done = await act(grant(done.decision.approvals, approved_by, id));
    const { outcome, rules } = done.decision;
    process.stdout.write(
      `${id.padEnd(20)} ${tool.padEnd(30)} ${done.kind.padEnd(9)} ${outcome} (${rules.join(", ")})\n`,
    );
  }
}
await log.close();
process.stdout.write(`${log.size()} records, signed by ${createSigner(ORIGIN, signingKey).verificationKey}\n`);
