/** Cloud actions in contracts: what is linked, which calls a rule is for, what a tool's risk is, what is refused. */
import { type Condition, type Contract, check, type Diagnostic } from "@thc/language";
import { describe, expect, test } from "vitest";
import { LINKED } from "../../contracts/linked.ts";

const CLOUD = "  tool cloud.call(action: CloudAction, n: Int) level of action risk of action\n  all: allow *\n";
const checked = (body: string): { contract: Contract | undefined; diagnostics: readonly Diagnostic[] } =>
  check({ path: "x", text: `contract "x" version "1" {\n  agent bot { id "bot" }\n${body}\n}\n` }, LINKED);
const codes = (body: string): readonly string[] => checked(body).diagnostics.map((d) => d.code);
function contractOf(body: string): Contract {
  const { contract, diagnostics } = checked(body);
  if (contract === undefined) throw new Error(diagnostics.map((d) => `${d.code} ${d.message}`).join("\n"));
  return contract;
}
const linked = (body: string) => contractOf(`${CLOUD}${body}`).registry;
const ruleOf = (text: string) => contractOf(`${CLOUD}  r: ${text}`).rules.find((rule) => rule.name === "r")!;
const whenOf = (condition: string) => {
  const rule = ruleOf(`deny cloud.call when ${condition}`);
  return rule.kind === "deny" ? rule.when : undefined;
};

describe("linked", () => {
  test("is what `use registry` selects and what conditions name, globs expanded, sorted, once", () => {
    const registry = linked(
      "  use registry aws.sqs\n  r: deny cloud.call when action in [aws:s3:GetBucketA*, aws:s3:GetBucketAcl, aws:sqs:SendMessage]",
    )!;
    expect(registry.selectors).toEqual(["aws.sqs", "aws:s3:GetBucketA*", "aws:s3:GetBucketAcl", "aws:sqs:SendMessage"]);
    const names = registry.actions.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names.filter((name) => name.startsWith("aws:s3:"))).toContain("aws:s3:getbucketacl");
    expect(names.every((name) => /^aws:(?:sqs:|s3:getbucketa)/.test(name))).toBe(true);
  });
  test("is nothing when no cloud action is named", () => {
    expect(contractOf("  tool a() read\n  all: allow a").registry).toBeUndefined();
  });
  test("is not what a tool is, nor what a rule suggests", () => {
    const body = "  tool b() delete is aws:s3:DeleteBucket\n  r: deny b suggest aws:s3:PutBucketVersioning";
    expect(contractOf(`${body}\n  all: allow b`).registry).toMatchObject({
      version: "1.0.0",
      selectors: [],
      actions: [],
    });
  });
});

describe("a tool's risk", () => {
  test.each([
    ["tool b() delete is aws:s3:DeleteBucket", "critical"],
    ["tool b() delete is aws:S3:deletebucket irreversible", "critical"],
    ["tool b() read is aws:secretsmanager:GetSecretValue", "critical"],
    ["tool b() delete is aws:s3:DeleteBucket risk write", "write"],
    ["tool b(a: CloudAction) level of a", "critical"],
    ["tool b(a: CloudAction) write risk of a", "critical"],
    ["tool b(a: CloudAction) level of a risk write", "write"],
  ])("%s: %s", (declared, risk) => {
    expect(contractOf(`  ${declared}\n  all: allow b`).tools[0]!.risk).toBe(risk);
  });
  test("of a call is the action's where the tool says so, and its own level stays otherwise", () => {
    expect(contractOf("  tool b(n: Int, a: CloudAction) write risk of a\n  all: allow b").tools[0]).toMatchObject({
      levels: ["write"],
      action: { kind: "named", param: 1, level: false, risk: true },
    });
  });
});

describe("targets", () => {
  const STATIC = "  tool look() read\n  tool wipe() delete\n";
  const targetsOf = (targets: string) => {
    const { tools, rules } = contractOf(`${CLOUD}${STATIC}  r: deny ${targets}`);
    const rule = rules.find(({ name }) => name === "r")!;
    return {
      tools: rule.targets.map((i) => tools[i]!.name),
      narrowed: rule.narrowed.map(({ tool, when }) => [tools[tool]!.name, shown(when)]),
    };
  };
  const shown = (when: Condition): string => {
    switch (when.kind) {
      case "and":
      case "or":
        return when.parts.map(shown).join(` ${when.kind} `);
      case "not":
        return `not ${shown(when.part)}`;
      case "level_has":
        return when.levels.join("|");
      case "risk_is":
        return when.risks.join("|");
      default:
        throw new Error(`no target means \`${when.kind}\``);
    }
  };
  test.each([
    ["*", ["cloud.call", "look", "wipe"], undefined],
    ["level(read)", ["cloud.call", "look"], "read"],
    ["level(write, delete)", ["cloud.call", "wipe"], "write|delete"],
    ["risk >= destructive", ["cloud.call", "wipe"], "destructive|critical"],
    ["risk == read", ["cloud.call", "look"], "read"],
    ["risk != critical", ["cloud.call", "look", "wipe"], "read|write|destructive"],
    ["level(read), risk == critical", ["cloud.call", "look"], "read or critical"],
    ["* except level(read)", ["cloud.call", "wipe"], "not read"],
    ["risk >= write except wipe", ["cloud.call"], "write|destructive|critical"],
    ["cloud.* except risk <= critical, look", [], undefined],
  ])("%s", (targets, tools, classes) => {
    if (tools.length === 0) return expect(codes(`${CLOUD}${STATIC}  r: deny ${targets}`)).toEqual(["THC2001"]);
    expect(targetsOf(targets)).toEqual({ tools, narrowed: classes === undefined ? [] : [["cloud.call", classes]] });
  });
});

