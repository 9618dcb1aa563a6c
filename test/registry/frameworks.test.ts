/** Framework packs, tags and coverage maps. */

import {
  COVERAGE_FORMATS,
  checkTag,
  coverageMap,
  FRAMEWORK_PACKS,
  type MappedRule,
  renderCoverage,
} from "@thc/registry/frameworks";
import fc from "fast-check";
import { expect, test } from "vitest";

const pack = (id: string) => FRAMEWORK_PACKS.find((each) => each.id === id)!;
const check = (tag: string) => checkTag(tag, FRAMEWORK_PACKS);

test("every pack has a version, a licence and a source, and as many ids as its framework", () => {
  const sizes = Object.fromEntries(FRAMEWORK_PACKS.map(({ id, ids }) => [id, ids.size]));
  expect(sizes).toEqual({
    "owasp-asi": 10,
    "owasp-llm": 10,
    "mitre-atlas": 170 + 16 + 35,
    "nist-800-53": 1_189 + 7,
    "nist-ai-rmf": 4 + 19 + 72,
    "eu-ai-act": 113 + 13,
    dora: 64,
    hipaa: 27,
    soc2: 61,
    "iso-27001": 93,
    "iso-42001": 38,
    "pci-dss": 12,
  });
  for (const { version, licence, source, title } of FRAMEWORK_PACKS) {
    for (const said of [version, licence, source, title]) expect(said).not.toBe("");
  }
  expect(pack("nist-800-53").withdrawn.size).toBe(182);
});

test("where a licence forbids titles there are none", () => {
  for (const { ids, licence } of FRAMEWORK_PACKS.filter((each) => /ids only/.test(each.licence))) {
    expect([licence, [...ids.values()].filter((name) => name !== "")]).toEqual([licence, []]);
  }
});

test("every id of every pack is a tag, written as the pack writes it", () => {
  for (const { id: packId, prefix, ids, withdrawn } of FRAMEWORK_PACKS) {
    for (const id of ids.keys()) {
      const tag = prefix === undefined ? id : `${prefix}:${id}`;
      expect(check(tag)).toMatchObject({ kind: withdrawn.has(id) ? "withdrawn" : "ok", tag, id, pack: { id: packId } });
    }
  }
});

test.each([
  ["asi2", "ASI02"],
  ["LLM01:2025", "LLM01"],
  ["aml.t0053", "AML.T0053"],
  ["ac-06 (5)", "AC-6(5)"],
  ["govern 1.1", "GOVERN 1.1"],
  ["soc2:cc6.1", "SOC2:CC6.1"],
  ["EU-AIA: Article 14(4)", "EU-AIA:Art.14(4)"],
  ["DORA:art 9", "DORA:Art.9"],
  ["PCI:8.3.1", "PCI:8.3.1"],
  ["HIPAA:164.312(a)(2)(iv)", "HIPAA:164.312(a)(2)(iv)"],
])("%s is %s", (tag, meant) => {
  expect(check(tag)).toMatchObject({ kind: "ok", tag: meant });
});

test("an unknown tag gets the nearest id, and none when nothing is near", () => {
  expect(check("ASI11")).toEqual({ kind: "unknown", nearest: "ASI01" });
  expect(check("AC-99")).toMatchObject({ kind: "unknown", nearest: expect.stringMatching(/^A[CTU]-\d/) });
  expect(check("CC6.1")).toEqual({ kind: "unknown" });
  expect(check("SOC2 CC6.1")).toEqual({ kind: "unknown", nearest: "SOC2:CC6.1" });
  expect(check("EU-AIA:Art.114")).toMatchObject({ kind: "unknown" });
  expect(check("PCI:13.1")).toMatchObject({ kind: "unknown" });
  expect(check("ISO27001:A.5.1.1")).toMatchObject({ kind: "unknown" });
  expect(check("synergy")).toEqual({ kind: "unknown" });
});

