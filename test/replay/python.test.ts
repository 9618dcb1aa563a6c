/** What Python prints is read as the value that it printed, and what only looks like it is left alone. */
import { spawnSync } from "node:child_process";
import type { Type } from "@thc/language";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPython } from "../../cli/src/replay/python.ts";
import { readAnswer } from "../../cli/src/replay/structured.ts";
import { repr, type Value } from "./python-repr.ts";

const read = (out: string, type?: Type) => readAnswer(out, type);

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      "\\",
      "\n",
      "\t",
      "\r",
      "n",
      "x",
      "u",
      "0",
      "é",
      "😀",
      "\u200b",
      " ",
      ":",
      "#",
      ",",
    ),
    maxLength: 12,
  }),
  fc.constantFrom("__proto__", "", "None", "{'a': 1}", "\ud800", "C:\\new"),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -3, 1e16, 1e-5, 1.5e22, 0.0001, 100000, 5e-324),
);
const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(text, tie("value")), { maxLength: 4 })
      .map((members) => Object.fromEntries(members) as { [name: string]: Value }),
  ),
}));
/** `-0` is the one number that JSON has no word of its own for. */
const same = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe("what Python prints", () => {
  test("is read back as the value, lists as tuples too", () => {
    fc.assert(
      fc.property(values, fc.boolean(), (value, tuples) => {
        const answer = { it: value, marked: null };
        expect(same(read(repr(answer, { tuples })))).toEqual(same(answer));
      }),
      { numRuns: 3_000 },
    );
  });

  test("by the real one, is what the printer of these tests prints", (context) => {
    const python = spawnSync("python3", ["--version"], { encoding: "utf8" });
    if (python.status !== 0) return context.skip("there is no python3 to compare with");
    // Which characters are printable is a matter of the version of Unicode, so only old ones are compared.
    const known = fc.string({
      unit: fc.constantFrom(..."'\"\\\n\t\r\0\x07\x1b\x7f\x80 \xa0\xad\xe9\u0416\u200b\u2028\ufeff\u{1f600}ab"),
      maxLength: 10,
    });
    const { known: all } = fc.letrec<{ known: Value }>((tie) => ({
      known: fc.oneof(
        { depthSize: "small" },
        known,
        number.filter((one) => !Object.is(one, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("known"), { maxLength: 3 }),
        fc.dictionary(known, tie("known"), { maxKeys: 3, noNullPrototype: true }),
      ),
    }));
    const samples = fc.sample(all, { numRuns: 2_000, seed: 7 });
    // JSON does not tell `1e22` from an integer, so floats are marked.
    const marked = JSON.stringify(samples, (_, one) =>
      typeof one === "number" && !Number.isSafeInteger(one) ? { "\u0001float": String(one) } : one,
    );
    const program = [
      "import json, sys",
      "mark = lambda o: float(o['\\x01float']) if '\\x01float' in o else o",
      "sys.stdin.reconfigure(encoding='utf-8')",
      "for one in json.load(sys.stdin, object_hook=mark): print(ascii(repr(one)))",
    ].join("\n");
    const { stdout, status } = spawnSync("python3", ["-c", program], { input: marked, encoding: "utf8" });
    expect(status).toBe(0);
    const printed = stdout.trimEnd().split("\n");
    expect(printed).toHaveLength(samples.length);
    for (const [at, sample] of samples.entries()) {
      // `ascii` is a Python string itself: what it says is read by the reader under test, in a list.
      const [line] = read(`[${printed[at]!}, None]`) as [string];
      expect(line).toBe(repr(sample));
      expect(read(`(${line}, None)`)).toEqual([sample, null]);
    }
  });

  test.each([
    [
      "a line end in an address",
      String.raw`{'Contact': 'Good Night Hotel\njohn@hotel.example'}`,
      { Contact: "Good Night Hotel\njohn@hotel.example" },
    ],
    ["both quotes", String.raw`{'a': 'It\'s "x"'}`, { a: `It's "x"` }],
    ["double quotes around a single one", `{'a': "it's"}`, { a: "it's" }],
    ["escapes of characters", String.raw`['\xe9\u00e9\U0001f600\101\0', None]`, ["éé😀A\0", null]],
    ["all that are one letter", String.raw`['\\\'\"\n\t\r\a\b\f\v']`, ["\\'\"\n\t\r\x07\b\f\v"]],
    ["a tuple", "('a', 1)", ["a", 1]],
    ["a tuple of one", "(1,)", [1]],
    ["an empty tuple", "{'a': ()}", { a: [] }],
    ["parentheses around a value", "{'a': (1)}", { a: 1 }],
    ["None, True, False", "{'a': None, 'b': True, 'c': False}", { a: null, b: true, c: false }],
    ["numbers", "(1e5, -3, 1e-05, 1.5e+16, -0.5, 0)", [100_000, -3, 0.00001, 1.5e16, -0.5, 0]],
    ["strings next to each other, as pprint prints long ones", "{'a': ('one '\n       'two')}", { a: "one two" }],
    [
      "keys that are no strings",
      "{1: 'a', None: 'b', True: 'c', 1.5: 'd'}",
      { 1: "a", None: "b", True: "c", 1.5: "d" },
    ],
    ["a date", "{'at': datetime.date(2024, 5, 18)}", { at: "datetime.date(2024, 5, 18)" }],
    [
      "a moment with its zone",
      "[datetime.datetime(2024, 5, 18, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))]",
      ["datetime.datetime(2024, 5, 18, 10, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))"],
    ],
    [
      "a zone by its name",
      "[datetime.time(1, 2, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))]",
      ["datetime.time(1, 2, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))"],
    ],
    ["spaces and line ends", " {\n 'a' : [ 'b' ,\t'c' , ] }\n", { a: ["b", "c"] }],
  ])("%s", (_name, out, value) => {
    expect(read(out)).toEqual(value);
  });

  test("a member called __proto__ is a member", () => {
    const value = read("{'__proto__': {'admin': True}}") as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("the declared type decides where text could be either", () => {
    const type: Type = {
      kind: "list",
      element: {
        kind: "record",
        fields: [
          { name: "iban", type: { kind: "account" } },
          { name: "zip", type: { kind: "optional", of: { kind: "text" } } },
          { name: "total", type: { kind: "decimal" } },
          { name: "on", type: { kind: "date" } },
        ],
      },
    };
    expect(read("({'iban': 1234567890, 'zip': None, 'total': 5, 'on': datetime.date(2024, 5, 18)},)", type)).toEqual([
      { iban: "1234567890", zip: null, total: 5, on: "datetime.date(2024, 5, 18)" },
    ]);
    expect(read("{'a': 1}", { kind: "text" })).toBe("{'a': 1}");
  });
});

test("whatever is read, Python's own reader of literals reads alike", (context) => {
  if (spawnSync("python3", ["--version"]).status !== 0) return context.skip("there is no python3 to compare with");
  const broken = fc
    .tuple(
      values,
      fc.boolean(),
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(..."'\"\\,()[]{}: n0x1-.e", "None", "' '", "\\x41", "\\7")), {
        maxLength: 3,
      }),
    )
    .map(([value, tuples, edits]) => {
      let out = repr([value, null], { tuples });
      for (const [where, piece] of edits) {
        const at = where % (out.length + 1);
        out = out.slice(0, at) + piece + out.slice(at + (where % 2));
      }
      return out;
    });
  const cases = fc.sample(broken, { numRuns: 6_000, seed: 11 }).flatMap((out) => {
    const literal = readPython(out);
    return typeof literal === "string" || /\p{Cs}/u.test(out) ? [] : [[out, JSON.stringify(read(out))] as const];
  });
  expect(cases.length).toBeGreaterThan(1_000);
  const program = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="ascii")
def plain(v):
    if isinstance(v, dict): return {k if isinstance(k, str) else repr(k): plain(m) for k, m in v.items()}
    if isinstance(v, (list, tuple)): return [plain(m) for m in v]
    if isinstance(v, (int, float)) and not isinstance(v, bool): return float(v)
    return v
for out, read in json.load(sys.stdin):
    try: value = plain(ast.literal_eval(out.strip(" \\t\\n\\r\\f")))
    except Exception as error: print(json.dumps([out, read, str(error)]))
    else:
        if value != plain(json.loads(read)): print(json.dumps([out, read, value]))
`;
  const { stdout, status, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(cases),
    encoding: "utf8",
  });
  expect({ status, stderr, stdout }).toEqual({ status: 0, stderr: "", stdout: "" });
});

describe("what Python prints and nobody could answer stays text, all of it", () => {
  test.each([
    ["bytes", String.raw`{'a': b'x\n', 'b': 'c'}`],
    ["bytes in double quotes", `{'a': b"it's"}`],
    ["a set", "{1, 2}"],
    ["a set of one string", "{'a'}"],
    ["an empty set", "{'a': set()}"],
    ["inf", "{'a': inf}"],
    ["-inf", "{'a': -inf}"],
    ["nan", "['a', nan]"],
    ["more than a float holds", "['a', 1e999]"],
    ["a complex number", "['a', 2j]"],
    ["an object", "[Contact(name='x')]"],
    ["an object that does not print itself", "{'a': <Contact object at 0x7f>}"],
    ["a decimal", "{'a': Decimal('1.50')}"],
    ["a date with an object in it", "{'a': datetime.datetime(2024, 1, 1, tzinfo=<UTC>)}"],
    ["a list that holds itself", "{'a': [...]}"],
    ["a tuple as a key", "{(1, 2): 'a'}"],
    ["a key that is another's text", "{1: 'a', '1': 'b'}"],
    ["a word behind a string with an escape", String.raw`{'a': 'x\ny', 'b': word}`],
    ["deep nesting", `['a', ${"[".repeat(30)}${"]".repeat(30)}]`],
    ["deep nesting of moments", `['a', ${"datetime.a(".repeat(30)}${")".repeat(30)}]`],
    ["too many", `['a'${", 1".repeat(60_000)}]`],
    ["too long", `['${"a".repeat(600_000)}']`],
  ])("%s", (_name, out) => {
    expect(read(out)).toBe(out);
  });
});

describe("what is not surely Python's is another's", () => {
  test.each([
    ["JSON's words", "[1, true, null]"],
    ["a name without quotes", "{a: 'b'}"],
    ["nothing of Python's own", "[1, 2,]"],
    ["text behind it", "{'a': 1} and more"],
    ["no end", "{'a': 1"],
    ["no end of a string", "['a"],
    ["a comma alone", "['a',,]"],
    ["YAML's single quote", "['it''s']"],
    ["a line end in a string", "['a\nb']"],
    ["an escape that Python does not print", String.raw`['\d+']`],
    ["half an escape", String.raw`['\x4']`],
    ["a character that there is not", String.raw`['\U00110000']`],
    ["a leading zero", "['a', 007]"],
    ["an underscore", "['a', 1_000]"],
    ["half a number", "['a', 1.]"],
    ["a plus", "['a', +1]"],
    ["a date of YAML's", "['a', 2024-05-18]"],
    ["a string in parentheses", "('a')"],
    ["prose in parentheses", "(see 'below')"],
    ["a bare string", "'a'"],
    ["nothing", ""],
  ])("%s", (_name, out) => {
    expect(readPython(out)).toBe("foreign");
  });

  test("YAML's flow notation is read as before", () => {
    expect(read("{a: 'it''s', b: [x, y]}")).toEqual({ a: "it's", b: ["x", "y"] });
    expect(read(String.raw`{re: '\d+\n'}`)).toEqual({ re: String.raw`\d+\n` });
  });
});

test("no text makes it throw, or stop early", () => {
  const piece = fc.constantFrom(
    ..."{}[]()<>'\",:.=-\\ \n\tnxuUjeE019_aé",
    "None",
    "True",
    "datetime.date(",
    "tz=",
    "zoneinfo.Z",
    "b'",
    "inf",
    "\\N{",
    "{'a': ",
    "'a', ",
  );
  const many = fc.tuple(piece, fc.constantFrom(1, 1, 1, 2, 40)).map(([part, count]) => part.repeat(count));
  fc.assert(
    fc.property(fc.array(many, { maxLength: 25 }), fc.constantFrom("", "[", "{", "("), (parts, open) => {
      const out = open + parts.join("");
      readPython(out);
      JSON.stringify(readAnswer(out, undefined));
    }),
    { numRuns: 10_000 },
  );
});

test.each(["[", "(", "{'a': ", "[datetime.a(", "[datetime.a(x=", "datetime.a(x=", "'a' ", "['a', ", "['\\\\"])(
  "half a million characters of `%s` are read in no time",
  (part) => {
    for (const before of ["", "[", "['a', "]) {
      const out = before + part.repeat(Math.floor(500_000 / part.length));
      const began = performance.now();
      expect(typeof readPython(out)).toBe("string");
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  },
);
