/** Numbers that look random and are the same in every run, so that a witness can be seen again (xorshift32, Marsaglia 2003). */
export interface Dice {
  /** 0 to n − 1. */
  readonly below: (n: number) => number;
  readonly of: <T>(values: readonly T[]) => T;
}

export function diceFrom(seed: number): Dice {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  const below = (n: number): number => next() % n;
  return { below, of: (values) => values[below(values.length)]! };
}
