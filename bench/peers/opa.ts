/**
 * OPA's WebAssembly, in two spellings: one rule over data (what its authors advise), and a rule a rule. The policy is built by an `opa`
 * binary on the PATH; without one it is not measured.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPolicy } from "@open-policy-agent/opa-wasm";
import type { Workload } from "../workload.ts";
import { type BuildPeer, exactly, flatten } from "./peer.ts";

const HEAD = `package bench
import rego.v1
default decision := "deny"
denied if input.hops > 3
denied if { input.origin == "web"; input.class in {"secret", "pci"} }
denied if input.env == "frozen"
decision := "allow_with_obligations" if { may; not denied; log }
decision := "allow" if { may; not denied; not log }
`;
const BY_DATA = `${HEAD}
tool := data.tools[input.tool]
inside if tool.exact[input.host]
inside if { some end in tool.below; endswith(input.host, end) }
denied if input.amount > tool.cap
denied if { tool.classes[input.class]; not inside }
denied if { tool; input.env == "prod"; input.ratio > 9800 }
log if { input.env == "prod"; input.amount > tool.log_above }
may if tool.teams[input.team]
`;

function ruleByRule(w: Workload): string {
  const set = (words: readonly string[]): string => `{${words.map((word) => JSON.stringify(word)).join(", ")}}`;
  const rules = w.tools.map((t, i) => {
    const is = `input.tool == ${JSON.stringify(t.name)}`;
    const exact = t.hosts.filter((h) => !h.startsWith("*."));
    const below = t.hosts.filter((h) => h.startsWith("*."));
    return `inside${i} if input.host in ${set(exact)}
${below.map((h) => `inside${i} if endswith(input.host, ${JSON.stringify(h.slice(1))})`).join("\n")}
denied if { ${is}; input.amount > ${t.cap} }
denied if { ${is}; input.class in ${set(t.classes)}; not inside${i} }
denied if { ${is}; input.env == "prod"; input.ratio > 9800 }
log if { ${is}; input.env == "prod"; input.amount > ${t.logAbove} }
may if { ${is}; input.team in ${set(t.teams)} }`;
  });
  return `${HEAD}\n${rules.join("\n")}\n`;
}

const keys = (words: readonly string[]): object => Object.fromEntries(words.map((word) => [word, true]));
const dataOf = (w: Workload): object => ({
  tools: Object.fromEntries(
    w.tools.map((t) => [
      t.name,
      {
        cap: t.cap,
        log_above: t.logAbove,
        teams: keys(t.teams),
        classes: keys(t.classes),
        exact: keys(t.hosts.filter((h) => !h.startsWith("*."))),
        below: t.hosts.filter((h) => h.startsWith("*.")).map((h) => h.slice(1)),
      },
    ]),
  ),
});

function compiled(rego: string): Uint8Array | undefined {
  const folder = mkdtempSync(join(tmpdir(), "thc-opa-"));
  try {
    writeFileSync(join(folder, "p.rego"), rego);
    const bundle = join(folder, "b.tgz");
    const args = ["build", "-t", "wasm", "-e", "bench/decision", "-O", "1", "-o", bundle, join(folder, "p.rego")];
    execFileSync("opa", args, { stdio: "ignore", timeout: 300_000 });
    execFileSync("tar", ["xzf", bundle, "-C", folder, "/policy.wasm"], { stdio: "ignore" });
    return readFileSync(join(folder, "policy.wasm"));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const build =
  (name: string, rego: (w: Workload) => string, data: (w: Workload) => object | undefined): BuildPeer =>
  async (w) => {
    const wasm = compiled(rego(w));
    if (wasm === undefined) return { name, missing: "no `opa` on the PATH builds the policy" };
    const start = performance.now();
    const policy = await loadPolicy(wasm as unknown as ArrayBuffer);
    const given = data(w);
    if (given !== undefined) policy.setData(given);
    return {
      name,
      says: exactly,
      loadMs: performance.now() - start,
      fromObject(r) {
        const flat = flatten(r);
        if (flat === undefined) return "deny";
        const [answer] = policy.evaluate(flat) as readonly {
          readonly result: "deny" | "allow" | "allow_with_obligations";
        }[];
        return answer?.result ?? "deny";
      },
    };
  };

export const buildOpaData = build("OPA (WASM, rules over data)", () => BY_DATA, dataOf);
export const buildOpaRules = build("OPA (WASM, rule by rule)", ruleByRule, () => undefined);
