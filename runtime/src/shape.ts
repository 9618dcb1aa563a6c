/** The shape of what a module says about itself: checked once at load, so that nothing later meets a surprise. */
import { MOST_DELEGATORS, OTHER_LEDGERS } from "./blobs.ts";
import type { ExplainTable, Manifest } from "./manifest.ts";

type Json = Readonly<Record<string, unknown>>;

const isObject = (v: unknown): v is Json => typeof v === "object" && v !== null && !Array.isArray(v);
const isText = (v: unknown): v is string => typeof v === "string";
const isCount = (v: unknown): v is number => typeof v === "number" && Number.isSafeInteger(v) && v >= 0;
const optional = (v: unknown, is: (v: unknown) => boolean): boolean => v === undefined || is(v);
const listOf = (v: unknown, is: (v: unknown) => boolean): boolean => Array.isArray(v) && v.every(is);
const texts = (v: unknown): boolean => listOf(v, isText);

export function isManifest(v: unknown): v is Manifest {
  if (!isObject(v) || v.format !== 1 || v.abi !== 1 || !isText(v.compiler) || !isText(v.kernel) || !isCount(v.memory))
    return false;
  const { contract, state, limits } = v;
  if (!isObject(contract) || !isText(contract.name) || !isText(contract.version) || !optional(contract.owner, isText))
    return false;
  if (!isText(contract.digest) || !/^[0-9a-f]{64}$/.test(contract.digest)) return false;
  if (!isObject(state) || typeof state.history !== "boolean" || !isCount(state.least) || !isCount(state.most))
    return false;
  if (
    !optional(state.ledgers, isLedgers) ||
    !optional(state.delegators, (n) => isCount(n) && n <= MOST_DELEGATORS) ||
    !optional(v.observe, isObservation) ||
    !optional(v.valid, isCount) ||
    !optional(v.currency, isText)
  )
    return false;
  if (!isObject(limits) || !isCount(limits.request) || !isCount(limits.depth) || !isCount(limits.list)) return false;
  return (
    texts(v.tools) &&
    listOf(v.irreversible, isCount) &&
    optional(v.registry, isRegistry) &&
    optional(v.imports, (list) => listOf(list, isImport)) &&
    optional(v.rulesets, (list) =>
      listOf(list, (r) => isObject(r) && isText(r.name) && isText(r.version) && isText(r.alias)),
    ) &&
    optional(v.labels, texts) &&
    optional(v.blast, (list) => listOf(list, isCount)) &&
    listOf(v.agents, (a) => isObject(a) && isText(a.name) && texts(a.ids) && optional(a.team, isText)) &&
    listOf(v.facts, (f) => isObject(f) && isText(f.path) && typeof f.required === "boolean") &&
    listOf(v.obligations, (o) => isObject(o) && isText(o.kind)) &&
    listOf(v.rules, isRule)
  );
}

const isLedgers = (v: unknown): boolean =>
  listOf(v, (l) => isObject(l) && OTHER_LEDGERS.some((name) => name === l.ledger) && isCount(l.bytes));

const isObservation = (o: unknown): boolean => isObject(o) && optional(o.until, isCount);

const isSuggestion = (s: unknown): boolean => isObject(s) && isText(s.instead) && optional(s.because, isText);

function isImport(i: unknown): boolean {
  if (!isObject(i) || !isText(i.alias) || !isText(i.pin)) return false;
  return listOf(i.definitions, (d) => isObject(d) && isCount(d.tool) && isText(d.digest));
}

function isRegistry(r: unknown): boolean {
  if (!isObject(r) || !isText(r.version) || !isText(r.digest) || !texts(r.selectors) || !isCount(r.actions))
    return false;
  return listOf(
    r.tools,
    (t) => isObject(t) && isCount(t.tool) && optional(t.is, isText) && optional(t.argument, isText),
  );
}

function isRule(r: unknown): boolean {
  if (!isObject(r) || !isText(r.name) || !isText(r.kind)) return false;
  const { approval } = r;
  const approvalOk =
    approval === undefined ||
    (isObject(approval) &&
      optional(approval.roles, texts) &&
      isCount(approval.quorum) &&
      optional(approval.expires, isCount) &&
      optional(approval.binds, texts) &&
      typeof approval.once === "boolean");
  return (
    approvalOk &&
    optional(r.agent, isText) &&
    optional(r.because, isText) &&
    optional(r.suggest, isSuggestion) &&
    optional(r.maps, texts) &&
    optional(r.observe, isObservation) &&
    optional(r.evidence, texts) &&
    optional(r.matching, (v) => isObject(v) && Object.values(v).every(isText))
  );
}

export function isExplainTable(v: unknown): v is ExplainTable {
  return (
    isObject(v) &&
    listOf(
      v.rules,
      (r) =>
        isObject(r) &&
        (r.targets === "*" || listOf(r.targets, isCount)) &&
        isCount(r.when) &&
        listOf(r.atoms, (a) => isObject(a) && isText(a.text) && isCount(a.at)) &&
        optional(r.only, isCount) &&
        optional(r.narrowed, (list) => listOf(list, (n) => isObject(n) && isCount(n.tool) && isCount(n.at))),
    )
  );
}
