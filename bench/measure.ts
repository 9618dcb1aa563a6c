/** Interleaved rounds in one process: medians, and ratios pair by pair, so that a drifting machine drifts for all alike. */
export interface Contender {
  readonly name: string;
  /** Does the work once for request `i`. */
  readonly run: (i: number) => unknown;
}
export interface Measured {
  readonly name: string;
  /** Microseconds, one a round. */
  readonly rounds: readonly number[];
  readonly median: number;
  readonly p99: number;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/** Rounds are so short that a machine which does other things interrupts few of them: the median is of those it let be. */
const ROUND_MS = 2;
const ROUNDS = 3;
const SINGLES = 10;

/**
 * @param rounds of all contenders, in threes
 * @param warmMs how long each runs before anything is counted
 */
export function measure(contenders: readonly Contender[], rounds: number, warmMs = 250): Measured[] {
  const states = contenders.map((c) => {
    const end = performance.now() + warmMs;
    let n = 0;
    while (performance.now() < end) for (let k = 0; k < 16; k++) c.run(n++);
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < 25) for (let k = 0; k < 16; k++) c.run(done++);
    const each = (performance.now() - start) / done;
    return { c, batch: Math.max(1, Math.round(ROUND_MS / each)), rounds: [] as number[], singles: [] as number[] };
  });
  for (let r = 0; r < rounds * ROUNDS; r++) {
    for (let k = 0; k < states.length; k++) {
      const s = states[(k + r) % states.length];
      if (s === undefined) continue;
      const { run } = s.c;
      const start = performance.now();
      for (let i = 0; i < s.batch; i++) run(i + r * 37);
      s.rounds.push(((performance.now() - start) / s.batch) * 1e3);
      for (let i = 0; i < Math.min(SINGLES, s.batch); i++) {
        const one = process.hrtime.bigint();
        run(i * 7 + r);
        s.singles.push(Number(process.hrtime.bigint() - one) / 1e3);
      }
    }
  }
  return states.map((s) => ({
    name: s.c.name,
    rounds: s.rounds,
    median: median(s.rounds),
    p99: quantile(s.singles, 0.99),
  }));
}

/** How many times as fast as `base`, pair by pair. */
export function timesFaster(base: Measured, than: Measured): number {
  return median(base.rounds.map((b, i) => b / (than.rounds[i] ?? Number.NaN)));
}
