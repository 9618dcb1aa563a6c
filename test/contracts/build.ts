/**
 * Typed contracts written as values, tersely: for tests that must not depend on the text language.
 *
 * Names become ranks here as the checker does it: tools and rules are sorted bytewise, targets are given by name.
 */
import { INSPECTORS } from "@thc/stdlib-rules";
import type {
  Approval,
  Condition,
  Contract,
  Decimal,
  Fact,
  FactRoot,
  FlowLabel,
  GroundedValue,
  Label,
  Literal,
  Reference,
  Rule,
  Source,
  Tool,
  Type,
} from "../reference/contract.ts";

const span = { start: 0, end: 0 };

export const T = {
  bool: { kind: "bool" },
  int: { kind: "int" },
  decimal: { kind: "decimal" },
  text: { kind: "text" },
  id: { kind: "id" },
  email: { kind: "email" },
  url: { kind: "url" },
  host: { kind: "host" },
  path: { kind: "path" },
  json: { kind: "json" },
  usd: { kind: "money", currency: "USD", minor: false },
  action: { kind: "cloud_action" },
  ip: { kind: "ip" },
  account: { kind: "account" },
  sql: { kind: "sql" },
  date: { kind: "date" },
  time: { kind: "time" },
  duration: { kind: "duration" },
  command: { kind: "command" },
  cents: { kind: "money", currency: "USD", minor: true },
} as const satisfies Record<string, Type>;
export const mapOf = (value: Type): Type => ({ kind: "map", value });
export const listOf = (element: Type): Type => ({ kind: "list", element });
export const optional = (of: Type): Type => ({ kind: "optional", of });
export const record = (fields: Readonly<Record<string, Type>>): Type => ({
  kind: "record",
  fields: Object.entries(fields).map(([name, type]) => ({ name, type })),
});
/** Records by the text of their tag, which is the first of their fields. */
export const unionOf = (tag: string, cases: Readonly<Record<string, Readonly<Record<string, Type>>>>): Type => ({
  kind: "union",
  tag,
  cases: Object.entries(cases)
    .sort(([a], [b]) => compareNames(a, b))
    .map(([name, fields]) => ({ name, type: record({ [tag]: literals(name), ...fields }) })),
});
export const literals = (...values: readonly string[]): Type => ({ kind: "literals", values });

export function tool(name: string, params: Readonly<Record<string, Type>>, rest: Partial<Tool> = {}): Tool {
  return {
    name,
    params: Object.entries(params).map(([n, type]) => ({ name: n, type, dest: false })),
    returns: undefined,
    levels: ["read"],
    external: false,
    irreversible: false,
    risk: "read",
    action: undefined,
    cases: [],
    riskByLevel: true,
    open: false,
    definition: undefined,
    gives: [],
    trusted: undefined,
    severity: { read: 20, write: 250, destructive: 600, critical: 880 }[rest.risk ?? "read"],
    span,
    ...rest,
  };
}

export function fact(root: FactRoot, name: string, type: Type, range?: { low: Decimal; high: Decimal }): Fact {
  return { path: `${root}.${name}`, root, name, type, range, span };
}

/** `args.to`, `prior_args.a.b`, `element` … and how its type is read. */
export function ref(path: string, type: Type, rest: Partial<Reference> = {}): Reference {
  const [root, ...names] = path.split(".");
  return {
    kind: "reference",
    root: root as Reference["root"],
    depth: 0,
    path: names,
    member: undefined,
    type: type.kind === "optional" ? type.of : type,
    optional: type.kind === "optional",
    ...rest,
  };
}

