/**
 * The classifier's cascade: a shape goes through the rules in order, and the first that has an opinion decides.
 *
 * Deterministic and total: words nobody knows end in `unknown_verb`, which is DESTRUCTIVE with low confidence. Rows
 * decided by hand come first (curated.ts); flags that do not depend on the deciding rule are added in flags.ts.
 */

import type { Classification, Confidence, Effect, Flag, Level, Rule } from "../action.ts";
import { type Curated, curatedRow } from "./curated.ts";
import { flagsOf } from "./flags.ts";
import { CREDENTIAL, isOnlyNamedSo, isStateful, LIGHT, NOT_A_CREDENTIAL, SECRET } from "./nouns.ts";
import { AUDIT, IDENTITY, RECORDER } from "./services.ts";
import type { Shape } from "./shape.ts";
import { endings } from "./words.ts";

export interface Verdict {
  readonly rule: Rule;
  readonly level: Level;
  readonly effect: Effect;
  readonly flags?: readonly Flag[];
  readonly confidence?: Confidence;
}

type Step = (shape: Shape, glued: string, tails: readonly string[]) => Verdict | undefined;

const isTaking = (shape: Shape): boolean =>
  shape.kind === "delete" || shape.kind === "purge" || shape.kind === "disrupt" || shape.signal === "x";

/** Verbs that hand over what they name, as opposed to saying that it exists. */
const HANDS_OVER = new Set([
  "get",
  "retrieve",
  "fetch",
  "download",
  "export",
  "request",
  "reveal",
  "show",
  "access",
  "read",
]);
const MINTS = new Set([
  ...[
    "create",
    "generate",
    "issue",
    "reset",
    "rotate",
    "regenerate",
    "renew",
    "refresh",
    "exchange",
    "new",
    "mint",
    "add",
  ],
  ...["request", "assume", "vend", "sign", "retrieve", "get", "make", "obtain", "acquire"],
]);
const SETS_PASSWORD = new Set(["set", "update", "put", "change", "modify", "confirm", "patch"]);

/** Verbs that give a new key or the present one, for objects that are just called `keys`. */
const KEY_VERBS = new Set([
  "list",
  "get",
  "regenerate",
  "reset",
  "generate",
  "renew",
  "refresh",
  "show",
  "fetch",
  "retrieve",
]);
const RENEWS = new Set(["reset", "rotate", "regenerate", "refresh"]);

const credential: Step = (shape, glued) => {
  const gives = (effect: "read" | "write"): Verdict => ({
    rule: "credential",
    level: "CRITICAL",
    effect,
    flags: ["credential"],
  });
  if (shape.verb === "assume") return gives("write");
  if (isTaking(shape) && !RENEWS.has(shape.verb)) return undefined;
  const azure = shape.provider === "azure";
  const named = CREDENTIAL.test(glued) && !NOT_A_CREDENTIAL.test(glued);
  const keyVerb = KEY_VERBS.has(shape.verb) || shape.kind === undefined;
  const azureKeys = azure && shape.own && /(?:key|sas)$/.test(glued) && keyVerb;
  if (!named && !azureKeys) return undefined;
  if (MINTS.has(shape.verb)) return gives(shape.kind === "read" ? "read" : "write");
  if (HANDS_OVER.has(shape.verb) && (!azure || shape.own)) return gives("read");
  // In Azure an operation that lists credentials returns them; reading the resource of that name does not.
  const operation = shape.own || shape.key.endsWith("/action");
  if (azure && operation && (shape.verb === "list" || shape.kind === undefined)) return gives("read");
  if (SETS_PASSWORD.has(shape.verb) && /(?:password|passwd|loginprofile)$/.test(glued)) return gives("write");
  return undefined;
};

/** Services whose `secrets` are those of a Kubernetes cluster, which a read returns. */
const CLUSTER_SECRETS = new Set(["kubernetes:core", "azure:microsoft.containerservice", "azure:microsoft.kubernetes"]);

const secret: Step = (shape, glued) => {
  if (shape.kind !== "read" || shape.verb === "validate") return undefined;
  const withSecrets = /[a-z]withsecrets?(?:\/(?:action|write))?$/i.test(shape.key);
  const returned =
    /value$/.test(glued) ||
    CLUSTER_SECRETS.has(shape.service) ||
    (shape.own && (shape.provider === "azure" || shape.provider === "gcp")) ||
    shape.verb === "reveal";
  if (!withSecrets && !(SECRET.test(glued) && returned)) return undefined;
  return { rule: "secret", level: "CRITICAL", effect: "read", flags: ["secret"] };
};

