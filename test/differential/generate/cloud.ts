/**
 * A small registry of cloud actions: some classes twice, some not at all, names with letter case that counts and that does not. Contracts
 * link services of it; the checker gets the same as a catalogue when a generated contract is read again.
 */
import type { ActionCatalogue } from "@thc/language";
import type { Contract, Level, Rule, Tool, ToolAction } from "../../reference/contract.ts";
import type { Random } from "../random.ts";

/** docs/registry.md, "Blast radius". */
export const SEVERITY = { read: 20, write: 250, destructive: 600, critical: 880 } as const;

type Linked = NonNullable<Contract["registry"]>;
type Action = Linked["actions"][number];
type Risk = Tool["risk"];

const LEVELS: readonly Level[] = ["read", "write", "delete", "execute"];
const RISKS: readonly Risk[] = ["read", "write", "destructive", "critical"];

const action = (name: string, level: Level, risk: Risk, severity: number): Action => ({ name, risk, level, severity });
const SERVICES: Readonly<Record<string, readonly Action[]>> = {
  "aws.s3": [
    action("aws:s3:deletebucket", "delete", "critical", 920),
    action("aws:s3:getobject", "read", "read", 30),
    action("aws:s3:putobject", "write", "write", 250),
  ],
  "aws.ssm": [action("aws:ssm:sendcommand", "execute", "destructive", 620)],
  "aws.vault": [action("aws:vault:getsecret", "read", "critical", 890)],
  "azure.disks": [
    action("azure:disks/items/delete", "delete", "destructive", 600),
    action("azure:disks/items/read", "read", "read", 20),
  ],
  "gcp.storage": [action("gcp:storage.Buckets.delete", "delete", "critical", 900)],
};
const ACTIONS = Object.values(SERVICES).flat();

export const CLOUD_POOL = {
  canonical: ACTIONS.map(({ name }) => name),
  spelled: [
    "aws:s3:DeleteBucket",
    "aws:S3:GetObject",
    "azure:Disks/items/DELETE",
    "aws:ssm:SENDcommand",
    "aws:s3:putObject",
  ],
  formless: [
    "",
    "aws:s3:getobjec",
    "aws:s3:getobjects",
    "AWS:s3:getobject",
    "gcp:storage.buckets.delete",
    "azure:disks/items",
    "aws:s3:",
    "s3:getobject",
    "aws:s3:getob\u212aect",
    `aws:s3:${"x".repeat(600)}`,
  ],
};

export function makeRegistry(random: Random): Linked | undefined {
  if (!random.chance(0.3)) return undefined;
  const selectors = [...random.some(Object.keys(SERVICES), 4)].sort();
  return linked(
    selectors,
    selectors.flatMap((s) => SERVICES[s]!),
  );
}

const linked = (selectors: readonly string[], actions: readonly Action[]): Linked => ({
  version: "small",
  digest: "sha256:small",
  selectors: [...new Set(selectors)].sort(),
  actions: [...new Map(actions.map((a) => [a.name, a])).values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
});

/** What conditions name is linked too. */
export function withNamedActions(contract: Contract): Contract {
  if (contract.registry === undefined) return contract;
  const names = [...contract.rules.flatMap(conditionsOf), ...contract.tools.flatMap(givenWhen)].flatMap(namedIn);
  const found = ACTIONS.filter(({ name }) => names.includes(name));
  const { selectors, actions } = contract.registry;
  return { ...contract, registry: linked([...selectors, ...names], [...actions, ...found]) };
}

const conditionsOf = (rule: Rule): readonly unknown[] => [
  "when" in rule ? rule.when : undefined,
  rule.kind === "require_prior" ? rule.where : undefined,
  rule.kind === "require_that" ? rule.that : undefined,
  ...(rule.kind === "delegation" ? rule.lines.map((line) => line.when) : []),
];
const givenWhen = (tool: Tool): readonly unknown[] => [
  tool.trusted,
  ...[...tool.gives, ...tool.cases].map(({ when }) => when),
];

function namedIn(condition: unknown): readonly string[] {
  const texts = JSON.stringify([condition], (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  return ACTIONS.map(({ name }) => name).filter((name) => texts.includes(`"value":${JSON.stringify(name)}`));
}

/** Some tools are one action, some name theirs in an argument. */
export function withAction(tool: Tool, random: Random): Tool {
  if (random.chance(0.2)) {
    const of = random.pick(ACTIONS);
    return { ...tool, risk: of.risk, riskByLevel: false, severity: of.severity, action: { kind: "is", action: of } };
  }
  if (!random.chance(0.6)) return tool;
  const named = random.chance(0.8);
  const type = { kind: "cloud_action" } as const;
  const params = [
    ...tool.params,
    { name: "action", type: named ? type : ({ kind: "optional", of: type } as const), dest: false },
  ];
  if (!named) return { ...tool, params };
  const level = random.chance(0.8);
  const risk = !level || random.chance(0.8);
  const own = risk ? "critical" : random.pick(RISKS);
  const of: ToolAction = { kind: "named", param: params.length - 1, level, risk };
  return {
    ...tool,
    params,
    action: of,
    levels: level ? LEVELS : tool.levels,
    risk: own,
    riskByLevel: false,
    severity: SEVERITY[own],
  };
}

// ── as the checker asks for it

export function smallCatalogue(): ActionCatalogue {
  return {
    version: "small",
    digest: "sha256:small",
    providers: ["aws", "azure", "gcp"],
    suggestion: () => undefined,
    select(selector) {
      const actions =
        selector.kind === "pattern"
          ? ACTIONS.filter(({ name }) => name === selector.text)
          : selector.kind === "service"
            ? (SERVICES[`${selector.provider}.${selector.service}`] ?? [])
            : ACTIONS.filter(({ name }) => name.startsWith(`${selector.provider}:`));
      return actions.length === 0 ? { ok: false, nearest: [] } : { ok: true, actions };
    },
  };
}
