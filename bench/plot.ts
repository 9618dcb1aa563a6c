/** The cost of a decision against the number of rules, for each engine: a log-log plot as SVG, readable in light and dark. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly rules: number; readonly us: number }[];
}

const [WIDTH, HEIGHT] = [760, 440];
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 210, 24, 48];
const COLOURS = ["#c2410c", "#1d4ed8", "#047857", "#7e22ce", "#0e7490", "#a16207", "#be123c", "#475569"];

export function plot(series: readonly Series[]): string {
  const all = series.flatMap(({ points }) => points);
  const [low, high] = [Math.min(...all.map((p) => p.us)), Math.max(...all.map((p) => p.us))];
  const decades = (from: number, to: number): number[] =>
    Array.from(
      { length: Math.ceil(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 },
      (_, i) => 10 ** (Math.floor(Math.log10(from)) + i),
    );
  const rows = decades(low, high);
  const columns = [...new Set(all.map((p) => p.rules))].sort((a, b) => a - b);
  const scale = (value: number, from: number, to: number, start: number, end: number): number =>
    start + ((Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from) || 1)) * (end - start);
  const x = (rules: number): number => scale(rules, columns[0]!, columns.at(-1)!, LEFT, WIDTH - RIGHT);
  const y = (us: number): number => scale(us, rows[0]!, rows.at(-1)!, HEIGHT - BOTTOM, TOP);
  const at = (value: number): string => value.toFixed(1);
  const grid = rows.map(
    (us) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at(y(us))}" y2="${at(y(us))}" class="grid"/><text x="${LEFT - 8}" y="${at(y(us) + 4)}" text-anchor="end">${us >= 1_000 ? `${us / 1_000} ms` : `${us} µs`}</text>`,
  );
  const ticks = columns.map(
    (rules) =>
      `<text x="${at(x(rules))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${rules.toLocaleString("en-US")}</text>`,
  );
  // names stand at the ends of their lines, pushed apart where they would overlap
  const ends = series
    .map((one, i) => ({ one, colour: COLOURS[i % COLOURS.length]!, y: y(one.points.at(-1)!.us) }))
    .sort((a, b) => a.y - b.y);
  for (const [i, end] of ends.entries()) if (i > 0) end.y = Math.max(end.y, ends[i - 1]!.y + 15);
  const lines = ends.map(({ one, colour, y: labelY }) => {
    const last = one.points.at(-1)!;
    const path = one.points.map((p, i) => `${i === 0 ? "M" : "L"}${at(x(p.rules))} ${at(y(p.us))}`).join(" ");
    const dots = one.points.map((p) => `<circle cx="${at(x(p.rules))}" cy="${at(y(p.us))}" r="3" fill="${colour}"/>`);
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}<text x="${at(x(last.rules) + 10)}" y="${at(labelY + 4)}" style="fill:${colour}">${one.name.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">
<title>What a decision costs, by number of rules, for each engine</title><style>text{fill:#475569}.grid{stroke:#94a3b8;stroke-opacity:.35}</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text x="${LEFT}" y="14" font-weight="600">a decision, from bytes, by number of rules</text>
${[...grid, ...ticks, ...lines].join("\n")}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 8}" text-anchor="middle">rules</text>
</svg>
`;
}
