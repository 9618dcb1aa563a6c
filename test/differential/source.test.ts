import { check, renderDiagnostic } from "@thc/language";
import { expect, test } from "vitest";
import type { Contract } from "../reference/contract.ts";
import { makeCase } from "./generate/case.ts";
import { smallCatalogue } from "./generate/cloud.ts";
import { filesOf } from "./generate/imports.ts";
import { toSource } from "./source.ts";

const CONTRACTS = 150;

test("a typed contract printed as text is read as the same contract", () => {
  for (let seed = 1; seed <= CONTRACTS; seed += 1) {
    const { contract } = makeCase(seed);
    const source = { path: "printed.contract", text: toSource(contract) };
    const read = check(source, { catalogue: smallCatalogue, files: filesOf(contract) });
    const errors = read.diagnostics.filter((d) => d.severity === "error");
    expect(errors.map((d) => renderDiagnostic(d, source, { color: false })).join("\n")).toBe("");
    expect(withoutSpans(read.contract!), `seed ${seed}`).toEqual(withoutSpans(contract));
  }
});

function withoutSpans(contract: Contract): unknown {
  return JSON.parse(
    JSON.stringify(contract, (name, value) =>
      name === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
    ),
  );
}