const TAGGED = /(?:tag|tagbinding|label|tagsforresource|resourcetag|tagoption)$/;

const tagging: Step = (shape, glued) => {
  if (shape.kind === "read") return undefined;
  const byName = shape.verb === "tag" || shape.verb === "untag" || (TAGGED.test(glued) && shape.kind !== "execute");
  if (shape.signal !== "t" && !byName) return undefined;
  if (shape.kind === "purge") return undefined;
  return { rule: "tagging", level: "WRITE", effect: isTaking(shape) || shape.verb === "untag" ? "delete" : "write" };
};

/** Objects that say who may do what, in any service. */
const GRANTS = new RegExp(
  "(?:" +
    [
      "(?:iam|access|resource|bucket|repository|key|trust|filesystem|auth|authz|cluster|permission|destination|endpoint|vault|queue|topic|principal|role|user|group|managed)policy",
      "policybinding|policystatement|policyassignment|policygrant|permission|(?<!web)acl|accesscontrol|authorizationrule",
      "roleassignment|roledefinition|rolebinding|clusterrole|clusterrolebinding|rolemanagementpolicy|denyassignment",
      "roleeligibilityschedulerequest|roleassignmentschedulerequest|accessentry|accessgrant|grant|iammember",
      "publicaccessblock|blockpublicaccess|teammember|adminuser|administrator|trust",
      "(?:group|role|team|org|environment|project|folder)membership",
    ].join("|") +
    ")$",
);
/** On GitHub alone these are about who may do what; elsewhere they are rules over data, or names of groups. */
const GRANTS_ON_GITHUB = /(?:access|collaborator|membership|member|bypasslist|protection|ruleset|securitymanager)$/;
/** Access to something, where a verb gives or takes it. */
const ACCESS = /(?<!endpoint|disk|streaming|google)access$/;
const GIVES_ACCESS = new Set([
  ...[
    "set",
    "put",
    "update",
    "modify",
    "grant",
    "authorize",
    "enable",
    "add",
    "configure",
    "allow",
    "activate",
    "revoke",
  ],
  ...["disable", "deactivate", "delete", "remove", "create", "provide"],
]);
const GIVES_A_ROLE = new Set(["add", "attach", "associate", "assign", "set", "put", "grant", "bind"]);

const permissions: Step = (shape, glued) => {
  if (shape.kind === "read") return undefined;
  // Some of what AWS files under permissions management only uses an existing grant.
  const said = shape.signal === "p" && shape.kind !== "execute" && !/^(?:use|send|start)$/.test(shape.verb);
  const role = /(?:^|[a-z])role$/.test(glued) && GIVES_A_ROLE.has(shape.verb);
  const access = ACCESS.test(glued) && GIVES_ACCESS.has(shape.verb);
  const github = shape.provider === "github" && GRANTS_ON_GITHUB.test(glued);
  // Compute Engine's resource policies are snapshot schedules.
  const schedule = shape.service === "gcp:compute" && glued === "resourcepolicy";
  if (!said && !role && !access && !github && (schedule || !GRANTS.test(glued))) return undefined;
  const deletes = shape.kind === "delete" || shape.kind === "purge" || shape.signal === "x";
  return { rule: "permissions", level: "DESTRUCTIVE", effect: deletes ? "delete" : "write" };
};

const identity: Step = (shape) => {
  if (!IDENTITY.has(shape.service) || shape.kind === "read") return undefined;
  if (shape.signal === "r" || shape.signal === "l") return undefined;
  const effect = shape.kind === "delete" || shape.kind === "purge" ? "delete" : "write";
  return { rule: "identity", level: "DESTRUCTIVE", effect, flags: ["privesc"] };
};

/** AWS says Read, the verb runs or hands on something: the worse of the two. */
const NOT_JUST_READ = new Set(["pass", "use", "connect", "register", "access", "approve", "put", "send", "manage"]);

const read: Step = (shape) => {
  const saysRead = shape.signal === "r" || shape.signal === "l";
  if (shape.signal === "w" || shape.signal === "t" || shape.signal === "x") return undefined;
  if (shape.kind === "read") {
    const changed = shape.signal === "u" || shape.signal === "a";
    return changed ? undefined : { rule: "read", level: "READ", effect: "read" };
  }
  if (saysRead) {
    const runs = shape.kind === "execute" || NOT_JUST_READ.has(shape.verb);
    if (runs) return { rule: "execute", level: "WRITE", effect: "execute", confidence: "medium" };
    return { rule: "read", level: "READ", effect: "read", confidence: "medium" };
  }
  if (shape.signal === "g") return { rule: "read", level: "READ", effect: "read", confidence: "medium" };
  return undefined;
};

