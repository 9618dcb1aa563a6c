/**
 * One policy in two spellings: a contract's text, and the neutral rules that hand-written code and peers are built from.
 * Seeded, so that every engine sees the same contract and the same requests. A tool carries five rules, the way teams write
 * them: a cap, a destination list, a freeze, an obligation and an allow; three rules hold for every tool.
 */
export interface ToolPolicy {
  readonly name: string;
  readonly cap: number;
  readonly classes: readonly string[];
  readonly hosts: readonly string[];
  readonly logAbove: number;
  readonly teams: readonly string[];
}
export interface Workload {
  readonly rules: number;
  readonly text: string;
  readonly tools: readonly ToolPolicy[];
}

const TEAMS = ["support", "billing", "growth", "platform", "security", "finance", "legal", "ops"];
const CLASSES = ["public", "internal", "customer", "phi", "pci", "secret", "source", "export"];
const VERBS = ["read", "list", "search", "create", "update", "refund", "remove", "export_all", "send_out", "run_job"];

/** mulberry32: small, seeded, good enough to pick from lists. */
export function randomOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
function some(random: () => number, from: readonly string[], n: number): string[] {
  const out = new Set<string>();
  while (out.size < n) out.add(pick(random, from));
  return [...out].sort();
}

const GLOBAL = `
  deep:    deny * when context.hops > 3
  leak:    deny * when has context.origin and context.origin == "web" and resource.class in ["secret", "pci"]
  frozen:  deny * when resource.env == "frozen"`;

export function workload(rules: number): Workload {
  const random = randomOf(1234 + rules);
  const tools: ToolPolicy[] = [];
  for (let i = 0; i < Math.max(1, Math.floor((rules - 3) / 5)); i++) {
    tools.push({
      name: `svc${Math.floor(i / 10)}.${VERBS[i % 10]}`,
      cap: 500 + Math.floor(random() * 1000),
      classes: some(random, CLASSES, 3),
      hosts: Array.from({ length: 4 }, (_, k) =>
        k % 2 === 0 ? `api${(i + k) % 40}.vendor.example` : `*.part${(i + k) % 40}.example`,
      ),
      logAbove: 100 + Math.floor(random() * 300),
      teams: some(random, TEAMS, 4),
    });
  }
  const list = (words: readonly string[]) => words.map((w) => JSON.stringify(w)).join(", ");
  const text = `contract "bench" version "1.0.0" {
  agent worker { id "agent-*" }
  fact principal.tier: Text?
  fact resource.env: "prod" | "staging" | "dev" | "frozen"
  fact resource.class: Text
  fact context.hops: Int
  ${tools.map((t) => `tool ${t.name}(host: Host dest, amount: Money<EUR>, ratio: Decimal, currency: Text, path: Text, customer: { id: Id, name: Text }, tags: List<Text>, note: Text?) write external`).join("\n  ")}
${GLOBAL}
${tools
  .map(
    (t, i) => `  cap${i}: deny ${t.name} when amount > ${t.cap} EUR
  out${i}: deny ${t.name} when resource.class in [${list(t.classes)}] and not (host in [${list(t.hosts)}])
  odd${i}: deny ${t.name} when resource.env == "prod" and ratio > 98
  log${i}: oblige ${t.name} when resource.env == "prod" and amount > ${t.logAbove} EUR with log_full
  may${i}: allow ${t.name} when has principal.team and principal.team in [${list(t.teams)}]`,
  )
  .join("\n")}
}
`;
  return { rules, text, tools };
}

export interface BenchRequest {
  readonly event: "call";
  readonly principal: {
    readonly id: string;
    readonly team: string;
    readonly roles: readonly string[];
    readonly scopes: readonly string[];
  };
  readonly action: {
    readonly tool: string;
    readonly args: {
      readonly host: string;
      readonly amount: number;
      readonly ratio: number;
      readonly currency: string;
      readonly path: string;
      readonly customer: { readonly id: string; readonly name: string };
      readonly tags: readonly string[];
      readonly note: string;
    };
  };
  readonly resource: { readonly env: string; readonly owner: string; readonly class: string; readonly region: string };
  readonly context: {
    readonly time: number;
    readonly call_id: string;
    readonly session: string;
    readonly turn: number;
    readonly hops: number;
    readonly origin: string;
    readonly labels: readonly string[];
    readonly counters: { readonly calls_1m: number; readonly spend_day: number };
  };
}

const LABELS = ["pii", "customer", "internal", "public", "source_code", "prompt", "finance", "hr", "untrusted", "web"];

/**
 * Requests of about 720 bytes, shaped as gateways send them: identity, arguments, resource, context, half of it nothing the
 * contract reads. `noteLength` pads to other sizes. One in ten names a tool that the contract does not know; a few carry
 * an argument of the wrong type, one too many, or a host in capitals.
 */
export function requests(w: Workload, count: number, noteLength = 60, seed = 99): BenchRequest[] {
  const random = randomOf(seed);
  const words = "customer asked for a partial refund since the order was delayed by the carrier and arrived damaged ";
  return Array.from({ length: count }, (_, i) => {
    const t = pick(random, w.tools);
    const u = random();
    const host =
      u < 0.4
        ? (t.hosts[0] as string)
        : u < 0.8
          ? `eu.${(t.hosts[1] as string).slice(2)}`
          : pick(random, ["evil.example.org", "api0.vendor.example.evil.io", "vendor.example"]);
    const request: BenchRequest = {
      event: "call",
      principal: {
        id: `agent-7f3a${i}`,
        team: pick(random, TEAMS),
        roles: ["tier1", "billing"],
        scopes: ["refunds:write", "orders:read"],
      },
      action: {
        tool: random() < 0.1 ? `unknown.tool_${i}` : t.name,
        args: {
          host: i % 31 === 5 ? host.toUpperCase() : host,
          amount: Math.floor(random() * 700),
          ratio: Math.round(random() * 1e4) / 100,
          currency: "EUR",
          path: `/v1/refunds/${Math.floor(random() * 1e6)}`,
          customer: { id: `cus_${Math.floor(random() * 1e9)}`, name: i % 7 === 0 ? 'Zoë "Z" Brown' : "Alice Brown" },
          tags: ["delayed", "carrier", pick(random, TEAMS)],
          note: words.repeat(Math.ceil(noteLength / words.length)).slice(0, noteLength),
        },
      },
      resource: {
        env: pick(random, ["prod", "prod", "staging", "dev", "frozen"]),
        owner: "team-support",
        class: pick(random, CLASSES),
        region: "eu-west-1",
      },
      context: {
        time: 1_760_000_000_000 + i,
        call_id: `call_${Math.floor(random() * 1e9)}`,
        session: "s-3f1c2a9e5d6b",
        turn: i % 17,
        hops: Math.floor(random() * 4.3),
        origin: pick(random, ["user", "user", "user", "agent", "schedule", "web"]),
        labels: LABELS.filter(() => random() < 0.2),
        counters: { calls_1m: Math.floor(random() * 101), spend_day: Math.round(random() * 1e5) / 100 },
      },
    };
    // what agents get wrong now and then: a number in quotes, an argument the tool does not have
    const { args } = request.action;
    if (i % 37 === 11) Object.assign(args, { amount: String(args.amount) });
    if (i % 41 === 17) Object.assign(args, { dry_run: true });
    return request;
  });
}
