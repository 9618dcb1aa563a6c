/**
 * Tool lists of real servers, when they lie beside the clone (they are not part of the project): every tool is imported, and calls made
 * from its own schema are decided; what its schema does not know is refused.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seeded } from "../differential/random.ts";
import { ROOT } from "../house/tree.ts";
import { objectFor } from "./calls.ts";
import { asker, checkWith, codesOf, contractWith } from "./lists.ts";

const LISTS = join(ROOT, "../shared/data/mcp");
const files = existsSync(LISTS) ? readdirSync(LISTS).filter((name) => name.endsWith(".json")) : [];
if (files.length === 0) console.warn("servers.test.ts: skipped, no ../shared/data beside the clone");
const CALLS = 25;

describe.skipIf(files.length === 0)("a real server", () => {
  test.each(files)("%s: every tool is imported, and its own calls are decided", (file) => {
    const text = readFileSync(join(LISTS, file), "utf8");
    const { tools } = JSON.parse(text);
    const contract = contractWith(text, ["classify srv.* read", "all: allow srv.*"]);
    expect(contract.tools).toHaveLength(tools.length);
    const ask = asker(contract);
    const random = seeded(7);
    for (const { name, inputSchema } of tools)
      for (let i = 0; i < CALLS; i += 1) {
        const args = objectFor(inputSchema, random);
        const { outcome, reason } = ask(`srv.${name}`, args);
        expect({ name, args, outcome, reason }).toEqual({ name, args, outcome: "allow", reason: "none" });
        expect(ask(`srv.${name}`, { ...args, "never declared": 1 }).reason).toBe("bad_arguments");
        for (const needed of inputSchema.required ?? []) {
          if (isNullable(inputSchema.properties[needed])) continue;
          const { [needed]: _, ...without } = args;
          expect(ask(`srv.${name}`, without).reason).toBe("bad_arguments");
        }
      }
  });

  test.each(files)("%s: it is decided whole, with one warning, when nothing classifies it", (file) => {
    const checked = checkWith(readFileSync(join(LISTS, file), "utf8"), [
      "all: allow level(execute)",
      "risky: deny risk == read",
    ]);
    // nothing is of risk read until it is classified
    expect(codesOf(checked)).toEqual(["THC2001"]);
  });
});

/** What may be null may be left out (docs/semantics/tools.md). */
const isNullable = ({ type, anyOf = [] }: { type?: unknown; anyOf?: readonly { type?: unknown }[] }): boolean =>
  [type].flat().includes("null") || anyOf.some((each) => each.type === "null");

const own = {
  name: "t",
  inputSchema: { type: "object", properties: { a: { type: "integer" }, b: { enum: ["x", "y"] } }, required: ["b"] },
};
test("calls made from a schema alone fit what is imported from it", () => {
  const ask = asker(contractWith([own], ["classify srv.t read", "all: allow srv.*"]));
  const random = seeded(1);
  for (let i = 0; i < 50; i += 1) expect(ask("srv.t", objectFor(own.inputSchema, random)).outcome).toBe("allow");
});
