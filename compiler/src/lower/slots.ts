/**
 * Slots: one numbered place for every request value that some rule reads. The envelope's are fixed; a fact has one; an
 * argument has one per (path, type), shared by all tools that have it, so that a rule over many tools reads one place.
 */
import { type Fact, type Reference, recordOf, type Type } from "@thc/language";
import { FIRST_FREE_SLOT, type IrSlot } from "../ir/ir.ts";

/** Request members that every contract may read, by path. */
export const ENVELOPE_SLOTS: Readonly<Record<string, number>> = {
  "principal.id": 1,
  "principal.team": 2,
  "principal.roles": 3,
  "principal.scopes": 4,
  "principal.chain": 42,
  "context.session": 7,
  "context.run": 10,
  "context.task": 11,
  "context.origin": 12,
  "context.cwd": 13,
};

/** What is read of a value: a union is the record of its cases. */
export function withoutOptional(type: Type): Type {
  if (type.kind === "union") return recordOf(type);
  return type.kind === "optional" ? withoutOptional(type.of) : type;
}

/** Equal for types that are typed and compared alike. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case "optional":
      return typeKey(type.of);
    case "list":
      return `[${typeKey(type.element)}]`;
    case "union":
      return typeKey(recordOf(type));
    case "map":
      return `<${typeKey(type.value)}>`;
    case "record":
      return `{${type.fields.map((f) => `${f.name}:${typeKey(f.type)}`).join()}}`;
    case "literals":
      return JSON.stringify([...type.values].sort());
    case "money":
      return `money ${type.currency} ${type.minor}`;
    default:
      return type.kind;
  }
}

/** Equal for types that are read alike into the same places. */
export function exactKey(type: Type): string {
  switch (type.kind) {
    case "optional":
      return `?${exactKey(type.of)}`;
    case "list":
      return `[${exactKey(type.element)}]`;
    case "union":
      return `${type.tag}\0${exactKey(recordOf(type))}`;
    case "map":
      return `<${exactKey(type.value)}>`;
    case "record":
      return `{${type.fields.map((f) => `${f.name}\0${exactKey(f.type)}`).join("\0")}}`;
    case "literals":
      return JSON.stringify(type.values);
    case "money":
      return `money ${type.currency} ${type.minor}`;
    default:
      return type.kind;
  }
}

export interface SlotTable {
  readonly slots: readonly IrSlot[];
  /** Slots of the envelope that some rule reads. */
  readonly envelope: ReadonlySet<number>;
  /** The slot of a reference to the request, made when it is the first. */
  readonly of: (root: string, path: readonly string[], type: Type) => number;
  /** Some condition reads the session's labels: they must be kept. */
  readonly noteLabels: () => void;
  readonly readsLabels: () => boolean;
  /** The slot of a value as it is read from the wire, if some rule reads it. */
  readonly find: (root: string, path: readonly string[], type: Type) => number | undefined;
}

export function createSlots(): SlotTable {
  const slots: IrSlot[] = [];
  const envelope = new Set<number>();
  const numbers = new Map<string, number>();
  const key = (root: string, path: readonly string[], type: Type) =>
    root === "args" ? `args\0${path.join("\0")}\0${typeKey(type)}` : `${root}\0${path.join("\0")}`;
  let labels = false;
  return {
    slots,
    envelope,
    noteLabels: () => {
      labels = true;
    },
    readsLabels: () => labels,
    find: (root, path, type) => numbers.get(key(root, path, type)),
    of(root, path, type) {
      const fixed = path.length === 1 ? ENVELOPE_SLOTS[`${root}.${path[0]}`] : undefined;
      if (fixed !== undefined) {
        envelope.add(fixed);
        return fixed;
      }
      const k = key(root, path, type);
      let n = numbers.get(k);
      if (n === undefined) {
        n = FIRST_FREE_SLOT + slots.length;
        numbers.set(k, n);
        slots.push({ root, path, type: withoutOptional(type) });
      }
      return n;
    },
  };
}

/** The type of the wire value that a reference rests on: the reference's own, or what its member is taken from. */
export function baseType(r: Reference): Type {
  if (r.member === undefined) return r.type;
  const kind = r.member.split(".")[0];
  switch (kind) {
    case "email":
    case "url":
    case "path":
    case "sql":
    case "command":
      return { kind };
    default:
      return { kind: "text" };
  }
}

export function factPath(f: Fact): readonly [string, readonly string[]] {
  return [f.root, [f.name]];
}
