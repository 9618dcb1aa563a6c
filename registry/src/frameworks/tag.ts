/**
 * Checking the tags in `maps`: a tag names an id of a pack, or it is a mistake that is reported with the nearest id.
 *
 * Spelling is forgiven where it cannot mean anything else (letter case, spaces, leading zeros, `Article` for `Art.`); what
 * a tag means is always said back in the pack's own spelling.
 */

import { distance } from "../near.ts";
import type { FrameworkPack } from "./packs.ts";

export type TagCheck =
  | {
      readonly kind: "ok" | "withdrawn";
      /** As it should be written: `AC-6`, `SOC2:CC6.1`, `EU-AIA:Art.14(4)`. */
      readonly tag: string;
      readonly pack: FrameworkPack;
      /** The pack's id that the tag counts for: `Art.14` for `Art.14(4)`. */
      readonly id: string;
    }
  | { readonly kind: "unknown"; readonly nearest?: string };

const LONGEST_TAG = 64;

/** One spelling for all that mean the same: capitals, no spaces, no leading zeros, `ART.` for article. */
function normal(text: string): string {
  return text
    .toUpperCase()
    .replace(/\s+/g, "")
    .replace(/ARTICLE|ART\.?/g, "ART.")
    .replace(/0+(?=\d)/g, (zeros, at: number, all: string) => (/\d/.test(all.charAt(at - 1)) ? zeros : ""));
}

interface Known {
  readonly pack: FrameworkPack;
  readonly id: string;
}

function written(pack: FrameworkPack, id: string): string {
  return pack.prefix === undefined ? id : `${pack.prefix}:${id}`;
}

const indexes = new WeakMap<readonly FrameworkPack[], ReadonlyMap<string, Known>>();

function indexOf(packs: readonly FrameworkPack[]): ReadonlyMap<string, Known> {
  let index = indexes.get(packs);
  if (index === undefined) {
    index = new Map(
      packs.flatMap((pack) => [...pack.ids.keys()].map((id) => [normal(written(pack, id)), { pack, id }])),
    );
    indexes.set(packs, index);
  }
  return index;
}

/** Takes the last, more precise part off: `ART.14(4)` → `ART.14`, `8.3.1` → `8.3`. */
function shallower(key: string): readonly [string, "brackets" | "dots"] | undefined {
  const brackets = /^(.*[^(])\([A-Z0-9]{1,4}\)$/.exec(key)?.[1];
  if (brackets !== undefined) return [brackets, "brackets"];
  const dots = /^(.*\d)\.\d{1,2}$/.exec(key)?.[1];
  return dots === undefined ? undefined : [dots, "dots"];
}

function find(key: string, index: ReadonlyMap<string, Known>): Known | undefined {
  const exact = index.get(key);
  if (exact !== undefined) return exact;
  for (let cut = shallower(key), depth = 1; cut !== undefined && depth <= 3; cut = shallower(cut[0]), depth += 1) {
    const known = index.get(cut[0]);
    if (known !== undefined) return known.pack.deeper === cut[1] ? known : undefined;
  }
  return undefined;
}

function nearestTag(key: string, index: ReadonlyMap<string, Known>): string | undefined {
  let best: { readonly off: number; readonly tag: string } | undefined;
  const limit = key.length < 4 ? 1 : key.length < 8 ? 2 : 3;
  for (const [other, { pack, id }] of index) {
    const off = distance(key, other, best === undefined ? limit : Math.min(limit, best.off));
    if (off <= limit && (best === undefined || off < best.off)) best = { off, tag: written(pack, id) };
  }
  return best?.tag;
}

export function checkTag(tag: string, packs: readonly FrameworkPack[]): TagCheck {
  if (tag.length > LONGEST_TAG) return { kind: "unknown" };
  const index = indexOf(packs);
  // The year that OWASP writes behind its LLM ids says nothing that the pack's version does not.
  const key = normal(tag).replace(/^(LLM\d+):2025$/, "$1");
  const known = find(key, index);
  if (known === undefined) {
    const near = nearestTag(key, index);
    return near === undefined ? { kind: "unknown" } : { kind: "unknown", nearest: near };
  }
  const { pack, id } = known;
  const rest = key.slice(normal(written(pack, id)).length);
  const kind = pack.withdrawn.has(id) ? "withdrawn" : "ok";
  return { kind, tag: `${written(pack, id)}${rest.toLowerCase()}`, pack, id };
}
