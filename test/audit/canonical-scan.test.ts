/** The verifier's scan for canonical form, which remembers keys from line to line, against building the values and writing them again. */
import { canonicalText } from "@thc/audit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCanonicalScan } from "../../audit/src/verify/canonical-scan.ts";
import { createKnownKeys } from "../../audit/src/verify/known-keys.ts";
import { SLACK, windowOver } from "../../audit/src/verify/source.ts";

const KEYS = [
  "a",
  "aa",
  "ab",
  "abc",
  "abcd",
  "abcde",
  "kind",
  "time",
  "tool",
  "b_1",
  "B",
  "_x",
  "é",
  "z",
  "zz",
  'q"',
  "a b",
];

/** Members in the given order, which may be wrong, with a key twice, or a level deeper. */
type Shape = readonly (readonly [key: string, value: Shape | readonly Shape[] | string | number])[];
const shape = fc.letrec<{ value: Shape[number][1]; members: Shape }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("x", "decision", "", "two words", 'a"b\\c\n', "é", "0".repeat(64)),
    fc.integer(),
    tie("members"),
    fc.array(tie("members") as fc.Arbitrary<Shape>, { maxLength: 2 }),
  ),
  members: fc.oneof(
    fc.array(fc.tuple(fc.constantFrom(...KEYS), tie("value")), { maxLength: 5 }),
    // Mostly in order, or nothing would ever be accepted.
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie("value")), { maxLength: 6, selector: ([key]) => key })
      .map((members) => [...members].sort(([one], [other]) => (one < other ? -1 : 1))),
  ) as fc.Arbitrary<Shape>,
}));

/** A list of objects, each of which is a list of members; an object is a list of members itself. */
const isList = (value: readonly unknown[]): value is readonly Shape[] => {
  const [first] = value;
  return Array.isArray(first) && (first.length === 0 || Array.isArray(first[0]));
};

function write(members: Shape): string {
  const value = (one: Shape[number][1]): string => {
    if (typeof one === "string" || typeof one === "number") return JSON.stringify(one);
    if (isList(one)) return `[${one.map(write).join(",")}]`;
    return write(one);
  };
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${value(one)}`).join(",")}}`;
}

/** By the definition: what is written again from its values is the same text; and the names that the format allows. */
function isCanonical(text: string): boolean {
  const value = JSON.parse(text) as object;
  return Object.keys(value).every((key) => /^[a-z][a-z0-9_]*$/.test(key)) && canonicalText(value) === text;
}

function scanWith(scan: ReturnType<typeof createCanonicalScan>, text: string): boolean {
  const bytes = Buffer.from(text);
  const window = windowOver(new ArrayBuffer(bytes.length + SLACK), bytes.length);
  window.bytes.set(bytes);
  return scan.members(window.bytes, window.view, 1, bytes.length) < 0;
}

test("a scan that has seen any lines judges the next as the definition does", () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.array(
        shape.members.filter((members) => members.length > 0),
        { minLength: 2, maxLength: 12 },
      ),
      (lines) => {
        const scan = createCanonicalScan();
        for (const text of [...lines, ...lines].map(write)) {
          const canonical = isCanonical(text);
          if (canonical) accepted += 1;
          expect([text, scanWith(scan, text)]).toEqual([text, canonical]);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(accepted).toBeGreaterThan(400);
});

test("a key that was learnt in one place is not taken for granted in another", () => {
  const scan = createCanonicalScan();
  const judge = (text: string) => scanWith(scan, text);
  expect(judge('{"bbbb":{"cccc":1},"dddd":1}')).toBe(true);
  expect(judge('{"dddd":{"cccc":1},"bbbb":1}')).toBe(false);
  expect(judge('{"bbbb":{"cccc":1,"bbbb":1},"dddd":1}')).toBe(false);
  expect(judge('{"bbbb":{"CCCC":1}}')).toBe(true);
  expect(judge('{"CCCC":1}')).toBe(false);
  expect(judge('{"bbbb":[{"cccc":1},{"aaaa":1}],"dddd":1}')).toBe(true);
  expect(judge('{"bbbb":1,"bbbb":1}')).toBe(false);
});

test("what is remembered is bounded, and lines beyond that are judged all the same", () => {
  const known = createKnownKeys();
  const view = new DataView(new ArrayBuffer(16));
  let learnt = 0;
  let last = known.top;
  for (let n = 0; n < 10_000; n++) {
    view.setUint32(0, n);
    const key = known.learn(n % 2 === 0 ? last.inside : last.behind, view, 0, 12);
    if (key === null) continue;
    learnt += 1;
    last = key;
  }
  expect(learnt).toBeGreaterThan(1000);
  expect(learnt).toBeLessThanOrEqual(4096);
  const choices = Array.from({ length: 100 }, (_, n) => {
    view.setUint32(0, n);
    return createKnownKeys().learn(last.inside, view, 0, 12);
  });
  expect(choices.filter((key) => key !== null).length).toBeLessThanOrEqual(8);

  const scan = createCanonicalScan();
  for (let n = 0; n < 3000; n++) {
    const key = (at: number) => `k${String(n).padStart(5, "0")}${at}`;
    expect(scanWith(scan, `{"${key(0)}":{"${key(1)}":1,"${key(2)}":1}}`)).toBe(true);
    expect(scanWith(scan, `{"${key(0)}":{"${key(2)}":1,"${key(1)}":1}}`)).toBe(false);
  }
});
