/**
 * The competition that matters most: what a good engineer would write by hand for exactly this policy, so that it gives the
 * same answer to every request. Maps and sets built once, conditions in the order that leaves early, the text read by
 * `JSON.parse`, arguments checked for their types and names, hosts compared in lower case. What it does not do: duplicate
 * keys, numbers two readers read differently, the names of all rules that decided, an explanation.
 */
import type { BenchRequest, Workload } from "./workload.ts";

export type Outcome = "deny" | "allow" | "allow_with_obligations";

export interface Hand {
  readonly fromObject: (request: BenchRequest) => Outcome;
  readonly fromBytes: (bytes: Uint8Array) => Outcome;
}

const NAMES = new Set(["host", "amount", "ratio", "currency", "path", "customer", "tags", "note"]);

/** What every contender checks before its rules: the arguments are those of the tool, and of their types. */
export function wellTyped(a: BenchRequest["action"]["args"]): boolean {
  if (typeof a.host !== "string" || typeof a.amount !== "number" || typeof a.ratio !== "number") return false;
  if (typeof a.currency !== "string" || typeof a.path !== "string" || typeof a.customer !== "object") return false;
  if (typeof a.customer.id !== "string" || typeof a.customer.name !== "string" || !Array.isArray(a.tags)) return false;
  for (const tag of a.tags) if (typeof tag !== "string") return false;
  if (a.note !== undefined && a.note !== null && typeof a.note !== "string") return false;
  for (const name in a) if (!NAMES.has(name)) return false;
  for (const name in a.customer) if (name !== "id" && name !== "name") return false;
  return true;
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
    if (typeof r.principal.id !== "string" || !r.principal.id.startsWith("agent-")) return "deny";
    const p = policies.get(r.action.tool);
    if (p === undefined) return "deny";
    const { args } = r.action;
    if (!wellTyped(args)) return "deny";
    if (!p.teams.has(r.principal.team)) return "deny";
    if (args.amount > p.cap || r.context.hops > 3 || r.resource.env === "frozen") return "deny";
    if (r.context.origin === "web" && guarded.has(r.resource.class)) return "deny";
    if (p.classes.has(r.resource.class) && !hostIn(p.exact, p.below, args.host.toLowerCase())) return "deny";
    if (r.resource.env !== "prod") return "allow";
    if (args.ratio > 98) return "deny";
    return args.amount > p.logAbove ? "allow_with_obligations" : "allow";
  }
  const decoder = new TextDecoder();
  return { fromObject, fromBytes: (bytes) => fromObject(JSON.parse(decoder.decode(bytes)) as BenchRequest) };
}
