/**
 * The committed vectors of docs/formats are what this repository answers, and what the pages say of digests and of the answer
 * region holds of them. Readers in another language: readers.test.ts. The pages' tables: format-pages.test.ts.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { OUTCOMES, REASONS } from "@thc/language";
import { describe, expect, test } from "vitest";
import { modules, stories } from "./stories/all.ts";
import { xxh64 } from "./stories/bare-kernel.ts";
import { compileText, tell, unhex, type Vector, type VectorStep } from "./stories/tell.ts";

const folder = new URL("vectors/", import.meta.url);
const committed = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

test("every vector has a story, every story its vector", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replaceAll("\\", "/").slice(0, -".json".length));
  expect(files.sort()).toEqual([...stories, ...modules()].map((s) => s.name).sort());
});

test.each(stories.map((s) => [s.name, s] as const))(
  "%s: a module answers what the vector says",
  async (name, story) => {
    expect(await tell(story)).toEqual(committed(name));
  },
);

test.each(modules().map((m) => [m.name, m.vector] as const))(
  "%s: the compiler gives what the vector says",
  (name, v) => {
    expect(v).toEqual(committed(name));
  },
);

describe.each(stories.map((s) => [s.name, committed(s.name) as Vector] as const))("%s", (_name, vector) => {
  test("the packed integer is the outcome's place and the reason's", () => {
    const packed = vector.steps.map((s) => s.packed);
    expect(packed).toEqual(
      vector.steps.map(({ decision: d }) => place(OUTCOMES, d, "outcome") | (place(REASONS, d, "reason") << 8)),
    );
  });

  test("the answer region names the determining rules, the obligations and the flags", () => {
    const { manifest } = compileText(vector.contract);
    for (const step of vector.steps) expect(readAnswer(step, manifest)).toEqual(said(step));
  });
});

const vectors = stories.map((s) => committed(s.name) as Vector);

test("the action digest is SHA-256 of the canonical action", () => {
  const named = vectors.flatMap((v) => v.steps).filter((s) => s.action_digest !== undefined);
  const expected = named.map(({ request }) => {
    const { tool, args } = (request as { action: { tool: string; args: object } }).action;
    return sha256(canonical({ args, tool }));
  });
  expect(named.length).toBeGreaterThan(20);
  expect(named.map((s) => s.action_digest)).toEqual(expected);
});

test("who asks for an approval names the digest of the parts", () => {
  const vector = vectors.find((v) => v.approval_parts !== undefined)!;
  const step = vector.steps.find((s) => member(s, "outcome") === "require_approval")!;
  const parts = vector.approval_parts!.map((part) => {
    if (part === "{contract digest}") return unhex(vector.contract_digest);
    if (part === "{action digest}") return unhex(step.action_digest!);
    return part.startsWith("hex:") ? unhex(part.slice(4)) : Buffer.from(part);
  });
  const length = (n: number) => new Uint8Array(Uint32Array.of(n).buffer);
  const digest = sha256(Buffer.concat(parts.flatMap((p) => [length(p.length), p])));
  expect(member(step, "approvals")).toMatchObject([{ rule: vector.approval_parts![2], digest }]);
});

test("the checksum of nothing is the one that the specification of XXH64 gives", () => {
  expect(xxh64(new Uint8Array(0), 0n).toString(16)).toBe("ef46db3751d8e999");
});

const member = (step: VectorStep, name: string): unknown => (step.decision as Record<string, unknown>)[name];
const place = (words: readonly string[], decision: unknown, name: string): number =>
  words.indexOf((decision as Record<string, string>)[name]!);

/** RFC 8785 of values whose names are ASCII and whose numbers JavaScript prints as they are meant. */
function canonical(v: unknown): string {
  return JSON.stringify(v, (_, x) =>
    x !== null && typeof x === "object" && !Array.isArray(x)
      ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
      : x,
  );
}

/** The answer region as docs/formats/decision.md lays it out. */
function readAnswer(step: VectorStep, manifest: ReturnType<typeof compileText>["manifest"]) {
  const bytes = unhex(step.answer);
  const view = new DataView(bytes.buffer);
  const set = Math.ceil(manifest.obligations.length / 64) * 8;
  const [outcome, reason] = [step.packed & 255, step.packed >> 8];
  const entries = Array.from({ length: view.getUint32(0, true) }, (_, i) => ({
    rule: manifest.rules[view.getUint32(16 + set + 8 * i, true)]!,
    effects: view.getUint32(20 + set + 8 * i, true),
  })).sort((a, b) => manifest.rules.indexOf(a.rule) - manifest.rules.indexOf(b.rule));
  const having = (mask: number) => entries.filter((e) => (e.effects & mask) !== 0).map((e) => e.rule);
  const conflict = REASONS[reason] === "obligation_conflict";
  const determining = conflict ? having(2).filter((r) => r.sandbox === true) : having([4, 8, 1 | 2, 1 | 2][outcome]!);
  return {
    length: bytes.length === 16 + set + 8 * entries.length,
    rules: determining.map((r) => r.name),
    warnings: outcome === 0 ? [] : having(16).map((r) => r.name),
    hints: having(32).map((r) => r.name),
    flags: view.getUint32(8, true),
    obligations: outcome === 2 ? manifest.obligations.filter((_, i) => (bytes[16 + (i >> 3)]! >> (i & 7)) & 1) : [],
  };
}
/** Of a chunk, and whether rules looked at it. */
const chunkFlags = (step: VectorStep): number =>
  member(step, "release") === undefined ? 0 : member(step, "inspected") === undefined ? 8 : 12;
function said(step: VectorStep) {
  return {
    length: true,
    rules: member(step, "rules"),
    warnings: member(step, "warnings"),
    hints: (member(step, "hints") as { rule: string }[]).map((h) => h.rule),
    flags: (member(step, "duplicate") ? 1 : 0) | (member(step, "clock_behind") ? 2 : 0) | chunkFlags(step),
    obligations: member(step, "obligations") ?? [],
  };
}
