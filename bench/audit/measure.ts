/** Interleaved measuring: everything that is compared runs in turn within one run, and medians are compared. */

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
};

export const microseconds = (): number => Number(process.hrtime.bigint()) / 1000;

export interface Contender {
  readonly name: string;
  /** One round; answers how long it took in microseconds, or times itself. */
  readonly round: () => number | Promise<number>;
}

/** Median of each contender's rounds, after one that is not counted. */
export async function interleaved(
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let n = -1; n < rounds; n++)
    for (const { name, round } of contenders) {
      const time = await round();
      if (n >= 0) times.get(name)?.push(time);
    }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

let missed = 0;

/** Prints one goal; \`holds\` is \`null\` where it could not be measured. */
export function goal(what: string, measured: string, wanted: string, holds: boolean | null): void {
  if (holds === false) missed += 1;
  const verdict = holds === null ? "NOT MEASURED" : holds ? "met" : "MISSED";
  process.stdout.write(`${verdict.padEnd(13)} ${what.padEnd(52)} ${measured.padEnd(34)} goal ${wanted}\n`);
}

export const goalsMissed = (): number => missed;
