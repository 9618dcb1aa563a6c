/**
 * Verifies a time-stamp response against what was asked for and who is trusted: docs/formats/timestamp.md, clause by clause.
 *
 * WebCrypto and nothing else, so it runs in a browser. Trust comes last: without roots, everything that does not need them has been checked.
 */

import type { Subtle } from "../platform.ts";
import { digestOf, hashOf, isDigest, readAlgorithm, schemeOf, signatureHolds } from "./algorithms.ts";
import {
  basicConstraints,
  type Certificate,
  extendedKeyUsage,
  keyIdentifiers,
  keyUsage,
  namesOf,
  readCertificate,
} from "./certificate.ts";
import { childrenOf, cursor, type Der, oidText, sameBytes, sequence, TAG } from "./der.ts";
import { findPath } from "./path.ts";
import { readResponse, readToken, readTstInfo, type SignerInfo, type TimestampToken, type TstInfo } from "./token.ts";
import {
  DEFAULT_SKEW_MS,
  isRefusal,
  refuse,
  type TimestampExpectation,
  type TimestampTrust,
  type TimestampVerdict,
} from "./trust.ts";

const ATTRIBUTE = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const;
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const DIGITAL_SIGNATURE = 0;
const NON_REPUDIATION = 1;
const ROUNDING_MS = 1000;
const LARGEST_RESPONSE = 1_048_576;

export async function verifyTimestamp(
  subtle: Subtle,
  response: Uint8Array,
  expected: TimestampExpectation,
  trust: TimestampTrust,
): Promise<TimestampVerdict> {
  let genTime: number | null = null;
  try {
    if (response.length > LARGEST_RESPONSE) refuse("der", "the response is larger than 1 MiB");
    const token = readToken(readResponse(response));
    const info = readTstInfo(token.tstInfo);
    genTime = info.genTime;
    checkRequest(info, expected, trust);
    checkTimes(info, expected, trust.skewMs ?? DEFAULT_SKEW_MS);
    const signer = await checkSigner(subtle, token);
    checkPurpose(signer, info);
    const path = await findPath({
      subtle,
      signer,
      others: [...token.certificates, ...(trust.intermediates ?? []).map(readCertificate)],
      roots: trust.roots.map(readCertificate),
      at: info.genTime,
    });
    const serial = Array.from(info.serial, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return {
      ok: true,
      genTime,
      accuracy: info.accuracy,
      policy: info.policy,
      serial,
      path: path.map((step) => step.der),
    };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ok: false, clause: error.clause, reason: error.reason, genTime };
  }
}

function unsigned(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  return bytes.subarray(start);
}

function checkRequest(info: TstInfo, expected: TimestampExpectation, trust: TimestampTrust): void {
  const algorithm = hashOf(info.imprintAlgorithm, "the imprint", "imprint");
  if (algorithm !== expected.imprint.algorithm || !sameBytes(info.imprint, expected.imprint.digest))
    refuse("imprint", "the token stamps other data");
  const nonce = expected.nonce ?? null;
  if (nonce !== null) {
    if (info.nonce === null) refuse("nonce", "the token lacks the nonce that was sent");
    if ((info.nonce[0] as number) >= 0x80 || !sameBytes(unsigned(info.nonce), unsigned(nonce)))
      refuse("nonce", "the token answers another request");
  }
  if (expected.policy != null && info.policy !== expected.policy)
    refuse("policy", `the token is under policy ${info.policy}, ${expected.policy} was asked for`);
  if (trust.policies !== undefined && !trust.policies.includes(info.policy))
    refuse("policy", `policy ${info.policy} is not accepted`);
}

function checkTimes(info: TstInfo, expected: TimestampExpectation, skew: number): void {
  const { genTime } = info;
  const slack = info.accuracy + ROUNDING_MS + skew;
  const said = new Date(genTime).toISOString();
  if (expected.sent != null && genTime < expected.sent - slack)
    refuse("window", `the stamped time ${said} is before the request`);
  if (expected.received != null && genTime > expected.received + slack)
    refuse("window", `the stamped time ${said} is after the answer`);
  if (expected.notBefore != null && genTime < expected.notBefore - slack)
    refuse("monotonic", `the stamped time ${said} is before that of an earlier anchor`);
}

/** The certificate that signed, after everything that binds it to the token. */
async function checkSigner(subtle: Subtle, token: TimestampToken): Promise<Certificate> {
  const { signer } = token;
  const { attributes } = signer;
  const contentType = attributes.get(ATTRIBUTE.contentType);
  const messageDigest = attributes.get(ATTRIBUTE.messageDigest);
  if (contentType === undefined || messageDigest === undefined)
    return refuse("signed_attributes", "contentType or messageDigest is not signed");
  if (contentType.tag !== TAG.oid || oidText(contentType.content) !== TST_INFO)
    refuse("content_type", "the signed content type is not TSTInfo");
  const hash = hashOf(signer.digestAlgorithm, "the signer");
  if (!token.digestAlgorithms.includes(signer.digestAlgorithm.oid))
    refuse("digest_algorithms", "the signer's digest algorithm is not announced");
  if (messageDigest.tag !== TAG.octetString || !(await isDigest(subtle, hash, token.tstInfo, messageDigest.content)))
    refuse("message_digest", "the signed digest is not that of the content");
  const certificate = await chosenCertificate(subtle, token.certificates, signer);
  const scheme = schemeOf(signer.signatureAlgorithm, hash, "the token");
  if (!(await signatureHolds(subtle, scheme, certificate.publicKey, signer.signature, signer.signedBytes, "the token")))
    refuse("signature", "the token's signature does not verify");
  return certificate;
}

