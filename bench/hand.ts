/**
 * The competition that matters most: what a good engineer would write by hand for exactly this policy. Maps and sets built
 * once, conditions in the order that leaves early, the text read by `JSON.parse`. Unlike the module it trusts its input:
 * no types, no duplicate keys, no canonical hosts.
 */
import type { BenchRequest, Workload } from "./workload.ts";

export type Outcome = "deny" | "allow" | "allow_with_obligations";

export interface Hand {
  readonly fromObject: (request: BenchRequest) => Outcome;
  readonly fromBytes: (bytes: Uint8Array) => Outcome;
}

export function handWritten(w: Workload): Hand {
  const policies = new Map(
    w.tools.map((t) => [
      t.name,
      {
        cap: t.cap,
        logAbove: t.logAbove,
        teams: new Set(t.teams),
        classes: new Set(t.classes),
        exact: new Set(t.hosts.filter((h) => !h.startsWith("*."))),
        below: new Set(t.hosts.filter((h) => h.startsWith("*.")).map((h) => h.slice(2))),
      },
    ]),
  );
  const guarded = new Set(["secret", "pci"]);
  function hostIn(exact: ReadonlySet<string>, below: ReadonlySet<string>, host: string): boolean {
    if (exact.has(host)) return true;
    for (let i = host.indexOf("."); i >= 0; i = host.indexOf(".", i + 1)) if (below.has(host.slice(i + 1))) return true;
    return false;
  }
  function fromObject(r: BenchRequest): Outcome {
    const p = policies.get(r.action.tool);
    if (p === undefined) return "deny";
    const { args } = r.action;
    if (!p.teams.has(r.principal.team)) return "deny";
    if (args.amount > p.cap || r.context.hops > 3 || r.resource.env === "frozen") return "deny";
    if (r.context.origin === "web" && guarded.has(r.resource.class)) return "deny";
    if (p.classes.has(r.resource.class) && !hostIn(p.exact, p.below, args.host)) return "deny";
    if (r.resource.env !== "prod") return "allow";
    if (args.ratio > 98) return "deny";
    return args.amount > p.logAbove ? "allow_with_obligations" : "allow";
  }
  const decoder = new TextDecoder();
  return { fromObject, fromBytes: (bytes) => fromObject(JSON.parse(decoder.decode(bytes)) as BenchRequest) };
}
