/**
 * Terms grouped into blocks: a rule with few targets stands in the block of each, a rule with many in one global block
 * whose first field is the tool. A field whose table would be too large for what it decides is left to the residual.
 */
import type { IrBlock, IrCondition, IrField, IrTerm } from "../ir/ir.ts";
import {
  type Atom,
  classCount,
  conjunctions,
  constantsOf,
  type FieldKey,
  fieldName,
  fieldOf,
  truthInClass,
} from "./clauses.ts";
import { compareDecimals } from "./decimals.ts";
import { type Kind, kindHolds } from "./variants.ts";

export interface BlockInput {
  /** Tools and variants. */
  readonly tools: readonly Kind[];
  readonly booleans: ReadonlySet<number>;
}
/** A rule as the classifier sees it. */
export interface Clause {
  readonly rule: number;
  readonly targets: readonly number[];
  readonly purpose: "effect" | "carry";
  readonly polarity: "certain" | "possible";
  readonly when: IrCondition | undefined;
}

/** At most this many targets are always worth a copy each; more, as long as all copies together stay below MOST_COPIES. */
const FEW = 8;
const MOST_COPIES = 20_000;
/** Bytes of a field's rows; above, its atoms are residual. */
const MOST_ROW_BYTES = 2_000_000;
const MOST_FIELDS = 4_000;

/** Through an index: 10,000 rules over 2,000 tools must not cost their product. */
export function buildBlocks(
  input: BlockInput,
  clauses: readonly Clause[],
): { perTool: (IrBlock | undefined)[]; global: IrBlock | undefined } {
  const few: Clause[][] = input.tools.map(() => []);
  const wide: Clause[] = [];
  const copies = clauses.reduce((n, c) => n + (c.targets.length > FEW ? c.targets.length : 0), 0);
  for (const c of clauses) {
    if (c.targets.length > FEW && copies > MOST_COPIES) wide.push(c);
    else for (const t of c.targets) few[t]?.push(c);
  }
  return {
    perTool: few.map((mine, t) => (mine.length === 0 ? undefined : buildBlock(input, mine, t))),
    global: wide.length === 0 ? undefined : buildBlock(input, wide, undefined),
  };
}

interface Draft {
  readonly clause: Clause;
  readonly atoms: readonly Atom[];
}

/** In the block of many tools: what depends on the call is not asked there (variants.ts, `targetKinds`). */
function isSure(c: IrCondition, kind: Kind | undefined): boolean {
  return kind !== undefined && kindHolds(c, kind) === true;
}

/** `tool`: whose block it is; undefined for the global one. */
function buildBlock(input: BlockInput, clauses: readonly Clause[], tool: number | undefined): IrBlock {
  const drafts: Draft[] = clauses.flatMap((clause) => conjunctions(clause.when).map((atoms) => ({ clause, atoms })));
  const words = Math.ceil(drafts.length / 128);

  // every field with the constants its atoms name
  const thresholds = new Map<string, { digits: bigint; exponent: number }[]>();
  const texts = new Map<string, Set<string>>();
  const keys = new Map<string, FieldKey>();
  for (const d of drafts) {
    for (const a of d.atoms) {
      const key = fieldOf(a.condition, input.booleans);
      if (key === undefined || (key.kind === "tool" && tool !== undefined)) continue;
      const name = fieldName(key);
      keys.set(name, key);
      const constants = constantsOf(a.condition);
      if (key.kind === "symbol") {
        const set = texts.get(name) ?? new Set();
        for (const t of constants.texts) set.add(t);
        texts.set(name, set);
      }
      if (key.kind === "number") thresholds.set(name, [...(thresholds.get(name) ?? []), ...constants.numbers]);
    }
  }
  const fields: IrField[] = [];
  const numbers = new Map<string, number>();
  if (tool === undefined) {
    numbers.set(fieldName({ kind: "tool" }), 0);
    fields.push({ kind: "tool" });
  }
  // `has` is a class of any field of the same slot
  const aliases = new Map<string, string>();
  for (const [name, key] of keys) {
    if (key.kind !== "has") continue;
    const other = [...keys].find(
      ([, k]) => k.kind !== "has" && "slot" in k && k.slot === key.slot && !("member" in k && k.member !== undefined),
    );
    if (other !== undefined) aliases.set(name, other[0]);
  }
  for (const name of [...keys.keys()].sort()) {
    if (numbers.has(name) || aliases.has(name)) continue;
    const key = keys.get(name) as FieldKey;
    const field = makeField(key, texts.get(name), thresholds.get(name));
    if (classCount(field, input.tools.length) * words * 16 > MOST_ROW_BYTES || fields.length >= MOST_FIELDS) continue;
    numbers.set(name, fields.length);
    fields.push(field);
  }
  for (const [name, other] of aliases) {
    const n = numbers.get(other);
    if (n !== undefined) numbers.set(name, n);
  }

  const terms: IrTerm[] = [];
  for (const d of drafts) {
    const term = buildTerm(input, d, tool, fields, numbers);
    if (term !== undefined) terms.push(term);
  }
  return { fields, terms };
}

