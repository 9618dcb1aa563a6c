/** TimeStampResp, SignedData and TSTInfo (RFC 3161, 5652), read by schema; what must be equal to what is verify.ts. */

import { type Algorithm, readAlgorithm } from "./algorithms.ts";
import { type Certificate, readCertificate, readExtensions } from "./certificate.ts";
import {
  checkSorted,
  childrenOf,
  cursor,
  type Der,
  oidText,
  readWhole,
  sequence,
  smallInteger,
  TAG,
  timeOf,
} from "./der.ts";
import { refuse } from "./trust.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const SET_FROM_CONTEXT = 0x31;

export interface SignerInfo {
  readonly sid:
    | { readonly by: "issuer"; readonly issuer: Uint8Array; readonly serial: Uint8Array }
    | { readonly by: "key"; readonly identifier: Uint8Array };
  readonly digestAlgorithm: Algorithm;
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Uint8Array;
  /** Values by attribute type, one each. */
  readonly attributes: ReadonlyMap<string, Der>;
  /** The attributes as they were signed: under the universal SET tag. */
  readonly signedBytes: Uint8Array;
}

export interface TimestampToken {
  readonly digestAlgorithms: readonly string[];
  readonly tstInfo: Uint8Array;
  readonly certificates: readonly Certificate[];
  readonly signer: SignerInfo;
}

export interface TstInfo {
  readonly policy: string;
  readonly imprintAlgorithm: Algorithm;
  readonly imprint: Uint8Array;
  readonly serial: Uint8Array;
  readonly genTime: number;
  readonly accuracy: number;
  readonly nonce: Uint8Array | null;
  /** The TSA's GeneralName as encoded. */
  readonly tsa: Der | null;
}

/** The token of a granted response. */
export function readResponse(bytes: Uint8Array): Der {
  const fields = cursor(sequence(readWhole(bytes), "the response"));
  const statusInfo = cursor(fields.take(TAG.sequence, "the status"));
  const status = smallInteger(statusInfo.take(TAG.integer, "the status"));
  statusInfo.optional(TAG.sequence);
  const failInfo = statusInfo.optional(TAG.bitString);
  statusInfo.end("the status");
  if (status !== 0 && status !== 1) return refuse("status", `the TSA refused with status ${status}`);
  if (failInfo !== null) return refuse("status", "the TSA granted and reported a failure at once");
  const token = fields.optional(TAG.sequence);
  if (token === null) return refuse("status", "the response holds no token");
  fields.end("the response");
  return token;
}

export function readToken(token: Der): TimestampToken {
  const info = cursor(token);
  if (oidText(info.take(TAG.oid, "the content type").content) !== SIGNED_DATA)
    refuse("content_type", "the token is no SignedData");
  const wrapped = cursor(info.take(TAG.context(0), "the signed data"));
  info.end("the token");
  const data = cursor(wrapped.take(TAG.sequence, "the signed data"));
  wrapped.end("the token");
  if (smallInteger(data.take(TAG.integer, "a version")) !== 3) refuse("version", "the signed data is not of version 3");
  const digestAlgorithms = childrenOf(data.take(TAG.set, "the digest algorithms")).map((der) => readAlgorithm(der).oid);
  const content = cursor(data.take(TAG.sequence, "the content"));
  if (oidText(content.take(TAG.oid, "the content type").content) !== TST_INFO)
    refuse("content_type", "the content is no TSTInfo");
  const boxed = cursor(content.take(TAG.context(0), "the content"));
  const tstInfo = boxed.take(TAG.octetString, "the content").content;
  boxed.end("the content");
  content.end("the content");
  const certificates = data.optional(TAG.context(0));
  data.optional(TAG.context(1));
  const signers = childrenOf(data.take(TAG.set, "the signers"));
  data.end("the signed data");
  const [signer] = signers;
  if (signer === undefined || signers.length !== 1) return refuse("signer", `the token has ${signers.length} signers`);
  return {
    digestAlgorithms,
    tstInfo,
    certificates: certificates === null ? [] : childrenOf(certificates).map((der) => readCertificate(der.whole)),
    signer: readSigner(signer),
  };
}

