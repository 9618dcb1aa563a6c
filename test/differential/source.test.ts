import { check, renderDiagnostic } from "@thc/language";
import { expect, test } from "vitest";
import type { Contract } from "../reference/contract.ts";
import { makeCase } from "./generate/case.ts";
import { smallCatalogue } from "./generate/cloud.ts";
import { filesOf } from "./generate/imports.ts";
import { MADE_INSPECTORS } from "./generate/inspections.ts";
import { toSource } from "./source.ts";

const CONTRACTS = 150;

test("a typed contract printed as text is read as the same contract", () => {
  for (let seed = 1; seed <= CONTRACTS; seed += 1) {
    const { contract } = makeCase(seed);
    const source = { path: "printed.contract", text: toSource(contract) };
    const read = check(source, {
      catalogue: smallCatalogue,
      files: filesOf(contract),
      inspectors: () => MADE_INSPECTORS,
    });
    const errors = read.diagnostics.filter((d) => d.severity === "error");
    expect(errors.map((d) => renderDiagnostic(d, source, { color: false })).join("\n")).toBe("");
    expect(withoutSpans(read.contract!), `seed ${seed}`).toEqual(withoutSpans(contract));
  }
});

/** A whole number beside a Decimal may be read as either: what it is compared with decides nothing about it. */
function withoutSpans(contract: Contract): unknown {
  const plain = (name: string, value: unknown): unknown => {
    if (name === "span") return undefined;
    if (typeof value === "bigint") return `${value}n`;
    const { kind, type } = (value ?? {}) as { readonly kind?: string; readonly type?: { readonly kind?: string } };
    return kind === "literal" && type?.kind === "int" ? { ...(value as object), type: { kind: "decimal" } } : value;
  };
  return JSON.parse(JSON.stringify(contract, plain));
}