test("a withdrawn control is said to be withdrawn", () => {
  expect(check("AC-13")).toMatchObject({ kind: "withdrawn", id: "AC-13" });
});

test("no text makes the check throw, and long ones are unknown at once", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (tag) =>
      ["ok", "withdrawn", "unknown"].includes(check(tag).kind),
    ),
  );
  expect(check("A".repeat(10_000))).toEqual({ kind: "unknown" });
});

const RULES: readonly MappedRule[] = [
  { rule: "support.mail", maps: ["ASI02", "AC-6"], testedBy: ["a mail needs approval"] },
  { rule: "support.lookups", maps: ["ASI02", "asi03"], testedBy: [] },
  { rule: "support.<b>", maps: ["ASI77", "AC-13"], testedBy: ['a "test" | of <i>'] },
];

test("three states: enforced by a tested rule, mapped, not covered", () => {
  const map = coverageMap(RULES, pack("owasp-asi"), FRAMEWORK_PACKS);
  expect(map.rows.map(({ id, state }) => `${id} ${state}`).slice(0, 4)).toEqual([
    "ASI01 not_covered",
    "ASI02 enforced",
    "ASI03 mapped",
    "ASI04 not_covered",
  ]);
  expect(map.rows[1]).toMatchObject({ rules: ["support.lookups", "support.mail"], tests: ["a mail needs approval"] });
  expect(map.totals).toEqual({ enforced: 1, mapped: 1, not_covered: 8 });
  expect(map.unknown).toEqual([{ rule: "support.<b>", tag: "ASI77", nearest: "ASI07" }]);
});

test("withdrawn ids count only when a rule maps to them, and are marked", () => {
  const map = coverageMap(RULES, pack("nist-800-53"), FRAMEWORK_PACKS);
  expect(map.rows).toHaveLength(1_196 - 182 + 1);
  expect(renderCoverage(map, "text")).toContain("AC-13 (withdrawn)");
});

test("a coverage map as text", () => {
  const map = coverageMap(
    RULES.slice(0, 2),
    { ...pack("owasp-asi"), ids: new Map([...pack("owasp-asi").ids].slice(0, 3)) },
    FRAMEWORK_PACKS,
  );
  expect(renderCoverage(map, "text")).toBe(
    [
      "OWASP Top 10 for Agentic Applications 2026",
      "",
      "ASI01  Agent Goal Hijack           not covered",
      "ASI02  Tool Misuse & Exploitation  enforced by a tested rule  support.lookups, support.mail",
      "ASI03  Identity & Privilege Abuse  mapped, not tested         support.lookups",
      "",
      "1 enforced by a tested rule, 1 mapped, 1 not covered, of 3",
      "Rules map to these ids. This is not a statement of compliance.",
      "Licence of the ids: CC BY-SA 4.0, OWASP Foundation",
      "",
    ].join("\n"),
  );
});

test("what stands in a contract cannot break the table, the page or the terminal", () => {
  const evil = "x\u001b[2J\n| y | <script>alert(1)</script> `z`";
  const map = coverageMap(
    [{ rule: evil, maps: ["ASI01", "<ASI>"], testedBy: [evil] }],
    pack("owasp-asi"),
    FRAMEWORK_PACKS,
  );
  expect(renderCoverage(map, "text")).not.toContain("\u001b");
  expect(renderCoverage(map, "html")).not.toMatch(/<script|<ASI/);
  const row = renderCoverage(map, "markdown")
    .split("\n")
    .find((line) => line.includes("ASI01"))!;
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  expect(JSON.parse(renderCoverage(map, "json"))).toMatchObject({ rows: expect.any(Array) });
});

test("no format says that anybody complies, and each names version and licence", () => {
  const map = coverageMap(RULES, pack("soc2"), FRAMEWORK_PACKS);
  for (const format of COVERAGE_FORMATS) {
    const text = renderCoverage(map, format);
    expect(text).not.toMatch(/compliant|certified/i);
    expect(text).toContain("TSC 2017");
    expect(text).toContain("AICPA");
  }
});
