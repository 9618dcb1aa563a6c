/** CEL (@bufbuild/cel): expressions planned once; the host code finds a tool's in a Map, as nobody would try all of them. */
import { celEnv, parse, plan } from "@bufbuild/cel";
import type { ToolPolicy } from "../workload.ts";
import { type BuildPeer, exactly, type Flat, flatten } from "./peer.ts";

type Program = (flat: Flat) => boolean;

export const buildCel: BuildPeer = async (w) => {
  const start = performance.now();
  const env = celEnv();
  const program = (expression: string): Program => {
    const run = plan(env, parse(expression));
    return (flat) => {
      const result = run(flat);
      if (typeof result !== "boolean") throw new Error(`CEL: ${String(result)}`);
      return result;
    };
  };
  const common = ["hops > 3.0", 'origin == "web" && class_ in ["secret", "pci"]', 'env == "frozen"'].map(program);
  const policies = new Map(w.tools.map((t) => [t.name, programsOf(t, program)]));
  return {
    name: "CEL (@bufbuild/cel)",
    says: exactly,
    loadMs: performance.now() - start,
    fromObject(r) {
      const flat = flatten(r);
      if (flat === undefined) return "deny";
      const named = { ...flat, class_: flat.class };
      const own = policies.get(flat.tool);
      if (own === undefined || common.some((deny) => deny(named)) || own.denials.some((deny) => deny(named)))
        return "deny";
      if (!own.may(named)) return "deny";
      return own.log(named) ? "allow_with_obligations" : "allow";
    },
  };
};

function programsOf(t: ToolPolicy, program: (expression: string) => Program) {
  const list = (words: readonly string[]): string => JSON.stringify(words);
  const hosts = [
    `host in ${list(t.hosts.filter((h) => !h.startsWith("*.")))}`,
    ...t.hosts.filter((h) => h.startsWith("*.")).map((h) => `host.endsWith(${JSON.stringify(h.slice(1))})`),
  ].join(" || ");
  return {
    denials: [
      `amount > ${t.cap}.0`,
      `class_ in ${list(t.classes)} && !(${hosts})`,
      'env == "prod" && ratio > 9800.0',
    ].map(program),
    log: program(`env == "prod" && amount > ${t.logAbove}.0`),
    may: program(`team in ${list(t.teams)}`),
  };
}
