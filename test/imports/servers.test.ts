/**
 * Tool lists of real servers, when they lie beside the clone (they are not part of the project): every tool is imported and classified,
 * and calls made from its own schema are decided: those of what is allowed pass, those of what is not are refused by no rule, and
 * what is not of its schema is refused before any.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { seeded } from "../differential/random.ts";
import { ROOT } from "../house/tree.ts";
import { misfitsOf, objectFor } from "./calls.ts";
import { asker, checkWith, codesOf, contractWith } from "./lists.ts";

const LISTS = join(ROOT, "../shared/data/mcp");
const files = existsSync(LISTS) ? readdirSync(LISTS).filter((name) => name.endsWith(".json")) : [];
if (files.length === 0) console.warn("servers.test.ts: skipped, no ../shared/data beside the clone");
const CALLS = 15;

/** What somebody who read the list would say of its tools; the rest of them writes. */
const READS: { readonly [file: string]: readonly string[] } = {
  "filesystem.json": ["read_*", "list_*", "directory_tree", "search_files", "get_file_info"],
  "git.json": ["git_status", "git_diff*", "git_log", "git_show", "git_branch"],
  "github.json": [
    "get_*",
    "list_*",
    "search_*",
    "actions_{get, list}",
    "projects_{get, list}",
    "ui_get",
    "find_duplicate",
  ],
  "postgres.json": ["query"],
  "slack.json": ["slack_list_channels", "slack_get_*"],
};
const matches = (globs: readonly string[], name: string): boolean =>
  globs.some((glob) => {
    const source = glob
      .replace(/\{(.*?)\}/g, (_, all: string) => `(${all.split(", ").join("|")})`)
      .replaceAll("*", ".*");
    return new RegExp(`^${source}$`).test(name);
  });

describe.skipIf(files.length === 0)("a real server", () => {
  test.each(files)("%s: every tool is imported, and its own calls are decided", (file) => {
    const text = readFileSync(join(LISTS, file), "utf8");
    const { tools }: { tools: readonly { name: string; inputSchema: Parameters<typeof objectFor>[0] }[] } =
      JSON.parse(text);
    const reads = READS[file] ?? ["*"];
    const writes = tools.map(({ name }) => name).filter((name) => !matches(reads, name));
    const contract = contractWith(text, [
      ...reads.map((glob) => `classify srv.${glob} read`),
      ...(writes.length === 0 ? [] : [`classify srv.{${writes.join(", ")}} write external`]),
      "reads: allow level(read)",
    ]);
    expect(contract.tools).toHaveLength(tools.length);
    const ask = asker(contract);
    const random = seeded(7);
    const seen = { calls: 0, allowed: 0, misfits: 0 };
    for (const { name, inputSchema } of tools) {
      const isRead = matches(reads, name);
      for (let i = 0; i < CALLS; i += 1) {
        const args = objectFor(inputSchema, random);
        const { outcome, reason } = ask(`srv.${name}`, args);
        const wanted = isRead ? { outcome: "allow", reason: "none" } : { outcome: "deny", reason: "no_allow" };
        expect({ name, args, outcome, reason }).toEqual({ name, args, ...wanted });
        seen.calls += 1;
        if (isRead) seen.allowed += 1;
        for (const misfit of misfitsOf(inputSchema, args)) {
          expect({ name, ...misfit, reason: ask(`srv.${name}`, misfit.args).reason }).toEqual({
            name,
            ...misfit,
            reason: "bad_arguments",
          });
          seen.misfits += 1;
        }
      }
    }
    expect(seen.calls).toBe(tools.length * CALLS);
    expect(seen.misfits).toBeGreaterThan(seen.calls);
    expect(seen.allowed).toBeGreaterThan(0);
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

const own = {
  name: "t",
  inputSchema: {
    type: "object",
    properties: {
      a: { type: "integer" },
      b: { enum: ["x", "y"] },
      env: { type: "object", additionalProperties: { type: "string" } },
      part: {
        oneOf: [
          { type: "object", properties: { kind: { const: "p" }, n: { type: "number" } }, required: ["kind", "n"] },
          { type: "object", properties: { kind: { const: "q" }, t: { type: "string" } }, required: ["kind"] },
        ],
      },
      rows: { type: "array", items: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } },
    },
    required: ["b"],
  },
};
test("calls made from a schema alone fit what is imported from it, and what is not of it does not", () => {
  const ask = asker(contractWith([own], ["classify srv.t read", "all: allow srv.*"]));
  const random = seeded(1);
  for (let i = 0; i < 50; i += 1) {
    const args = objectFor(own.inputSchema, random);
    expect(ask("srv.t", args).outcome).toBe("allow");
    const misfits = misfitsOf(own.inputSchema, args);
    expect(misfits.length).toBeGreaterThan(1);
    for (const misfit of misfits)
      expect({ ...misfit, reason: ask("srv.t", misfit.args).reason }).toEqual({ ...misfit, reason: "bad_arguments" });
  }
});