function makeField(
  key: FieldKey,
  texts: ReadonlySet<string> | undefined,
  numbers: readonly { digits: bigint; exponent: number }[] | undefined,
): IrField {
  switch (key.kind) {
    case "symbol":
      return { ...key, kind: "symbol", texts: [...(texts ?? [])].sort() };
    case "number": {
      const sorted = [...(numbers ?? [])].sort(compareDecimals);
      return {
        ...key,
        kind: "number",
        thresholds: sorted.filter((n, i) => i === 0 || compareDecimals(n, sorted[i - 1] ?? n) !== 0),
      };
    }
    default:
      return key;
  }
}

/** Undefined when a literal can never be accepted. */
function buildTerm(
  input: BlockInput,
  d: Draft,
  tool: number | undefined,
  fields: readonly IrField[],
  numbers: ReadonlyMap<string, number>,
): IrTerm | undefined {
  const { clause } = d;
  const accepted = new Map<number, boolean[]>();
  const residual: IrCondition[] = [];
  const restrict = (field: number, accepts: readonly boolean[]) => {
    const before = accepted.get(field);
    accepted.set(field, before === undefined ? [...accepts] : before.map((b, k) => b && (accepts[k] ?? false)));
  };
  if (tool === undefined)
    restrict(
      0,
      input.tools.map((_, t) => clause.targets.includes(t)),
    );
  for (const a of d.atoms) {
    const key = fieldOf(a.condition, input.booleans);
    if (key?.kind === "tool" && tool !== undefined) {
      const holds = kindHolds(a.condition, input.tools[tool] as Kind);
      if (holds === a.negated) return undefined;
      if (holds === undefined) residual.push(a.negated ? { op: "not", part: a.condition } : a.condition);
      continue;
    }
    const n = key === undefined ? undefined : numbers.get(fieldName(key));
    const field = n === undefined ? undefined : fields[n];
    if (n === undefined || field === undefined) {
      residual.push(a.negated ? { op: "not", part: a.condition } : a.condition);
      continue;
    }
    const accepts = Array.from({ length: classCount(field, input.tools.length) }, (_, k) => {
      const t = truthInClass(a.condition, field, k, (c, i) => isSure(c, input.tools[i]));
      const value = a.negated ? 2 - t : t;
      return clause.polarity === "certain" ? value === 2 : value !== 0;
    });
    restrict(n, accepts);
  }
  const literals = [...accepted].map(([field, accepts]) => ({ field, accepts })).sort((x, y) => x.field - y.field);
  if (literals.some((l) => !l.accepts.includes(true))) return undefined;
  return {
    rule: clause.rule,
    purpose: clause.purpose,
    polarity: clause.polarity,
    literals,
    residual: residual.length === 0 ? undefined : residual.length === 1 ? residual[0] : { op: "and", parts: residual },
  };
}
