/** Goals as every measuring command prints them: `met` or `MISSED` with the figure, at the end how many. */
export interface Goal {
  readonly name: string;
  readonly verdict: "met" | "missed" | "not measured";
  readonly figure: string;
}

export const atMost = (name: string, value: number, limit: number, unit: string, digits = 2): Goal => ({
  name: `${name} ≤ ${limit.toLocaleString("en-US")}${unit}`,
  verdict: value <= limit ? "met" : "missed",
  figure: `${value.toFixed(digits)}${unit}`,
});
export const atLeast = (name: string, value: number, limit: number, unit: string): Goal => ({
  name: `${name} ≥ ${limit}${unit}`,
  verdict: value >= limit ? "met" : "missed",
  figure: `${value.toFixed(2)}${unit}`,
});
export const holds = (name: string, met: boolean, figure: string): Goal => ({
  name,
  verdict: met ? "met" : "missed",
  figure,
});
export const notMeasured = (name: string, why: string): Goal => ({ name, verdict: "not measured", figure: why });

const WORD = { met: "met         ", missed: "MISSED      ", "not measured": "NOT MEASURED" } as const;

/** True when all are met. */
export function printGoals(goals: readonly Goal[], write: (text: string) => void): boolean {
  for (const goal of goals) write(`${WORD[goal.verdict]}  ${goal.name}: ${goal.figure}\n`);
  const met = goals.filter((goal) => goal.verdict === "met").length;
  write(`goals: ${met} of ${goals.length} met\n`);
  return met === goals.length;
}
