/**
 * Small pools of values, so that rules, arguments, results and messages meet: each scalar type has canonical values
 * (literals of contracts), other spellings of the same, and texts that have no form.
 */
import type { Decimal, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { CLOUD_POOL } from "./cloud.ts";
import { makeCommand } from "./commands.ts";
import { makeSql } from "./sql.ts";

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

const IP: Pool = {
  canonical: [
    "10.0.0.1",
    "10.1.2.3",
    "127.0.0.1",
    "192.168.1.255",
    "::1",
    "2001:db8::1",
    "2001:db8:0:1:1:1:1:1",
    "fe80::a",
  ],
  spelled: [
    "::ffff:10.0.0.1",
    "::FFFF:0a01:203",
    "0:0:0:0:0:ffff:7f00:1",
    "2001:DB8:0:0:0:0:0:1",
    "2001:0db8::0001",
    "0:0:0:0:0:0:0:1",
    "2001:db8::1:1:1:1:1",
    "fe80:0:0:0::10.0.0.10",
    "1:0:0:2:0:0:0:3",
    "::",
    "::1.2.3.4",
  ],
  formless: [
    "",
    "10.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "fe80::1%eth0",
    "[::1]",
    ":::",
    "1::2::3",
    "12345::",
    "::1:",
    "10.0.0.1/8",
    "1:2:3:4:5:6:7:8:9",
  ],
};
const ACCOUNT: Pool = {
  canonical: [
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "US122000000121212121212",
    "12345678",
    "ACC7",
    "AB12",
  ],
  spelled: [
    "DE89 3704 0044 0532 0130 00",
    "de89-3704-0044-0532-0130-00",
    "gb29 NWBK 6016 1331 9268 19",
    "us122000000121212121212",
    "acc7",
    "AB12ABCDEFGHIJK",
  ],
  formless: [
    "",
    "12-34-56 12345678",
    "1234 5678",
    "DE89  3704 0044 0532 0130 00",
    " DE89370400440532013000",
    "19-2000145399/0800",
    "DE89370400440532013000-",
    "DÉ89",
  ],
};
const DATE: Pool = {
  canonical: ["2026-01-31", "2024-02-29", "1970-01-01", "1969-12-31", "2026-02-01", "0001-01-01", "9999-12-31"],
  spelled: ["2026-03-01", "2000-02-29"],
  formless: [
    "",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-1-3",
    "20260131",
    "2026-01-31T00:00:00Z",
    "0000-01-01",
    "1900-02-29",
    "2026-01-32",
  ],
};
const TIME: Pool = {
  canonical: [
    "2026-01-31T09:00:00Z",
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "2026-01-31T09:00:00.500Z",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
  ],
  spelled: [
    "2026-01-31t10:00:00+01:00",
    "2026-01-31 09:00Z",
    "2026-01-31T03:30:00.000-05:30",
    "2026-01-31T09:00:00.50z",
    "1969-12-31T19:00:00-05:00",
    "2026-01-31T09:00:00.123456789Z",
    "9999-12-31T23:59:59.123456789Z",
  ],
  formless: [
    "",
    "2026-01-31",
    "2026-01-31T09:00:00",
    "2026-01-31T24:00:00Z",
    "2026-01-31T09:00:60Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-01:00",
    "2026-01-31T09:00:00.Z",
    "2026-01-31T09:00:00.1234567890Z",
    "2026-01-31_09:00:00Z",
    "2026-02-30T09:00:00Z",
    "2026-01-31T09Z",
  ],
};
const DURATION: Pool = {
  canonical: ["PT15M", "PT1H", "P1D", "PT0S", "PT0.5S", "P1W", "PT36H"],
  spelled: [
    "PT900S",
    "PT60M",
    "PT24H",
    "P0DT1H",
    "P7D",
    "PT0.25M",
    "P1DT12H",
    "PT1H30M",
    "P0.000001D",
    "P999999999D",
    "PT0.000000001S",
  ],
  formless: [
    "",
    "P",
    "PT",
    "P1M",
    "P1Y",
    "15m",
    "PT15",
    "P1DT",
    "PT1M1H",
    "P1W1D",
    "-PT1H",
    "PT1.5H1M",
    "PT1H.5M",
    "pt1h",
    "PT1234567890S",
    "P999999999.123456789D",
  ],
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

const SQL: Pool = {
  canonical: [
    "SELECT * FROM users WHERE id = 1",
    "select u.name from users u join orders o on o.user_id = u.id",
    "DELETE FROM log WHERE at < now()",
    "DELETE FROM users",
    "UPDATE orders SET total = 0 WHERE id = ?",
    "INSERT INTO log (a) SELECT name FROM public.users",
    "TRUNCATE TABLE log",
    "SELECT 1",
  ],
  spelled: [
    "/* x */ select\t*\nFROM [users]",
    'WITH c AS (SELECT * FROM "orders") SELECT * FROM c, Users;',
    'SELECT * FROM "Users"',
    "BEGIN; UPDATE users SET a = 1; COMMIT",
    "MERGE INTO log l USING users u ON l.id = u.id WHEN MATCHED THEN DELETE",
  ],
  formless: [
    "",
    "DROP DATABASE x",
    "SELECT * FROM users; EXEC sp_who",
    "SELECT my_func(1)",
    "SELECT 'a\\' FROM users",
    "SELECT 1 --x",
    "SELECT /*! 1 */ 2",
    "SELECT * FROM (SELECT 1",
  ],
};

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
    case "ip":
      return IP;
    case "account":
      return ACCOUNT;
    case "date":
      return DATE;
    case "time":
      return TIME;
    case "duration":
      return DURATION;
    case "sql":
      return SQL;
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
  if (type.kind === "sql" && random.chance(0.5)) return makeSql(random);
  if (type.kind === "command") return makeCommand(random);
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
