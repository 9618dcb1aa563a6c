/**
 * A host's own entries over the packaged catalogue: new actions, and levels of known ones raised.
 *
 * INVARIANT: a level is never lowered, unless the entry says why (`override`). Errors are values, each with the number of
 * its entry; the file they came from, and its lines, are the shell's business (cli/src/registry/overlay-file.ts).
 */

import {
  type Classification,
  type Effect,
  FLAGS,
  type Flag,
  isAtLeast,
  LEVELS,
  type Level,
  type Provider,
} from "./action.ts";
import { type Catalogue, type CatalogueIdentity, catalogueOf } from "./catalogue.ts";
import type { Entry } from "./catalogue-text.ts";
import { keyOf, parseName } from "./name.ts";

export interface OverlayEntry {
  readonly name: string;
  readonly level: Level;
  readonly effect?: Effect;
  readonly flags?: readonly Flag[];
  readonly because?: string;
  /** Why a level may be lower than the catalogue's. */
  readonly override?: string;
}

export interface OverlayError {
  /** Which entry, from 0. */
  readonly entry: number;
  readonly message: string;
}

export type Overlaid =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly errors: readonly OverlayError[] };

const EFFECT_BY_LEVEL = { READ: "read", WRITE: "write", DESTRUCTIVE: "write", CRITICAL: "write" } as const;

function overlaid(entry: OverlayEntry, known: Entry | undefined): Classification {
  const flags = FLAGS.filter((flag) => entry.flags?.includes(flag) || known?.flags.includes(flag));
  const because = entry.override ?? entry.because ?? known?.because;
  return {
    level: entry.level,
    effect: entry.effect ?? known?.effect ?? EFFECT_BY_LEVEL[entry.level],
    rule: "overlay",
    flags,
    confidence: "high",
    ...(because === undefined ? {} : { because }),
  };
}

/**
 * Puts entries over a catalogue. `identity` is the result's own: its digest has to cover the overlay, so the caller, who
 * can hash, gives it.
 */
export function overlay(base: Catalogue, entries: readonly OverlayEntry[], identity: CatalogueIdentity): Overlaid {
  const errors: OverlayError[] = [];
  const put = new Map<string, Entry>();
  for (const [at, entry] of entries.entries()) {
    const parsed = parseName(entry.name);
    if (parsed === undefined) {
      errors.push({ entry: at, message: `\`${entry.name}\` is not the name of an action` });
      continue;
    }
    const key = keyOf(entry.name);
    if (put.has(key)) {
      errors.push({ entry: at, message: `\`${entry.name}\` is given twice` });
      continue;
    }
    const known = base.find(entry.name);
    if (known !== undefined && !isAtLeast(entry.level, known.level) && entry.override === undefined) {
      errors.push({
        entry: at,
        message: `\`${entry.name}\` is ${known.level} and may not be lowered to ${entry.level} without \`override: reason\``,
      });
      continue;
    }
    const name = known?.name ?? entry.name;
    put.set(key, { ...(parseName(name) ?? parsed), name, signal: known?.signal ?? "-", ...overlaid(entry, known) });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, catalogue: over(base, put, identity) };
}

/** Providers that the overlay does not touch stay with the base, read only when they are asked for. */
function over(base: Catalogue, put: ReadonlyMap<string, Entry>, identity: CatalogueIdentity): Catalogue {
  const touched = new Map<Provider, Catalogue>();
  for (const provider of new Set([...put.values()].map((entry) => entry.provider))) {
    const own = [...put].filter(([, entry]) => entry.provider === provider);
    const rest = base.entries(provider).filter((entry) => !put.has(keyOf(entry.name)));
    touched.set(provider, catalogueOf([...rest, ...own.map(([, entry]) => entry)], identity));
  }
  const of = (provider: Provider): Catalogue => touched.get(provider) ?? base;
  return {
    identity,
    providers: () => [...new Set([...base.providers(), ...touched.keys()])].sort(),
    find(name) {
      const provider = parseName(name)?.provider;
      return provider === undefined ? undefined : of(provider).find(name);
    },
    services: (provider) => of(provider).services(provider),
    entries: (provider, service) => of(provider).entries(provider, service),
  };
}

/** The shape of an overlay file, for a JSON Schema validator. */
export const OVERLAY_SCHEMA = {
  type: "object",
  required: ["registry"],
  additionalProperties: false,
  properties: {
    registry: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "level"],
        additionalProperties: false,
        properties: {
          name: { type: "string", maxLength: 512 },
          level: { enum: LEVELS },
          effect: { enum: ["read", "write", "delete", "execute"] },
          flags: { type: "array", items: { enum: FLAGS }, uniqueItems: true },
          because: { type: "string", minLength: 1, maxLength: 300 },
          override: { type: "string", minLength: 1, maxLength: 300 },
        },
      },
    },
  },
} as const;