describe("conditions", () => {
  test("risks are the set that the comparison means", () => {
    expect(whenOf("risk >= destructive")).toEqual({ kind: "risk_is", risks: ["destructive", "critical"] });
    expect(whenOf("risk != read")).toEqual({ kind: "risk_is", risks: ["write", "destructive", "critical"] });
    expect(whenOf("risk in [critical, read]")).toEqual({ kind: "risk_is", risks: ["read", "critical"] });
  });
  test("an action is equal to what its name or glob means", () => {
    const values = (when: unknown) => (when as { values: { value: string }[] }).values.map(({ value }) => value);
    expect(values(whenOf("action == aws:s3:DELETEBUCKET"))).toEqual(["aws:s3:deletebucket"]);
    expect(values(whenOf("action in [aws:s3:DeleteB*, aws:s3:DeleteBucket]"))).toContain("aws:s3:deletebucketpolicy");
    expect(whenOf("action != gcp:storage.buckets.get")).toMatchObject({ kind: "not", part: { kind: "member" } });
  });
});

describe("suggestions", () => {
  test("are what the rule says, else what the registry says of the one action that a denial is about", () => {
    expect(ruleOf('deny cloud.call when action == aws:s3:DeleteBucket suggest "ask first"').suggest).toEqual({
      instead: "ask first",
      because: undefined,
    });
    expect(ruleOf("deny cloud.call when action == aws:s3:DeleteBucket").suggest).toEqual({
      instead: "aws:s3:PutBucketVersioning",
      because: "Keeps the data and still meets the clean-up intent.",
    });
    expect(ruleOf("deny cloud.call when risk >= critical").suggest).toBeUndefined();
    expect(ruleOf("deny cloud.call when not action == aws:s3:DeleteBucket").suggest).toBeUndefined();
    expect(ruleOf("deny cloud.call when action in [aws:s3:DeleteBucket, aws:s3:PutObject]").suggest).toBeUndefined();
  });
});

describe("tags", () => {
  test("are kept as the framework spells them, each once", () => {
    expect(ruleOf('deny cloud.call maps asi02, "ASI-02", "ac-6", "SOC2:CC6.1"'.replace('"ASI-02", ', "")).maps).toEqual(
      ["AC-6", "ASI02", "SOC2:CC6.1"],
    );
  });
  test("are texts where nobody looks them up", () => {
    const text =
      'contract "x" version "1" {\n  agent bot { id "b" }\n  tool a() read\n  r: allow a maps "made up"\n}\n';
    expect(check({ path: "x", text }).contract?.rules[0]?.maps).toEqual(["made up"]);
  });
});

test.each([
  ["use registry aws.nope", "THC2014"],
  ["use registry amazon.s3", "THC2014"],
  ["r: deny cloud.call when action == aws:s3:Nope", "THC2015"],
  ["r: deny cloud.call when action == aws:s3:Nope*", "THC2015"],
  ["r: deny cloud.call when action == gcp:Storage.buckets.get", "THC2015"],
  ["r: deny cloud.call suggest aws:s3:Nope", "THC2015"],
  ["r: deny cloud.call suggest aws:s3:Get*", "THC2015"],
  ['r: deny cloud.call when action == "aws:s3:DeleteBucket"', "THC3001"],
  ["r: deny cloud.call when n == aws:s3:DeleteBucket", "THC3001"],
  ["r: deny cloud.call when action < aws:s3:DeleteBucket", "THC3001"],
  ['r: deny cloud.call when action matches "aws:*"', "THC3003"],
  ['r: deny cloud.call when action starts with "aws:"', "THC3003"],
  ["r: require grounded action in user for cloud.call", "THC3013"],
  ["r: deny risk >= huge", "THC2011"],
  ["r: deny cloud.call when blast(principal.team, n, principal.team) > 0.5", "THC3016"],
  ["r: deny cloud.call when blast(principal.team, n) > 0.5", "THC3010"],
  ["r: deny cloud.call when blast == aws:s3:GetObject", "THC3001"],
  ["r: require prior ok cloud.call for cloud.call where blast > 0.5", "THC3017"],
  ["tool b(a: Text) level of a", "THC3016"],
  ["tool b(a: CloudAction?) level of a", "THC3016"],
  ["tool b(a: CloudAction) level of x", "THC2004"],
  ["tool b(a: CloudAction, c: CloudAction) level of a risk of c", "THC3016"],
  ["tool b(a: CloudAction) level of a is aws:s3:GetObject", "THC1013"],
  ["tool b(a: CloudAction) read level of a", "THC1013"],
  ["tool b() read is aws:s3:Get*", "THC2015"],
])("refused: %s (%s)", (statement, code) => {
  expect(codes(`${CLOUD}  ${statement}`)).toEqual([code]);
});

test("an unknown action is answered with near names", () => {
  const [found] = checked(`${CLOUD}  r: deny cloud.call when action == aws:s3:DeletBucket`).diagnostics;
  expect(found?.help).toContain("`aws:s3:DeleteBucket`");
});