function holdsState(shape: Shape, glued: string, tails: readonly string[]): boolean {
  return !isOnlyNamedSo(glued) && tails.some((tail) => isStateful(shape.service, tail));
}

/** Recorders whose name says so in every service. */
const RECORDER_ANYWHERE =
  /(?:trail|flowlog|diagnosticsetting|loggroup|auditlog|auditlogstream|auditpolicy|configurationrecorder|eventdatastore|querylogging|queryloggingconfig|logsink|loggingconfiguration)$/;

const audit: Step = (shape, glued, tails) => {
  if (!isTaking(shape)) return undefined;
  const effect = shape.kind === "disrupt" ? "write" : "delete";
  const inside = AUDIT.has(shape.service);
  if (RECORDER_ANYWHERE.test(glued) || (inside && tails.some((tail) => RECORDER.has(tail)))) {
    const thin = ["disassociate", "detach", "reset", "unlink", "restart", "rollback", "remove", "rotate"].includes(
      shape.verb,
    );
    return { rule: "audit", level: thin ? "DESTRUCTIVE" : "CRITICAL", effect, flags: ["audit"] };
  }
  if (!inside || shape.kind === "purge" || tails.some((tail) => LIGHT.has(tail))) return undefined;
  if (holdsState(shape, glued, tails)) return undefined;
  return { rule: "audit", level: "DESTRUCTIVE", effect, flags: ["audit"] };
};

/** Verbs that take one thing out of another: what they name is not what is lost. */
const TAKES_OUT = new Set([
  "remove",
  "uninstall",
  "unmount",
  "undeploy",
  "discard",
  "unpublish",
  "unload",
  "offboard",
  "dispose",
  "forget",
  "bulkremove",
]);

/** `StartBulkDeleteJob`: what is ordered is a deletion. */
const ORDERS = new Set(["start", "create", "write", "put", "submit", "schedule", "execute", "run"]);

const deletion: Step = (shape, glued, tails) => {
  const light = tails.some((tail) => LIGHT.has(tail));
  // A cache fills again: emptying it disturbs, and loses nothing.
  const cache =
    shape.object.includes("cache") || shape.object.includes("memcache") || shape.service === "azure:microsoft.cdn";
  if (shape.kind === "purge" && cache) return { rule: "disrupt", level: "DESTRUCTIVE", effect: "delete" };
  if (shape.kind === "purge") return { rule: "purge", level: "CRITICAL", effect: "delete", flags: ["irreversible"] };
  if (
    ORDERS.has(shape.verb) &&
    shape.object.some((word) => word === "delete" || word === "deletion") &&
    !shape.object.includes("validate")
  ) {
    return { rule: "delete", level: "DESTRUCTIVE", effect: "delete", confidence: "medium" };
  }
  if (shape.kind !== "delete" && !(shape.signal === "x" && shape.kind === undefined)) return undefined;
  if (light) return { rule: "delete_light", level: "WRITE", effect: "delete" };
  if (!TAKES_OUT.has(shape.verb) && holdsState(shape, glued, tails)) {
    return { rule: "delete_stateful", level: "CRITICAL", effect: "delete", flags: ["irreversible", "data"] };
  }
  return { rule: "delete", level: "DESTRUCTIVE", effect: "delete" };
};

const OPENS =
  /(?:securitygroupingress|securitygroupegress|securitygrouprule|securityrule|firewallrule|publicaccess|snapshotattribute|imageattribute|fpgaimageattribute|resourceshare|datashare|anonymousaccess|publicaccessconfiguration|networkaclentry|peeringconnection|blockpublicaccessexclusion|publicnetworkaccess|masterauthorizednetwork)$/;

const exposure: Step = (shape, glued) => {
  if (shape.kind !== "write" || !(OPENS.test(glued) || shape.verb === "approval" || shape.verb === "share"))
    return undefined;
  return { rule: "exposure", level: "DESTRUCTIVE", effect: "write", flags: ["exposure"] };
};

const ANY_SQL = /(?:statement|sql|ddl)$/;
const ANY_CODE = /(?:script|code|command|shell|shellscript|runbook)$/;
const OPENS_A_SHELL = new Set(["exec", "portforward", "login", "ssh", "shell"]);

