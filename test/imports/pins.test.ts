/** Lists of tools as they are pinned: the vectors of docs/formats/pin.md, for the checker, for a host, and for a reader that shares no code. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readToolList } from "@thc/language/tool-lists";
import { definitionDigest } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { sha256 } from "../differential/generate/imports.ts";

interface Vector {
  readonly about: string;
  readonly text: string;
  readonly pin?: string;
  readonly definitions?: { readonly [name: string]: string };
  readonly refused?: true;
}
const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL("pin-vectors.json", import.meta.url), "utf8"));
const titled = vectors.map((vector) => [vector.about, vector] as const);

const python = ["python3", "python"].find(
  (name) => spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0,
);
if (python === undefined) console.warn("pins.test.ts: the reader is skipped, there is no Python 3.8 or newer here");

describe.each(titled)("%s", (_about, { text, pin, definitions, refused }) => {
  test("is read as the vector says", () => {
    const read = readToolList(text, sha256);
    if (refused === true) expect(read.ok).toBe(false);
    else {
      if (!read.ok) throw new Error(read.problem);
      expect(read.value.pin).toBe(pin);
      const found = read.value.definitions.map(({ name, digest }) => [name, digest] as const);
      expect(new Map(found)).toEqual(new Map(Object.entries(definitions!)));
    }
  });

  test.skipIf(refused === true)("a host gets the same digests of what JSON.parse gives", async () => {
    const value = JSON.parse(text.replace(/^\ufeff/, ""));
    const tools: readonly { readonly name: string }[] = value.result?.tools ?? value.tools ?? value;
    for (const each of tools)
      expect(await definitionDigest(each)).toBe(new Map(Object.entries(definitions!)).get(each.name));
  });

  test.skipIf(python === undefined)("a reader written from the page agrees", () => {
    const script = fileURLToPath(new URL("read_pin.py", import.meta.url));
    const { status, stdout } = spawnSync(python!, [script], { input: text });
    expect(status === 0 ? JSON.parse(stdout.toString()) : "refused").toEqual(
      refused === true ? "refused" : { pin, definitions },
    );
  });
});

test.each([
  ["no JSON", undefined],
  ["a function", { name: "a", call: () => 1 }],
  ["NaN", { name: "a", v: Number.NaN }],
  ["a cycle", cycle()],
])("a host is told what has no digest: %s", async (_what, value) => {
  await expect(definitionDigest(value)).rejects.toThrow(TypeError);
});

function cycle(): object {
  const value: { self?: object } = {};
  value.self = value;
  return value;
}
