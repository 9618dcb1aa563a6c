/** Seeded randomness: the same seed gives the same cases everywhere, so that a failing run can be named by a number. */

export interface Random {
  /** 0 ≤ n < bound. */
  readonly below: (bound: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** One of the makers, by weight. */
  readonly weighted: <T>(makers: readonly (readonly [weight: number, make: () => T])[]) => T;
  /** Between `least` and `most` items made. */
  readonly several: <T>(least: number, most: number, make: () => T) => readonly T[];
  /** A non-empty choice of distinct items, at most `most`, in their order. */
  readonly some: <T>(items: readonly T[], most: number) => readonly T[];
}

/** Mulberry32. */
export function seeded(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (bound: number) => Math.floor((next() / 4_294_967_296) * bound);
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new Error("nothing to pick from");
    return items[below(items.length)]!;
  };
  return {
    below,
    pick,
    chance: (probability) => next() / 4_294_967_296 < probability,
    weighted: (makers) => {
      let rest = below(makers.reduce((sum, [weight]) => sum + weight, 0));
      for (const [weight, make] of makers) {
        if (rest < weight) return make();
        rest -= weight;
      }
      throw new Error("weights that do not add up");
    },
    several: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
    some: (items, most) => {
      const count = 1 + below(Math.min(most, items.length));
      const ranks = items.map((_, i) => i);
      for (let i = 0; i < count; i += 1) {
        const j = i + below(ranks.length - i);
        [ranks[i], ranks[j]] = [ranks[j]!, ranks[i]!];
      }
      return ranks
        .slice(0, count)
        .sort((a, b) => a - b)
        .map((i) => items[i]!);
    },
  };
}