const dynamic: Step = (shape, glued) => {
  if (shape.kind === "execute" && ANY_SQL.test(glued)) {
    return { rule: "dynamic", level: "CRITICAL", effect: "execute", flags: ["exec", "dynamic", "data"] };
  }
  const runs = shape.kind === "execute" && (ANY_CODE.test(glued) || OPENS_A_SHELL.has(shape.verb));
  // What an Azure machine extension or run command holds is run as administrator.
  const plants = shape.verb === "write" && /(?:extension|runcommand)$/.test(glued) && /machine/.test(shape.around);
  if (!runs && !plants) return undefined;
  return {
    rule: "dynamic",
    level: "DESTRUCTIVE",
    effect: "execute",
    flags: plants ? ["exec", "dynamic", "privesc"] : ["exec", "dynamic"],
  };
};

/** Guards: a change may switch them off, which the name does not say. */
const GUARD = /(?:termination|deletion|deregistration|delete|change)protection$/;

const disrupt: Step = (shape, glued, tails) => {
  if (shape.kind === "write" && GUARD.test(glued)) return { rule: "disrupt", level: "DESTRUCTIVE", effect: "write" };
  if (shape.kind !== "disrupt") return undefined;
  const light = tails.some((tail) => LIGHT.has(tail));
  return light
    ? { rule: "delete_light", level: "WRITE", effect: "write" }
    : { rule: "disrupt", level: "DESTRUCTIVE", effect: "write" };
};

const PAYS = new Set(["purchase", "buy", "pay", "charge", "refund", "payout", "redeem", "topup"]);

const payment: Step = (shape) => {
  const settles = shape.object.includes("payment") && ["process", "approve", "accept", "send"].includes(shape.verb);
  // A code or an invitation is redeemed as well; capturing takes money at Stripe and pictures elsewhere.
  const pays = PAYS.has(shape.verb) && !/(?:code|subscription)$/.test(shape.object.join(""));
  const captures = shape.provider === "stripe" && shape.verb === "capture";
  if (!pays && !settles && !captures) return undefined;
  return { rule: "payment", level: "DESTRUCTIVE", effect: "write", flags: ["payment", "irreversible"] };
};

const ordinary: Step = (shape) => {
  if (shape.kind === "execute") return { rule: "execute", level: "WRITE", effect: "execute" };
  if (shape.kind === "write") return { rule: "write", level: "WRITE", effect: "write" };
  // A reading verb gets here when the provider says that the call writes.
  if (shape.kind === "read") return { rule: "write", level: "WRITE", effect: "write", confidence: "medium" };
  return undefined;
};

const STEPS: readonly Step[] = [
  tagging,
  credential,
  secret,
  permissions,
  identity,
  read,
  audit,
  payment,
  deletion,
  exposure,
  dynamic,
  disrupt,
  ordinary,
];

const UNKNOWN: Verdict = { rule: "unknown_verb", level: "DESTRUCTIVE", effect: "write", confidence: "low" };

export function classifyShape(shape: Shape): Classification {
  const row = curatedRow(shape.key);
  const tails = endings(shape.object);
  const glued = shape.object.join("");
  if (row !== undefined) return fromCurated(row, shape, glued);
  let verdict = UNKNOWN;
  for (const step of STEPS) {
    const said = step(shape, glued, tails);
    if (said === undefined) continue;
    verdict = said;
    break;
  }
  return {
    level: verdict.level,
    effect: verdict.effect,
    rule: verdict.rule,
    flags: flagsOf(shape, glued, verdict.rule, verdict.flags ?? []),
    confidence: verdict.confidence ?? confidenceIn(shape),
  };
}

function fromCurated(row: Curated, shape: Shape, glued: string): Classification {
  const flags = flagsOf(shape, glued, "curated", row.flags);
  return { level: row.level, effect: row.effect, rule: "curated", flags, confidence: "high", because: row.because };
}

const PLAIN = new Set([
  "get",
  "list",
  "create",
  "update",
  "delete",
  "read",
  "write",
  "describe",
  "put",
  "patch",
  "remove",
  "tag",
  "untag",
  "add",
  "stop",
  "start",
]);

/** High when the provider says the same as the verb, or the verb is one of the plain ones. */
function confidenceIn(shape: Shape): Confidence {
  if (shape.kind === undefined || shape.turned) return "medium";
  const { signal } = shape;
  if (signal === "r" || signal === "l" || signal === "g") return shape.kind === "read" ? "high" : "medium";
  if (signal === "w" || signal === "t" || signal === "p") return shape.kind === "read" ? "medium" : "high";
  if (signal === "x") return shape.kind === "delete" ? "high" : "medium";
  return PLAIN.has(shape.verb) ? "high" : "medium";
}
