/** Levels of well-known actions. */

import { classify } from "@thc/registry";
import { loadCatalogue } from "@thc/registry/node";
import { describe, expect, test } from "vitest";
import { JUDGED, judgements, MUST_HOLD } from "./judged.ts";

const catalogue = loadCatalogue();

describe("the list the registry was specified with", () => {
  test.each(judgements(MUST_HOLD))("%s is %s", (name, level) => {
    expect(catalogue.find(name)?.level).toBe(level);
  });
});

test("the levels given by hand are the levels of the catalogue", () => {
  const wrong = judgements(JUDGED).filter(([name, level]) => catalogue.find(name)?.level !== level);
  expect(wrong).toEqual([]);
});

test("reading a secret has the effect read and the level CRITICAL", () => {
  const entry = catalogue.find("aws:secretsmanager:GetSecretValue");
  expect(entry).toMatchObject({ effect: "read", level: "CRITICAL", rule: "curated", confidence: "high" });
  expect(entry?.flags).toContain("secret");
  expect(entry?.because).toBe("returns secrets in plain text");
});

test("an unknown verb is DESTRUCTIVE with low confidence, whatever the provider", () => {
  for (const name of [
    "aws:s3:Frobnicate",
    "gcp:storage.buckets.frobnicate",
    "azure:Microsoft.Compute/disks/frobnicate/action",
  ]) {
    expect(classify(name)).toMatchObject({ level: "DESTRUCTIVE", rule: "unknown_verb", confidence: "low" });
  }
});

test("the rule that decided is said", () => {
  const rules = {
    "aws:iam:AttachRolePolicy": "permissions",
    "aws:iam:DeleteRole": "identity",
    "aws:s3:ListAllMyBuckets": "read",
    "aws:rds:DeleteDBInstance": "delete_stateful",
    "aws:sns:DeleteTopic": "delete",
    "aws:cloudwatch:DeleteDashboards": "delete_light",
    "aws:ec2:DeleteFlowLogs": "audit",
    "aws:ec2:DetachVolume": "disrupt",
    "aws:sns:TagResource": "tagging",
    "aws:sns:CreateTopic": "write",
    "azure:Microsoft.Storage/storageAccounts/listKeys/action": "credential",
    "gcp:datafusion.secureKeys.getSecret": "secret",
    "gcp:retail.products.purge": "purge",
  };
  for (const [name, rule] of Object.entries(rules)) expect([name, catalogue.find(name)?.rule]).toEqual([name, rule]);
});