function readSigner(der: Der): SignerInfo {
  const fields = cursor(sequence(der, "a signer"));
  const version = smallInteger(fields.take(TAG.integer, "a version"));
  const key = fields.optional(TAG.primitive(0));
  const sid =
    key !== null
      ? { by: "key" as const, identifier: key.content }
      : readIssuerAndSerial(fields.take(TAG.sequence, "a signer"));
  if (version !== (sid.by === "key" ? 3 : 1)) refuse("version", "the signer's version does not fit how it is named");
  const digestAlgorithm = readAlgorithm(fields.take(TAG.sequence, "a digest algorithm"));
  const attributes = fields.optional(TAG.context(0)) ?? refuse("signed_attributes", "there are no signed attributes");
  const signatureAlgorithm = readAlgorithm(fields.take(TAG.sequence, "a signature algorithm"));
  const signature = fields.take(TAG.octetString, "a signature").content;
  fields.optional(TAG.context(1));
  fields.end("a signer");
  checkSorted(childrenOf(attributes));
  // A true copy: the `slice` of a Node Buffer would be a view of the response.
  const signedBytes = Uint8Array.from(attributes.whole);
  signedBytes[0] = SET_FROM_CONTEXT;
  return { sid, digestAlgorithm, signatureAlgorithm, signature, attributes: readAttributes(attributes), signedBytes };
}

function readIssuerAndSerial(der: Der) {
  const fields = cursor(der);
  const issuer = fields.take(TAG.sequence, "an issuer").whole;
  const serial = fields.take(TAG.integer, "a serial number").content;
  fields.end("a signer's name");
  return { by: "issuer" as const, issuer, serial };
}

function readAttributes(list: Der): ReadonlyMap<string, Der> {
  const attributes = new Map<string, Der>();
  for (const attribute of childrenOf(list)) {
    const fields = cursor(sequence(attribute, "an attribute"));
    const type = oidText(fields.take(TAG.oid, "an attribute's type").content);
    const values = childrenOf(fields.take(TAG.set, "an attribute's values"));
    fields.end("an attribute");
    const [value] = values;
    if (value === undefined || values.length !== 1)
      return refuse("signed_attributes", `the attribute ${type} has ${values.length} values`);
    if (attributes.has(type)) refuse("signed_attributes", `the attribute ${type} stands twice`);
    attributes.set(type, value);
  }
  return attributes;
}

export function readTstInfo(bytes: Uint8Array): TstInfo {
  const fields = cursor(sequence(readWhole(bytes), "TSTInfo"));
  if (smallInteger(fields.take(TAG.integer, "a version")) !== 1) refuse("version", "TSTInfo is not of version 1");
  const policy = oidText(fields.take(TAG.oid, "a policy").content);
  const imprint = cursor(fields.take(TAG.sequence, "an imprint"));
  const imprintAlgorithm = readAlgorithm(imprint.take(TAG.sequence, "an imprint's algorithm"));
  const digest = imprint.take(TAG.octetString, "an imprint").content;
  imprint.end("an imprint");
  const serial = fields.take(TAG.integer, "a serial number").content;
  const genTime = timeOf(fields.take(TAG.generalizedTime, "genTime"));
  const accuracy = fields.optional(TAG.sequence);
  const ordering = fields.optional(TAG.boolean);
  if (ordering !== null && ordering.content[0] === 0) refuse("der", "an encoded default: ordering FALSE");
  const nonce = fields.optional(TAG.integer)?.content ?? null;
  const tsaField = fields.optional(TAG.context(0));
  const extensions = fields.optional(TAG.context(1));
  fields.end("TSTInfo");
  if (extensions !== null)
    for (const { oid, critical } of readExtensions(extensions, "TSTInfo"))
      if (critical) refuse("critical_extension", `TSTInfo has an unknown critical extension ${oid}`);
  let tsa: Der | null = null;
  if (tsaField !== null) {
    const name = cursor(tsaField);
    tsa = name.any("a name");
    name.end("a name");
  }
  return {
    policy,
    imprintAlgorithm,
    imprint: digest,
    serial,
    genTime,
    accuracy: accuracy === null ? 0 : readAccuracy(accuracy),
    nonce,
    tsa,
  };
}

/** Milliseconds, rounded up. */
function readAccuracy(der: Der): number {
  const fields = cursor(der);
  const seconds = fields.optional(TAG.integer);
  const millis = fields.optional(TAG.primitive(0));
  const micros = fields.optional(TAG.primitive(1));
  fields.end("an accuracy");
  const part = (value: Der | null): number => {
    if (value === null) return 0;
    const number = smallInteger(value);
    return number >= 1 && number <= 999 && value.content.length <= 2
      ? number
      : refuse("der", "an accuracy out of its range");
  };
  const whole = seconds === null ? 0 : smallInteger(seconds);
  if (whole < 0) refuse("der", "an accuracy out of its range");
  return whole * 1000 + part(millis) + Math.ceil(part(micros) / 1000);
}
