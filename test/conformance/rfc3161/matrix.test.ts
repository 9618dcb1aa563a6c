import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Clause, verifyTimestamp } from "@thc/audit/verify";
import { describe, expect, test } from "vitest";
import { mintCases } from "../../support/tsa/cases.ts";
import { type MatrixEntry, readMatrix } from "../../support/tsa/matrix.ts";
import { opensslAccepts, pkijsAccepts } from "../../support/tsa/oracles.ts";

const { subtle } = globalThis.crypto;
const matrix = readMatrix();

const CLAUSES: readonly Clause[] = [
  "chain",
  "content_type",
  "critical_extension",
  "der",
  "digest_algorithms",
  "extended_key_usage",
  "imprint",
  "key_usage",
  "message_digest",
  "monotonic",
  "nonce",
  "path_length",
  "policy",
  "signature",
  "signed_attributes",
  "signer",
  "status",
  "tsa_name",
  "validity",
  "version",
  "weak_algorithm",
  "window",
];

describe("the matrix of time-stamp responses", () => {
  test("holds at least 12 right ones, 46 wrong ones, and a wrong one for every clause", () => {
    const wrong = matrix.filter((entry) => entry.expect !== "accept");
    expect(matrix.length - wrong.length).toBeGreaterThanOrEqual(12);
    expect(wrong.length).toBeGreaterThanOrEqual(46);
    expect([...new Set(wrong.map((entry) => entry.expect))].sort()).toEqual([...CLAUSES].sort());
  });

  test.each(matrix.map((entry) => [entry.expect, entry.name, entry] as const))("%s: %s", async (clause, _, entry) => {
    const verdict = await verifyTimestamp(subtle, entry.response, entry.expected, entry.trust);
    expect(verdict.ok ? "accept" : `${verdict.clause} (${verdict.reason})`).toMatch(
      clause === "accept" ? /^accept$/ : new RegExp(`^${clause} `),
    );
  });

  test("freshly minted, with other keys, it is judged alike", async () => {
    for (const one of mintCases()) {
      const verdict = await verifyTimestamp(subtle, one.response, one, { roots: one.roots });
      expect([one.name, verdict.ok ? "accept" : verdict.clause]).toEqual([one.name, one.expect]);
    }
  });

  test("without the root, every right response is refused for its chain alone", async () => {
    for (const entry of matrix.filter(({ expect }) => expect === "accept"))
      expect(await verifyTimestamp(subtle, entry.response, entry.expected, { roots: [] })).toMatchObject({
        ok: false,
        clause: "chain",
      });
  });

  test("every byte of a right response that is changed is refused, or lies where nothing is signed", async () => {
    const entry = matrix[0] as (typeof matrix)[number];
    const accepted: number[] = [];
    for (let at = 0; at < entry.response.length; at++) {
      const response = Uint8Array.from(entry.response);
      response[at] = (response[at] as number) ^ 0x01;
      const verdict = await verifyTimestamp(subtle, response, entry.expected, entry.trust);
      if (verdict.ok) accepted.push(at);
    }
    // PKIStatus 0 and 1 both grant.
    expect(accepted.map((at) => entry.response.subarray(at - 2, at + 1).toString("hex"))).toEqual(["020100"]);
  });

  test("no garbage makes it throw", async () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48271) % 2147483647;
      return seed / 2147483647;
    };
    const entry = matrix[5] as (typeof matrix)[number];
    for (let round = 0; round < 3000; round++) {
      const response = Uint8Array.from(entry.response);
      for (let n = 0; n < 3; n++) response[Math.floor(random() * response.length)] = Math.floor(random() * 256);
      const cut = response.subarray(0, Math.floor(random() * response.length * 1.5));
      await verifyTimestamp(subtle, cut, entry.expected, entry.trust);
    }
  });
});

const listed = JSON.parse(readFileSync(new URL("differences.json", import.meta.url), "utf8")) as {
  readonly openssl: { readonly version: string; readonly differs: readonly string[] };
  readonly pkijs: { readonly version: string; readonly differs: readonly string[] };
};

const differenceOf = (accepts: boolean, entry: MatrixEntry): readonly string[] =>
  accepts === (entry.expect === "accept") ? [] : [`${accepts ? "accepts" : "refuses"}: ${entry.name}`];

describe("the oracles beside it (differences.json: wrong ones they accept, right ones they refuse)", () => {
  test("openssl differs where the list says", () => {
    const { stdout: version } = spawnSync("openssl", ["version"], { encoding: "utf8" });
    if (!version?.startsWith(listed.openssl.version)) return console.log(`skipped: no ${listed.openssl.version}x here`);
    const differs = matrix.flatMap((entry) => differenceOf(opensslAccepts(entry), entry));
    expect(differs).toEqual(listed.openssl.differs);
  });

  test("pkijs with checkChain differs where the list says", async () => {
    const differs: string[] = [];
    for (const entry of matrix) differs.push(...differenceOf(await pkijsAccepts(entry), entry));
    expect(differs).toEqual(listed.pkijs.differs);
  });
});
