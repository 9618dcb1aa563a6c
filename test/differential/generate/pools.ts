/**
 * Small pools of values, so that rules, arguments, results and messages meet: each scalar type has canonical values
 * (literals of contracts), other spellings of the same, and texts that have no form.
 */
import type { Decimal, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { CLOUD_POOL } from "./cloud.ts";

interface Pool {
  readonly canonical: readonly string[];
  readonly spelled: readonly string[];
  readonly formless: readonly string[];
}

const EMAIL: Pool = {
  canonical: ["ann@acme.example", "bob@acme.example", "eve@evil.example", "ann.lee+x@sub.acme.example"],
  spelled: ["Ann@ACME.example", "bob@acme.example.", "EVE@evil.example", "Ann.Lee+X@sub.acme.example."],
  formless: [
    "ann",
    "ann@",
    "@acme.example",
    "a..b@acme.example",
    "ann@acme@example",
    "ann@10.0.0.1",
    "änn@acme.example",
  ],
};
const HOST: Pool = {
  canonical: ["acme.example", "sub.acme.example", "evil.example", "xacme.example", "localhost", "10.0.0.1"],
  spelled: ["ACME.example", "acme.example.", "Sub.Acme.Example.", "EVIL.EXAMPLE", "LocalHost"],
  formless: [
    "",
    ".",
    "a..b",
    "-a.example",
    "0x7f.1",
    "127.1",
    "010.0.0.1",
    "bücher.example",
    "a b",
    "[::1]",
    "acme.example..",
  ],
};
const URL: Pool = {
  canonical: [
    "https://acme.example/",
    "https://acme.example/a/b?q=1",
    "http://evil.example/x",
    "//sub.acme.example/",
    "//acme.example/",
    "https://acme.example:8443/",
    "ftp://files.example:2121/pub",
    "//acme.example:8080/a%2Fb",
  ],
  spelled: [
    "HTTPS://Acme.example:443",
    "https://acme.example/a/./x/../b?q=1#top",
    "http://evil.example:080/%78",
    "sub.acme.example",
    "ACME.example.",
    "https://acme.example:08443",
    "ftp://files.example:2121/%2e/pub",
    "acme.example:8080/a%2fb",
    "acme.example/",
    "evil.example/x?y=%41",
  ],
  formless: [
    "",
    "acme",
    "http://",
    "https://u@acme.example/",
    "javascript:alert(1)",
    "https://acme.example\\x",
    "https://acme.example/%zz",
    "file:///etc/passwd",
    "http://acme.example:99999/",
    "https://a b/",
    "https://bücher.example/",
  ],
};
const PATH: Pool = {
  canonical: [
    "/srv/app/main.ts",
    "/srv/app/.env",
    "/etc/passwd",
    "/home/ann/notes.tar.gz",
    "/",
    "/srv/app",
    "/srv/application/x",
  ],
  spelled: [
    "/srv/./app//main.ts",
    "/srv/app/x/../.env",
    "/../etc/passwd",
    "notes.txt",
    "../app/main.ts",
    "//",
    ".env",
    "/srv/app/",
    "/home/ann/größe.txt",
  ],
  formless: ["", "~/x", "/a%2fb", "C:\\x", "/a\u0000b", "/tab\there"],
};
const ID: Pool = {
  canonical: ["A1", "B9", "cust-42", "a1", "42", "claude-9"],
  spelled: ["A1", "b9", "CUST-42", "", "claude-", "gpt-5"],
  formless: [],
};
const TEXT: Pool = {
  canonical: ["annual report", "hello", "pay invoice 42", "the", "Grüße aus Köln", "A1", "x", ""],
  spelled: [
    "Annual Report",
    "HELLO",
    "hello world, pay invoice 42 now",
    "eve@evil.example",
    "😀 ok",
    'a"b\\c\n',
    "https://acme.example/",
    "1,000.50",
    "see https://acme.example/a/b?q=1, or ask ann@acme.example (A1)",
    "mailto:bob@acme.example; cust-42 paid 500",
    "at=http://evil.example/x/https://acme.example/ and eve@evil.example",
    "acme.example",
    "read report.pdf at sub.acme.example. It has 42 pages",
    "x'acme.example:8080/a%2Fb' to='eve@evil.example' \u3002",
    "a@b@c@d@e@f@g@h@i@j@k acme\uff0eexample a.bc'd.ef'g.hi'j.kl'm.no'p.qr's.tu'v.wx'y.za'b.cd",
    "javascript://evil.example/ ftp://files.example:2121/pub://x @acme.example. annual report",
  ],
  formless: [],
};

const NUMBERS: readonly string[] = ["0", "1", "2", "5", "10", "42", "50", "100", "500", "1000"];
const FRACTIONS: readonly string[] = ["0.1", "12.5", "999.99", "49.99", "0.0000000001", "1000000000000"];
const ODD_NUMBERS: readonly string[] = [
  "-1",
  "-0",
  "1e3",
  "4.2e1",
  "420e-1",
  "1.0",
  "9007199254740991",
  "1e22",
  "123456789012345e-22",
  "-500",
  "5E+2",
  "900000000000000000",
  "0e99",
];
export const BAD_NUMBERS: readonly string[] = [
  "1e23",
  "9007199254740993",
  "1e-23",
  "1234567890123456.5",
  "1e999",
  "0.1234567890123456",
];

export function poolOf(type: Type): Pool {
  switch (type.kind) {
    case "email":
      return EMAIL;
    case "host":
      return HOST;
    case "url":
      return URL;
    case "path":
      return PATH;
    case "id":
      return ID;
    case "cloud_action":
      return CLOUD_POOL;
    case "literals":
      return { canonical: type.values, spelled: type.values, formless: [] };
    default:
      return TEXT;
  }
}

/** A spelling on the wire: mostly one that has a form. */
export function textFor(type: Type, random: Random): string {
  const pool = poolOf(type);
  return random.weighted([
    [6, () => random.pick(pool.canonical.map((t) => t.replace(/^\/\/(?=[a-z])/, "")))],
    [3, () => random.pick(pool.spelled)],
    [1, () => random.pick(pool.formless.length > 0 ? pool.formless : pool.spelled)],
  ]);
}

export function numberFor(type: Type, random: Random): string {
  const whole = type.kind === "int" || (type.kind === "money" && type.minor);
  return random.weighted([
    [6, () => random.pick(NUMBERS)],
    [3, () => random.pick(whole ? NUMBERS : FRACTIONS)],
    [1, () => random.pick(ODD_NUMBERS)],
  ]);
}

/** Of a contract's text: never negative, never in exponent notation. */
export function decimalFor(type: Type, random: Random): Decimal {
  const whole = type.kind === "int";
  const text = whole || random.chance(0.7) ? random.pick(NUMBERS) : random.pick(["0.1", "12.5", "999.99", "49.99"]);
  const [digits, fraction = ""] = text.split(".");
  let value = BigInt(`${digits}${fraction}`);
  let exponent = -fraction.length;
  while (value !== 0n && value % 10n === 0n) {
    value /= 10n;
    exponent += 1;
  }
  return value === 0n ? { digits: 0n, exponent: 0 } : { digits: value, exponent };
}
