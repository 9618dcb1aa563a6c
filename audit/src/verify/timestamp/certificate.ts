/** X.509 certificates, as far as a time-stamp's path needs them (RFC 5280), read strictly. */

import { type Algorithm, readAlgorithm } from "./algorithms.ts";
import {
  childrenOf,
  cursor,
  type Der,
  oidText,
  readWhole,
  sameBytes,
  sequence,
  smallInteger,
  TAG,
  timeOf,
} from "./der.ts";
import { type Clause, refuse } from "./trust.ts";

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

export interface Certificate {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: Der;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
}

export function readCertificate(bytes: Uint8Array): Certificate {
  const outer = cursor(sequence(readWhole(bytes), "a certificate"));
  const tbs = outer.take(TAG.sequence, "a certificate's content");
  const outerAlgorithm = readAlgorithm(outer.take(TAG.sequence, "a certificate's signature algorithm"));
  const signature = outer.take(TAG.bitString, "a certificate's signature");
  outer.end("a certificate");
  const fields = cursor(tbs);
  const version = fields.optional(TAG.context(0));
  if (version === null || smallInteger(cursor(version).take(TAG.integer, "a version")) !== 2)
    refuse("version", "a certificate that is not of version 3");
  const serial = fields.take(TAG.integer, "a serial number").content;
  const algorithm = readAlgorithm(fields.take(TAG.sequence, "a signature algorithm"));
  if (!sameBytes(algorithm.whole, outerAlgorithm.whole))
    refuse("chain", "a certificate names two signature algorithms");
  const issuer = fields.take(TAG.sequence, "an issuer").whole;
  const validity = cursor(fields.take(TAG.sequence, "a validity"));
  const notBefore = readTime(validity.any("notBefore"));
  const notAfter = readTime(validity.any("notAfter"));
  validity.end("a validity");
  const subject = fields.take(TAG.sequence, "a subject").whole;
  const publicKey = fields.take(TAG.sequence, "a public key");
  fields.optional(TAG.primitive(1));
  fields.optional(TAG.primitive(2));
  const wrapped = fields.optional(TAG.context(3));
  fields.end("a certificate's content");
  const extensions = wrapped === null ? [] : readExtensions(only(wrapped), "a certificate");
  if (signature.content[0] !== 0) refuse("der", "a signature with unused bits");
  return {
    der: bytes,
    tbs: tbs.whole,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    algorithm,
    signature: signature.content.subarray(1),
    extensions,
  };
}

function only(wrapper: Der): Der {
  const fields = cursor(wrapper);
  const inner = fields.take(TAG.sequence, "extensions");
  fields.end("extensions");
  return inner;
}

function readTime(der: Der): number {
  if (der.tag !== TAG.utcTime && der.tag !== TAG.generalizedTime) refuse("der", "a validity without a time");
  return timeOf(der);
}

/** `list` holds the Extension values (SEQUENCE OF, under whatever tag). */
export function readExtensions(list: Der, what: string): readonly Extension[] {
  const extensions: Extension[] = [];
  const items = cursor(list);
  for (;;) {
    const item = items.optional(TAG.sequence);
    if (item === null) break;
    const fields = cursor(item);
    const oid = oidText(fields.take(TAG.oid, "an extension's name").content);
    const critical = fields.optional(TAG.boolean);
    if (critical !== null && critical.content[0] === 0) refuse("der", "an encoded default: critical FALSE");
    const value = fields.take(TAG.octetString, "an extension's value").content;
    fields.end("an extension");
    if (extensions.some((other) => other.oid === oid))
      refuse("critical_extension", `${what} has the extension ${oid} twice`);
    extensions.push({ oid, critical: critical !== null, value });
  }
  items.end("extensions");
  return extensions;
}

export const OID = {
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  certificatePolicies: "2.5.29.32",
  authorityKey: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  subjectKey: "2.5.29.14",
} as const;

/** Extensions that are read here, or whose meaning does not narrow a path under any policy. */
const UNDERSTOOD: ReadonlySet<string> = new Set(Object.values(OID));

export function extension(certificate: Certificate, oid: string): Extension | null {
  return certificate.extensions.find((candidate) => candidate.oid === oid) ?? null;
}

export function checkCriticalExtensions(certificate: Certificate, what: string): void {
  for (const { oid, critical } of certificate.extensions)
    if (critical && !UNDERSTOOD.has(oid))
      refuse("critical_extension", `${what} has an unknown critical extension ${oid}`);
}

export interface BasicConstraints {
  readonly isAuthority: boolean;
  readonly pathLength: number | null;
}

export function basicConstraints(certificate: Certificate): BasicConstraints {
  const found = extension(certificate, OID.basicConstraints);
  if (found === null) return { isAuthority: false, pathLength: null };
  const fields = cursor(extensionValue(found, TAG.sequence, "der"));
  const authority = fields.optional(TAG.boolean);
  if (authority !== null && authority.content[0] === 0) refuse("der", "an encoded default: cA FALSE");
  const length = fields.optional(TAG.integer);
  fields.end("basic constraints");
  const pathLength = length === null ? null : smallInteger(length);
  if (pathLength !== null && (pathLength < 0 || authority === null))
    refuse("path_length", "a path length that makes no sense");
  return { isAuthority: authority !== null, pathLength };
}

/** Bits of keyUsage, bit 0 first; `null` when the extension is absent. */
export function keyUsage(certificate: Certificate): ReadonlySet<number> | null {
  const found = extension(certificate, OID.keyUsage);
  if (found === null) return null;
  const { content } = extensionValue(found, TAG.bitString, "key_usage");
  const bits = new Set<number>();
  for (let i = 0; i < (content.length - 1) * 8; i++)
    if ((((content[1 + (i >> 3)] as number) >> (7 - (i & 7))) & 1) === 1) bits.add(i);
  return bits;
}

export function extendedKeyUsage(
  certificate: Certificate,
): { readonly critical: boolean; readonly purposes: readonly string[] } | null {
  const found = extension(certificate, OID.extendedKeyUsage);
  if (found === null) return null;
  const fields = cursor(extensionValue(found, TAG.sequence, "extended_key_usage"));
  const purposes: string[] = [];
  for (let next = fields.optional(TAG.oid); next !== null; next = fields.optional(TAG.oid))
    purposes.push(oidText(next.content));
  fields.end("extended key usage");
  return { critical: found.critical, purposes };
}

export function keyIdentifiers(certificate: Certificate): {
  readonly own: Uint8Array | null;
  readonly authority: Uint8Array | null;
} {
  const own = extension(certificate, OID.subjectKey);
  const authority = extension(certificate, OID.authorityKey);
  return {
    own: own === null ? null : extensionValue(own, TAG.octetString, "der").content,
    authority:
      authority === null
        ? null
        : (cursor(extensionValue(authority, TAG.sequence, "der")).optional(TAG.primitive(0))?.content ?? null),
  };
}

/** GeneralNames of the subject: its distinguished name as a directoryName, and the alternative names, each as encoded. */
export function namesOf(certificate: Certificate): {
  readonly subject: Uint8Array;
  readonly others: readonly Uint8Array[];
} {
  const found = extension(certificate, OID.subjectAltName);
  const others = found === null ? [] : childrenOf(extensionValue(found, TAG.sequence, "der")).map((name) => name.whole);
  return { subject: certificate.subject, others };
}

function extensionValue({ value }: Extension, tag: number, clause: Clause): Der {
  const der = readWhole(value);
  return der.tag === tag ? der : refuse(clause, "an extension of another type than it must have");
}