/** The decimal of a literal such as "12.50". */
export function dec(text: string): Decimal {
  const [whole, fraction = ""] = text.split(".");
  let digits = BigInt(`${whole}${fraction}`);
  let exponent = -fraction.length;
  if (digits === 0n) return { digits, exponent: 0 };
  while (digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  return { digits, exponent };
}

export function lit(value: string | boolean | Decimal, type?: Type): Literal {
  if (typeof value === "boolean") return { kind: "literal", type: type ?? T.bool, value };
  if (typeof value === "string") return { kind: "literal", type: type ?? T.text, value };
  return { kind: "literal", type: type ?? T.decimal, value };
}

export const compare = (
  left: Reference | Literal,
  op: Extract<Condition, { kind: "compare" }>["op"],
  right: Reference | Literal,
): Condition => ({ kind: "compare", op, left, right });

export function approval(rest: Partial<Approval> = {}): Approval {
  return {
    roles: ["lead"],
    quorum: 1,
    expires: undefined,
    once: false,
    orRequester: false,
    whole: true,
    binds: [],
    ...rest,
  };
}

/** A rule as it is written: its own fields, the rest is filled in. Tools and sources are given by name. */
type Of<K extends Rule["kind"]> = Extract<Rule, { kind: K }>;
export type Draft = (tools: readonly string[]) => Rule;

function draft<K extends Rule["kind"]>(
  kind: K,
  name: string,
  targets: readonly string[],
  fields: (
    rank: (tool: string) => number,
  ) => Omit<Of<K>, "kind" | "name" | "targets" | "narrowed" | "because" | "suggest" | "maps" | "span">,
): Draft {
  return (tools) => {
    const rank = (t: string) => {
      const at = tools.indexOf(t);
      if (at < 0) throw new Error(`no tool \`${t}\``);
      return at;
    };
    const ranks = targets.includes("*") ? tools.map((_, i) => i) : targets.map(rank).sort((a, b) => a - b);
    const base = { kind, name, targets: ranks, narrowed: [], because: undefined, suggest: undefined, maps: [], span };
    return { ...base, ...fields(rank) } as unknown as Rule;
  };
}

/** The same rule, only observed. */
export const observed =
  (of: Draft, observe: NonNullable<Rule["observe"]> = {}): Draft =>
  (tools) => ({ ...of(tools), observe });

export const allow = (name: string, targets: string[], rest: Partial<Of<"allow">> = {}): Draft =>
  draft<"allow">("allow", name, targets, () => ({ when: undefined, obligations: [], ...rest }));
export const deny = (name: string, targets: string[], when?: Condition): Draft =>
  draft<"deny">("deny", name, targets, () => ({ when }));
export const oblige = (name: string, targets: string[], rest: Partial<Of<"oblige">> = {}): Draft =>
  draft<"oblige">("oblige", name, targets, () => ({ when: undefined, obligations: [], ...rest }));
export const requirePrior = (
  name: string,
  targets: string[],
  tools: string[],
  rest: Partial<Of<"require_prior">> = {},
): Draft =>
  draft<"require_prior">("require_prior", name, targets, (rank) => ({
    negated: false,
    completion: "ok",
    tools: tools.map(rank).sort((a, b) => a - b),
    keys: [],
    within: undefined,
    since: undefined,
    where: undefined,
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));
export const requireScope = (
  name: string,
  targets: string[],
  scope: string,
  rest: Partial<Of<"require_scope">> = {},
): Draft =>
  draft<"require_scope">("require_scope", name, targets, () => ({
    scope,
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));
export const requireThat = (
  name: string,
  targets: string[],
  that: Condition,
  rest: Partial<Of<"require_that">> = {},
): Draft =>
  draft<"require_that">("require_that", name, targets, () => ({
    that,
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));
export const requireApproval = (
  name: string,
  targets: string[],
  asked: Approval = approval(),
  when?: Condition,
): Draft => draft<"require_approval">("require_approval", name, targets, () => ({ when, approval: asked }));
/** A source of a rule: the user, the principal's own, or a place of a result. */
export type Origin =
  | "user"
  | { readonly self: readonly Reference[] }
  | { readonly asked: string; readonly name: string; readonly type: Type }
  | {
      readonly of: string;
      readonly path: readonly string[];
      readonly type: Type;
      readonly contains?: boolean;
      readonly namedBy?: string;
    };
export const urlsOf = (reference: Reference): GroundedValue => ({ reference, tokens: "urls" });
export const emailsOf = (reference: Reference): GroundedValue => ({ reference, tokens: "emails" });
export const requireGrounded = (
  name: string,
  targets: string[],
  values: readonly (Reference | GroundedValue)[],
  sources: readonly Origin[],
  rest: Partial<Of<"require_grounded">> = {},
): Draft =>
  draft<"require_grounded">("require_grounded", name, targets, (rank) => ({
    values: values.map((v) => ("tokens" in v ? v : { reference: v, tokens: undefined })),
    sources: sources.map((s): Source => {
      if (s === "user") return { kind: "user" };
      if ("self" in s) return { kind: "self", identifiers: s.self };
      if ("asked" in s) return { kind: "argument", tool: rank(s.asked), name: s.name, type: s.type };
      const { of, contains = false, namedBy, ...rest } = s;
      return { kind: "result", tool: rank(of), ...rest, contains, namedBy };
    }),
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));
export const budget = (name: string, targets: string[], limit: string, rest: Partial<Of<"budget">> = {}): Draft =>
  draft<"budget">("budget", name, targets, () => ({
    limit: dec(limit),
    measure: { kind: "calls" },
    ledger: "session",
    window: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));

export const loop = (name: string, what: Of<"loop">["what"], steps: Of<"loop">["steps"]): Draft =>
  draft<"loop">("loop", name, ["*"], () => ({ what, steps }));

/** Labels as `NAME` or `above NAME`, of these orders. */
export const flow = (
  name: string,
  targets: string[],
  labels: readonly string[],
  rest: Partial<Of<"flow">> = {},
  orders: readonly string[] = [],
): Draft =>
  draft<"flow">("flow", name, targets, () => ({
    join: "and",
    labels: labels.map((written) => flowLabel(written, orders)),
    byValue: false,
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));

/** With `contract`, whose inspectors it names; everything of high severity or more. */
export const inspect = (name: string, targets: string[], inspector: string, rest: Partial<Of<"inspect">> = {}): Draft =>
  draft<"inspect">("inspect", name, targets, () => ({
    what: "args",
    inspector,
    classes: undefined,
    atLeast: "high",
    when: undefined,
    otherwise: [{ kind: "deny" }],
    ...rest,
  }));

export function contract(
  tools: readonly Tool[],
  rules: readonly Draft[],
  facts: readonly Fact[] = [],
  ids: readonly string[] = ["bot"],
  registry?: Contract["registry"],
  /** Chains from the lowest up: `public < internal`. */
  orders: readonly string[] = [],
): Contract {
  const sorted = [...tools].sort((a, b) => compareNames(a.name, b.name));
  const names = sorted.map((t) => t.name);
  const made = rules.map((rule) => rule(names)).sort((a, b) => compareNames(a.name, b.name));
  const inspectors = INSPECTORS.filter(({ name }) => made.some((r) => r.kind === "inspect" && r.inspector === name));
  return {
    name: "sample",
    version: "1.0.0",
    owner: undefined,
    agents: [{ name: "bot", ids, team: undefined, span }],
    inside: [],
    imports: [],
    tools: sorted,
    facts: [...facts].sort((a, b) => compareNames(a.path, b.path)),
    labels: labelsOf(orders),
    rules: made,
    tests: [],
    registry,
    ...(inspectors.length === 0 ? {} : { inspectors }),
  };
}

/** Labels by their orders; `untrusted` is always one. */
export function labelsOf(orders: readonly string[]): readonly Label[] {
  const chains = orders.map((order) => order.split(" < "));
  const names = ["untrusted", ...chains.flat()].sort(compareNames);
  const above = (name: string) => chains.flatMap((chain) => chain.slice(chain.indexOf(name) + 1 || chain.length));
  return names.map((name) => ({
    name,
    above: above(name)
      .map((other) => names.indexOf(other))
      .sort((a, b) => a - b),
    span,
  }));
}
/** `session has NAME`, among the labels of these orders. */
export function sessionHas(name: string, orders: readonly string[] = []): Condition {
  const labels = labelsOf(orders);
  const label = labels.findIndex((each) => each.name === name);
  return { kind: "session_has", label: name, anyOf: [label, ...labels[label]!.above].sort((a, b) => a - b) };
}

function flowLabel(written: string, orders: readonly string[]): FlowLabel {
  const above = written.startsWith("above ");
  const label = written.replace(/^above /, "");
  const all = labelsOf(orders);
  const at = all.findIndex(({ name }) => name === label);
  const higher = all[at]!.above;
  return { label, above, anyOf: above ? higher : [at, ...higher].sort((a, b) => a - b) };
}

function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
