/** The constructs of values, for coverage.ts: what a call touches, what is computed, what is in which list. */
import type { Approval, Condition, Reference, Term } from "../reference/contract.ts";

export const VALUE_CONSTRUCTS = {
  set: ["values", "hosts", "ranges", "list"],
  computed: ["int", "decimal", "money", "date", "time", "duration"],
  term: ["+", "-", "*", "sum", "min", "max", "of a field", "of several"],
  touched: ["paths", "writes", "hosts", "emails", "commands", "tables", "counted", "bound"],
} as const;

type Count = (group: string, name: string, when?: boolean) => void;

/** Of one condition without its parts, and the references that it reads itself. */
export function countValues(condition: Condition, read: readonly Reference[], count: Count): void {
  if (condition.kind === "subset" || condition.kind === "overlaps") count("set", condition.set.kind);
  if (condition.kind === "compare") for (const term of [condition.left, condition.right]) countTerm(term, count);
  for (const { path, maps, member } of read) {
    const keys = (maps ?? []).filter(({ at }) => at < path.length);
    count("map", "key", keys.length > 0);
    count("map", "map in a map", keys.length > 1);
    count("map", "member of a value", keys.length > 0 && member !== undefined && !member.startsWith("map."));
    count("map", "has key", keys.length > 0 && condition.kind === "has");
  }
  for (const reference of read.filter(isTouched)) {
    count("touched", reference.path[0]!);
    count("touched", "counted", condition.kind === "compare");
  }
}

export function countBound({ binds }: Approval, count: Count): void {
  count("touched", "bound", binds.some(isTouched));
}

function countTerm(term: Term, count: Count): void {
  if (term.kind === "arithmetic" || term.kind === "fold" || term.kind === "pick") {
    count("term", term.op);
    count("computed", term.type.kind);
  }
  if (term.kind === "fold") count("term", "of a field", term.field.length > 0);
  if (term.kind === "arithmetic") for (const part of [term.left, term.right]) countTerm(part, count);
  if (term.kind !== "pick") return;
  count("term", "of several");
  for (const part of term.of) countTerm(part, count);
}

const isTouched = ({ root, path }: Reference): boolean =>
  root === "action" && (VALUE_CONSTRUCTS.touched as readonly string[]).includes(path[0]!);