async function chosenCertificate(
  subtle: Subtle,
  certificates: readonly Certificate[],
  signer: SignerInfo,
): Promise<Certificate> {
  const second = signer.attributes.get(ATTRIBUTE.signingCertificateV2);
  const first = signer.attributes.get(ATTRIBUTE.signingCertificate);
  if (second === undefined)
    return first === undefined
      ? refuse("signed_attributes", "no signing certificate is signed")
      : refuse("weak_algorithm", "the signing certificate is named by SHA-1 alone");
  const { sid } = signer;
  for (const certificate of certificates) {
    const named =
      sid.by === "key"
        ? sameBytes(keyIdentifiers(certificate).own ?? new Uint8Array(0), sid.identifier)
        : sameBytes(certificate.issuer, sid.issuer) && sameBytes(certificate.serial, sid.serial);
    if (!named) continue;
    if (!(await namesCertificate(subtle, second, certificate)))
      return refuse("signer", "the signed certificate hash is another certificate's");
    if (first !== undefined && !(await namesBySha1(subtle, first, certificate)))
      return refuse("signer", "the two signing certificates differ");
    return certificate;
  }
  return refuse("signer", "the signer's certificate is not in the token");
}

function firstId(attribute: Der): readonly Der[] {
  const fields = cursor(attribute);
  const ids = childrenOf(fields.take(TAG.sequence, "certificate identifiers"));
  fields.optional(TAG.sequence);
  fields.end("a signing certificate");
  const [id] = ids;
  return id === undefined
    ? refuse("signer", "the signing certificate names none")
    : childrenOf(sequence(id, "a certificate identifier"));
}

/** SigningCertificateV2: ESSCertIDv2 { hashAlgorithm DEFAULT sha256, certHash, issuerSerial OPTIONAL }. */
async function namesCertificate(subtle: Subtle, attribute: Der, certificate: Certificate): Promise<boolean> {
  const parts = [...firstId(attribute)];
  const hash =
    parts[0]?.tag === TAG.sequence
      ? hashOf(readAlgorithm(parts.shift() as Der), "the certificate's identifier", "signer")
      : "SHA-256";
  return identifies(parts, await digestOf(subtle, hash, certificate.der), certificate);
}

async function namesBySha1(subtle: Subtle, attribute: Der, certificate: Certificate): Promise<boolean> {
  return identifies(
    [...firstId(attribute)],
    new Uint8Array(await subtle.digest("SHA-1", certificate.der)),
    certificate,
  );
}

function identifies(parts: readonly Der[], digest: Uint8Array, certificate: Certificate): boolean {
  const [hash, issuerSerial, ...more] = parts;
  if (hash?.tag !== TAG.octetString || more.length > 0 || !sameBytes(hash.content, digest)) return false;
  if (issuerSerial === undefined) return true;
  const fields = cursor(issuerSerial);
  const names = childrenOf(fields.take(TAG.sequence, "an issuer"));
  const serial = fields.take(TAG.integer, "a serial number");
  fields.optional(TAG.bitString);
  fields.end("an issuer and serial");
  const [name] = names;
  const issuer = name?.tag === TAG.context(4) ? childrenOf(name)[0]?.whole : undefined;
  return (
    names.length === 1 &&
    issuer !== undefined &&
    sameBytes(issuer, certificate.issuer) &&
    sameBytes(serial.content, certificate.serial)
  );
}

function checkPurpose(signer: Certificate, info: TstInfo): void {
  const extended = extendedKeyUsage(signer);
  if (
    extended === null ||
    !extended.critical ||
    extended.purposes.length !== 1 ||
    extended.purposes[0] !== TIME_STAMPING
  )
    refuse(
      "extended_key_usage",
      "the signer's certificate is not for time-stamping alone, or does not say so critically",
    );
  const usage = keyUsage(signer);
  if (
    usage !== null &&
    (usage.size === 0 || [...usage].some((bit) => bit !== DIGITAL_SIGNATURE && bit !== NON_REPUDIATION))
  )
    refuse("key_usage", "the signer's key may be used for other things than signing");
  if (basicConstraints(signer).isAuthority) refuse("key_usage", "the signer is a certification authority");
  if (info.tsa === null) return;
  const { subject, others } = namesOf(signer);
  const { tsa } = info;
  const named = tsa.tag === TAG.context(4) ? sameBytes(tsa.content, subject) : false;
  if (!named && !others.some((other) => sameBytes(other, tsa.whole)))
    refuse("tsa_name", "the token names another TSA than its signer");
}
