/**
 * Names of actions: `aws:s3:DeleteBucket`, `gcp:storage.buckets.delete`, `azure:Microsoft.Compute/virtualMachines/delete`,
 * `kubernetes:apps/deployments/delete`, `github:repos/delete`, `slack:chat.postMessage`, `stripe:refunds.create`.
 *
 * A name has a provider, a service (what `use registry aws.{s3}` selects) and the rest. Whether letter case matters is
 * the provider's own rule: AWS and Azure ignore it, the others do not. Nothing here knows which names exist.
 */

import { PROVIDERS, type Provider } from "./action.ts";
import { unreachable } from "./unreachable.ts";

export interface ActionName {
  readonly provider: Provider;
  readonly service: string;
  /** The part behind the service, without the separator. */
  readonly operation: string;
}

const LONGEST_NAME = 512;

/** Characters that stand in real names, all providers together; globs are parsed elsewhere. */
const WORD = /^[A-Za-z0-9_.:$@/-]+$/;

export function isProvider(word: string): word is Provider {
  return (PROVIDERS as readonly string[]).includes(word);
}

export function ignoresCase(provider: Provider): boolean {
  return provider === "aws" || provider === "azure";
}

/** What stands between service and operation. */
export function separatorOf(provider: Provider): ":" | "/" | "." {
  switch (provider) {
    case "aws":
      return ":";
    case "azure":
    case "github":
    case "kubernetes":
      return "/";
    case "gcp":
    case "slack":
    case "stripe":
      return ".";
    default:
      return unreachable(provider);
  }
}

/** Splits a name; undefined when it is not one (unknown provider, nothing behind the service, characters no name has). */
export function parseName(text: string): ActionName | undefined {
  if (text.length > LONGEST_NAME || !WORD.test(text)) return undefined;
  const colon = text.indexOf(":");
  const provider = text.slice(0, colon);
  if (colon < 0 || !isProvider(provider)) return undefined;
  const rest = text.slice(colon + 1);
  const cut = rest.indexOf(separatorOf(provider));
  if (cut <= 0 || cut === rest.length - 1) return undefined;
  return { provider, service: rest.slice(0, cut), operation: rest.slice(cut + 1) };
}

export function formatName(name: ActionName): string {
  return `${name.provider}:${name.service}${separatorOf(name.provider)}${name.operation}`;
}

/** The key a name is found under: the name itself, in lower case where the provider ignores case. */
export function keyOf(text: string): string {
  const provider = text.slice(0, Math.max(0, text.indexOf(":")));
  return isProvider(provider) && ignoresCase(provider) ? asciiLower(text) : text;
}

/** ASCII only: `toLowerCase` maps K (Kelvin sign) to k, which would let a name that does not exist stand for one that does. */
export function asciiLower(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text;
}
