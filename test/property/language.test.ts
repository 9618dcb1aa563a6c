// Laws of the front end: formatting changes nothing, order means nothing, and no text makes it throw.
import { type Contract, check, format } from "@thc/language";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LINKED } from "../contracts/linked.ts";
import { corpus } from "../corpus/contracts.ts";

const INSPECT = { inspectors: LINKED.inspectors!, rulesets: LINKED.rulesets! };

const path = "x";
const sample = fc.constantFrom(...corpus.map(({ source }) => source.text));

/** A typed contract as text, without places; tests are a set, since their order is the file's. */
function meaning(contract: Contract | undefined): string {
  const tests = [...(contract?.tests ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify({ ...contract, tests }, (key, value) =>
    key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}

function formatted(text: string): string {
  const result = format({ path, text });
  if ("text" in result) return result.text;
  throw new Error(JSON.stringify(result.diagnostics));
}

test("formatting a formatted contract changes nothing", () => {
  for (const { source } of corpus) {
    const once = formatted(source.text);
    expect(formatted(once)).toBe(once);
  }
});

test("a formatted contract means the same", () => {
  for (const { source } of corpus) {
    const [before, after] = [check(source, INSPECT), check({ path, text: formatted(source.text) }, INSPECT)];
    expect(meaning(after.contract)).toBe(meaning(before.contract));
    expect(after.diagnostics.map((d) => d.code).sort()).toEqual(before.diagnostics.map((d) => d.code).sort());
  }
});

test("blanks and line breaks mean nothing, and formatting takes them away", () => {
  const blank = fc.constantFrom(" ", "\n", "\n\n", "\t", "  // a comment\n", "\r\n");
  fc.assert(
    fc.property(sample, fc.array(blank, { minLength: 1, maxLength: 40 }), (text, blanks) => {
      let i = 0;
      // only between tokens, and never in a comment: behind brackets and commas of a text without comments
      const bare = formatted(text.replace(/(^|\s)\/\/[^\n]*/g, "$1"));
      const loose = bare
        .split(/("(?:[^"\\\n]|\\.)*"|`[^`\n]*`|(?<=(?:matches|=) )\/(?:[^/\\\n]|\\.)+\/)/)
        .map((piece, at) =>
          at % 2 === 1 ? piece : piece.replace(/[(),]/g, (mark) => mark + blanks[i++ % blanks.length]),
        )
        .join("");
      const again = formatted(loose);
      expect(formatted(again)).toBe(again);
      expect(meaning(check({ path, text: again }, INSPECT).contract)).toBe(
        meaning(check({ path, text: bare }, INSPECT).contract),
      );
    }),
    { numRuns: 60 },
  );
});

test("shuffling the statements of a contract changes nothing but places (law 2)", () => {
  fc.assert(
    fc.property(sample, fc.infiniteStream(fc.nat()), (text, random) => {
      const statements = statementsOf(formatted(text));
      const shuffled = [...statements.body];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = random.next().value % (i + 1);
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      const other = `${statements.head}\n${shuffled.join("\n")}\n}\n`;
      expect(meaning(check({ path, text: other }, INSPECT).contract)).toBe(
        meaning(check({ path, text }, INSPECT).contract),
      );
    }),
    { numRuns: 60 },
  );
});

/** The formatter puts every statement on lines of its own, with two blanks before its first. */
function statementsOf(text: string): { head: string; body: string[] } {
  const lines = text.split("\n").filter((line) => !/^\s*\/\//.test(line) && line !== "");
  const start = lines.findIndex((line) => line.startsWith("contract"));
  const body: string[] = [];
  for (const line of lines.slice(start + 1, lines.lastIndexOf("}"))) {
    if (/^ {2}[^ )}]/.test(line)) body.push(line);
    else body[body.length - 1] += `\n${line}`;
  }
  return { head: lines[start]!.replace(/ \/\/.*$/, ""), body };
}

const token = fc.constantFrom(
  ...[
    "allow",
    "deny",
    "require",
    "prior",
    "grounded",
    "budget",
    "when",
    "where",
    "in",
    "has",
    "not",
    "and",
    "or",
    "every",
  ],
  ...[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ",",
    ":",
    ".",
    "*",
    "?",
    "|",
    "<",
    ">",
    "=",
    "==",
    "..",
    "`x`",
    '"x"',
    '"',
    "`",
    "\\",
  ],
  ...[
    "1",
    "1_000.5",
    "500 USD",
    "15m",
    "10%",
    "2026-01-01",
    "/x/",
    "aws:s3:X",
    "a*",
    "tool",
    "agent",
    "test",
    "fact",
    "let",
  ],
  ...[
    "\0",
    "\ud800",
    "\u202e",
    "\ufeff",
    "é",
    "😀",
    "\n",
    "//",
    "for",
    "else",
    "approval",
    "from",
    "role",
    "user",
    "level(",
  ],
);

test("no mutation of a contract makes the front end throw, and what it reports lies inside the text", () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat(30),
    put: fc.array(token, { maxLength: 3 }),
  });
  fc.assert(
    fc.property(sample, fc.array(edit, { minLength: 1, maxLength: 8 }), (original, edits) => {
      let text = original;
      for (const { at, drop, put } of edits) {
        const i = Math.floor(at * text.length);
        text = text.slice(0, i) + put.join(" ") + text.slice(i + drop);
      }
      const { contract, diagnostics } = check({ path, text });
      expect(contract === undefined).toBe(diagnostics.some((d) => d.severity === "error"));
      for (const { primary, related } of diagnostics)
        for (const { span } of [primary, ...related]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      const result = format({ path, text });
      if ("text" in result) expect(formatted(result.text)).toBe(result.text);
      else expect(result.diagnostics.map((d) => d.code)).not.toContain("THC9001");
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
  );
});
