/**
 * Flags that follow from what an action is about, whichever rule decided its level.
 *
 * Added to the flags a rule or a curated row gives; sorted and deduplicated, so the same action always prints the same.
 */

import { FLAGS, type Flag, type Rule } from "../action.ts";
import { CREDENTIAL, NOT_A_CREDENTIAL } from "./nouns.ts";
import { AUDIT, DATA_READS, IDENTITY } from "./services.ts";
import type { Shape } from "./shape.ts";

const DNS =
  /^(?:aws:route53(?:domains|resolver|profiles)?|gcp:dns|gcp:domains|azure:microsoft\.(?:domainregistration|network\/dns))$/;
const CRYPTO =
  /^(?:aws:(?:kms|cloudhsm|acm|acm-pca|payment-cryptography|signer)|gcp:(?:cloudkms|privateca|certificatemanager|kmsinventory))$/;
const READS_CONTENT = new Set([
  "get",
  "read",
  "select",
  "scan",
  "query",
  "receive",
  "download",
  "export",
  "fetch",
  "retrieve",
  "search",
]);
const ABOUT =
  /(?:configuration|config|policy|setting|metadata|status|tag|acl|attribute|version|location|logging|quota|health|info|template|schema|url|permission|statistic|usage|endpoint|limit|result)$/;

/** Verbs that act as somebody else, or as more than oneself. */
const TAKES_ON = new Set(["impersonate", "escalate", "elevate", "assume"]);

export function flagsOf(shape: Shape, glued: string, rule: Rule, given: readonly Flag[]): readonly Flag[] {
  const flags = new Set<Flag>(given);
  const reads = shape.kind === "read" || rule === "read";
  if (/secret/.test(glued) && !/metadata/.test(glued)) flags.add("secret");
  if (CREDENTIAL.test(glued) && !NOT_A_CREDENTIAL.test(glued)) flags.add("credential");
  if (rule === "credential") flags.add("credential");
  if (reads && DATA_READS.has(shape.service) && READS_CONTENT.has(shape.verb) && !ABOUT.test(glued)) flags.add("data");
  if (!reads) {
    if (IDENTITY.has(shape.service)) flags.add("privesc");
    if (rule === "permissions")
      flags.add(IDENTITY.has(shape.service) || /iampolicy|role/.test(glued) ? "privesc" : "exposure");
    if (
      AUDIT.has(shape.service) &&
      (rule === "audit" || rule === "disrupt" || rule === "purge" || rule === "delete_stateful")
    )
      flags.add("audit");
    if (shape.kind === "execute") flags.add("exec");
    if (TAKES_ON.has(shape.verb)) flags.add("privesc");
    if (
      DNS.test(shape.service) ||
      /dnszone|hostedzone|resourcerecordset/.test(glued + shape.around.replaceAll(" ", ""))
    )
      flags.add("dns");
  }
  if (CRYPTO.test(shape.service) || (shape.service === "azure:microsoft.keyvault" && /key|certificate/.test(glued))) {
    if (!reads || shape.verb === "decrypt") flags.add("crypto");
  }
  if (rule === "purge" || rule === "delete_stateful") flags.add("irreversible");
  return FLAGS.filter((flag) => flags.has(flag));
}
