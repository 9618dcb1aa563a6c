/** Texts by what they name: within a group all are one value, between groups none are. Written by hand, from the page. */
import type { Type } from "../reference/contract.ts";

export interface Spellings {
  readonly type: Type;
  readonly groups: readonly (readonly [canonical: string, ...others: readonly string[]])[];
  readonly formless: readonly string[];
}

export const SPELLINGS: readonly Spellings[] = [
  {
    type: { kind: "email" },
    groups: [
      ["ann@acme.example", "Ann@ACME.example", "ann@acme.example.", "ANN@ACME.EXAMPLE."],
      ["ann@sub.acme.example", "ANN@sub.Acme.example"],
      ["ann@acme.examples"],
    ],
    formless: ["ann@acme.example ", "ann@@acme.example", "ann@acme..example", "ann@10.0.0.1", "<ann@acme.example>"],
  },
  {
    type: { kind: "host" },
    groups: [
      ["acme.example", "ACME.example", "acme.example.", "aCmE.eXaMpLe."],
      ["ecma.example", "ECMA.example."],
      ["evil.acme.example", "EVIL.acme.example."],
      ["acmeexample"],
    ],
    formless: ["acme.example..", "acme..example", "acme.example:443", "127.1", "0x7f000001", "acme.example/"],
  },
  {
    type: { kind: "url" },
    groups: [
      [
        "https://acme.example/a/b?q=~1",
        "HTTPS://ACME.example:443/a/b?q=~1",
        "https://acme.example./a/./x/../b?q=%7e1#there",
        "https://acme.example:00443/%61/%62?q=%7E1",
      ],
      ["http://acme.example/a/b?q=~1", "http://acme.example:80/a/b?q=~1"],
      ["https://acme.example/a/b", "https://acme.example/x/..//../a/b#q=~1"],
      ["https://acme.example/a%2Fb", "https://acme.example/a%2fb"],
    ],
    formless: [
      "https://acme.example@evil.example/a/b",
      "https:/acme.example/a/b",
      "https://acme.example\\a",
      "https://acme.example/%",
      " https://acme.example/a/b",
      "gopher://acme.example/",
    ],
  },
  {
    type: { kind: "path" },
    groups: [
      ["/srv/app/.env", "/srv//app/./.env", "/srv/x/../app/.env", "/../srv/app/.env/", "//srv/app/.env"],
      ["/srv/app/env", "/srv/app/.env/../env"],
      ["/", "/..", "/./", "/x/.."],
    ],
    formless: ["", "~/srv/app/.env", "srv/app/.env", "/srv%2fapp/.env", "/srv\\app", "/srv/app/.env\u0000"],
  },
  {
    type: { kind: "ip" },
    groups: [
      ["10.0.0.1", "::ffff:10.0.0.1", "::FFFF:0A00:1", "0:0:0:0:0:ffff:a00:0001"],
      ["2001:db8::1", "2001:DB8:0:0:0:0:0:1", "2001:0db8::0:0001", "2001:db8::0.0.0.1"],
      ["::a00:1", "::10.0.0.1"],
      ["10.0.1.0"],
    ],
    formless: [
      "10.0.0.01",
      "10.0.0",
      "10.0.0.1.",
      "0x0a000001",
      "167772161",
      "fe80::1%1",
      "[2001:db8::1]",
      "::1::",
      " ::1",
    ],
  },
  {
    type: { kind: "account" },
    groups: [
      [
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "de89-3704-0044-0532-0130-00",
        "De89 370400440532013000",
      ],
      ["DE89370400440532013001", "DE89 3704 0044 0532 0130 01"],
      ["1234567890", "1234567890"],
      ["AB12", "ab12"],
    ],
    formless: [
      "",
      "19-2000145399",
      "1234 5678 90",
      "DE89--370400440532013000",
      "DE89370400440532013000 ",
      "ab 12",
      "12/34",
      "DE89\u00a037040044",
    ],
  },
];
