/** From the signer's certificate to a trusted root, every certificate valid at the stamped time (RFC 5280 section 6, without policies and revocation). */

import type { Subtle } from "../platform.ts";
import { schemeOf, signatureHolds } from "./algorithms.ts";
import {
  basicConstraints,
  type Certificate,
  checkCriticalExtensions,
  keyIdentifiers,
  keyUsage,
} from "./certificate.ts";
import { sameBytes } from "./der.ts";
import { isRefusal, type Refusal, refuse } from "./trust.ts";

const LONGEST_PATH = 8;
const KEY_CERT_SIGN = 5;

export interface PathOptions {
  readonly subtle: Subtle;
  readonly signer: Certificate;
  readonly others: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly at: number;
}

/** The path, signer first, or a refusal: the one that came closest to a root. */
export async function findPath(options: PathOptions): Promise<readonly Certificate[]> {
  const { signer, roots, others, at } = options;
  checkValidity(signer, at, "the signer's certificate");
  checkCriticalExtensions(signer, "the signer's certificate");
  if (roots.some((root) => sameBytes(root.der, signer.der))) return [signer];
  let closest: { readonly refusal: Refusal; readonly depth: number } | null = null;

  async function extend(path: readonly Certificate[]): Promise<readonly Certificate[] | null> {
    const last = path.at(-1) as Certificate;
    if (path.length > LONGEST_PATH) return null;
    for (const issuer of [...roots, ...others]) {
      if (!sameBytes(issuer.subject, last.issuer) || path.some((step) => sameBytes(step.der, issuer.der))) continue;
      try {
        await checkStep(options, path, issuer);
        const next = [...path, issuer];
        if (roots.some((root) => sameBytes(root.der, issuer.der))) return next;
        const whole = await extend(next);
        if (whole !== null) return whole;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // A broken link says less than a link that holds and breaks a rule.
        const depth = path.length + (error.clause === "chain" ? 0 : 0.5);
        if (closest === null || depth > closest.depth) closest = { refusal: error, depth };
      }
    }
    return null;
  }

  const found = await extend([signer]);
  if (found !== null) return found;
  const near = closest as { readonly refusal: Refusal } | null;
  if (near !== null) return refuse(near.refusal.clause, near.refusal.reason);
  return refuse("chain", "no path leads to a trusted root");
}

async function checkStep(
  { subtle, at }: PathOptions,
  path: readonly Certificate[],
  issuer: Certificate,
): Promise<void> {
  const last = path.at(-1) as Certificate;
  const [{ authority }, { own }] = [keyIdentifiers(last), keyIdentifiers(issuer)];
  if (authority !== null && own !== null && !sameBytes(authority, own))
    refuse("chain", "the issuer's key identifier is another");
  const scheme = schemeOf(last.algorithm, null, "a certificate of the path");
  if (!(await signatureHolds(subtle, scheme, issuer.publicKey, last.signature, last.tbs, "a certificate of the path")))
    refuse("chain", "a certificate of the path is not signed by its issuer");
  checkValidity(issuer, at, "a certificate of the path");
  checkCriticalExtensions(issuer, "a certificate of the path");
  const { isAuthority, pathLength } = basicConstraints(issuer);
  if (!isAuthority) refuse("chain", "an issuer of the path is no certification authority");
  const usage = keyUsage(issuer);
  if (usage !== null && !usage.has(KEY_CERT_SIGN))
    refuse("key_usage", "an issuer of the path may not sign certificates");
  const between = path.slice(1).filter((step) => !sameBytes(step.subject, step.issuer)).length;
  if (pathLength !== null && between > pathLength)
    refuse("path_length", "the path is longer than a certificate of it allows");
}

function checkValidity({ notBefore, notAfter }: Certificate, at: number, what: string): void {
  if (at < notBefore || at >= notAfter + 1000) refuse("validity", `${what} was not valid at the stamped time`);
}
