/** Counts over a catalogue: what `thc registry stats` prints and docs/registry.md quotes. */

import { LEVELS, type Level, type Provider } from "./action.ts";
import type { Catalogue } from "./catalogue.ts";
import { keyOf } from "./name.ts";

export interface ProviderStats {
  readonly provider: Provider;
  /** Names as the provider publishes them; spellings that differ only in letter case count each. */
  readonly actions: number;
  /** Names that are different where the provider sees a difference. */
  readonly distinct: number;
  readonly services: number;
  readonly levels: Readonly<Record<Level, number>>;
  readonly low_confidence: number;
  readonly curated: number;
}

export function statsOf(catalogue: Catalogue): readonly ProviderStats[] {
  return catalogue.providers().map((provider) => {
    const entries = catalogue.entries(provider);
    const count = (level: Level): number => entries.filter((entry) => entry.level === level).length;
    return {
      provider,
      actions: entries.length,
      distinct: new Set(entries.map((entry) => keyOf(entry.name))).size,
      services: catalogue.services(provider).length,
      levels: Object.fromEntries(LEVELS.map((level) => [level, count(level)])) as Record<Level, number>,
      low_confidence: entries.filter((entry) => entry.confidence === "low").length,
      curated: entries.filter((entry) => entry.rule === "curated").length,
    };
  });
}
