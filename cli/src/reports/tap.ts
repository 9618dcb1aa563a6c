/** `thc test --reporter tap`: the Test Anything Protocol, version 14 (testanything.org), faults as YAML blocks. */
import { visible } from "../terminal/visible.ts";
import type { ContractRun } from "../testing/report.ts";
import { faultsOf } from "./tests.ts";

/** `#` would begin a directive, and `\` an escape of it. */
const said = (text: string): string => visible(text).replaceAll("\\", "\\\\").replaceAll("#", "\\#");

export function renderTap(runs: readonly ContractRun[]): string[] {
  const points = runs.flatMap(({ contract, files }) =>
    files.flatMap(({ source, tests }) => tests.map((test) => ({ contract, source, test }))),
  );
  const lines = points.flatMap(({ contract, source, test }, at) => {
    const verdict = test.verdict === "passed" ? "ok" : "not ok";
    const line = `${verdict} ${at + 1} - ${said(source.path)}: ${said(test.name)}`;
    const faults = faultsOf(source, contract, test).flatMap((fault) => [
      `    - at: ${JSON.stringify(`${source.path}:${fault.line}`)}`,
      `      kind: ${fault.kind}`,
      "      details:",
      ...fault.details.map((text) => `        - ${JSON.stringify(visible(text))}`),
    ]);
    return faults.length === 0 ? [line] : [line, "  ---", "  faults:", ...faults, "  ..."];
  });
  return ["TAP version 14", `1..${points.length}`, ...lines];
}
