// Definitions under inspectors are searched by code of its own: on any text it finds what the reference finds.
import { check } from "@thc/language";
import { expect, test } from "vitest";
import { contract, inspect, T, tool } from "../contracts/build.ts";
import { sha256 } from "../differential/generate/imports.ts";
import { MADE_INSPECTORS } from "../differential/generate/inspections.ts";
import { suspicious } from "../differential/generate/suspicious.ts";
import { seeded } from "../differential/random.ts";
import { inspect as referenceInspect } from "../reference/inspection/inspect.ts";
import { readJson } from "../reference/json.ts";

const body = (rules: string): string =>
  `contract "x" version "1" {\n  agent bot { id "bot" }\n  use tools "l.json" as m\n  classify m.* read\n  all: allow m.*\n${rules}}\n`;
const RULES = MADE_INSPECTORS.map(
  ({ name }) => `  r_${name}: inspect descriptions of m.t for ${name} >= low then warn\n`,
).join("");

const definitionOf = (text: string) => ({ name: "t", description: text, inputSchema: { type: "object" } });

function saidOf(text: string): readonly string[] {
  const list = JSON.stringify([definitionOf(text)]);
  const files = { sha256, read: () => ({ ok: true, text: list }) as const };
  const { diagnostics } = check({ path: "x", text: body(RULES) }, { files, inspectors: () => MADE_INSPECTORS });
  return diagnostics.filter(({ code }) => code === "THC3123").map(({ message }) => message);
}

test("what is found in a description is what the reference finds in the text", () => {
  const rules = MADE_INSPECTORS.map(({ name }) => inspect(`r_${name}`, ["t"], name, { atLeast: "low" }));
  const made = { ...contract([tool("t", { x: T.text })], rules), inspectors: MADE_INSPECTORS };
  let found = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const text = suspicious(seeded(seed));
    const definition = readJson(new TextEncoder().encode(JSON.stringify(definitionOf(text))));
    if (typeof definition === "string") throw new Error(definition);
    const { findings, overLimit } = referenceInspect(made, definition);
    const said = saidOf(text).join("\n");
    if (overLimit) expect(said, text).toContain("encoded too deep");
    else {
      const kinds = [...new Set(findings.map((f) => `\`${f.inspector} ${f.class}\``))];
      // of one inspector three are named
      for (const { name } of MADE_INSPECTORS) {
        const own = kinds.filter((kind) => kind.includes(name));
        if (own.length <= 3) for (const kind of own) expect(said, text).toContain(kind);
      }
      const named = said.match(/`\w+ \w+`(?= in )/g) ?? [];
      for (const kind of named) expect(kinds, text).toContain(kind);
    }
    if (findings.length > 1) found += 1;
  }
  expect(found).toBeGreaterThan(50);
});
