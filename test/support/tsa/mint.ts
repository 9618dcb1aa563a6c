/** Mints time-stamp responses clause by clause: every part can be replaced by a wrong one. */

import { createHash } from "node:crypto";
import {
  type Digest,
  HASH_OID,
  type Issued,
  keyIdOf,
  NOW,
  nameOf,
  type Pair,
  serialDer,
  signatureAlgorithm,
  signWith,
} from "./certificates.ts";
import {
  type Bytes,
  context,
  generalizedTime,
  int,
  nil,
  octets,
  oid,
  primitive,
  seq,
  setAsGiven,
  setSorted,
  stamp,
  tlv,
  unsigned,
} from "./der-writer.ts";

export const POLICY = "1.3.6.1.4.1.55555.3.1";
export const DATA = Buffer.from("log.example/agents\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
export const NONCE = Buffer.from("5a01c3f2e4b79d10", "hex");
export const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const SIGNED_DATA = "1.2.840.113549.1.7.2";

export const digestOf = (digest: Digest, data: Uint8Array): Buffer => createHash(digest).update(data).digest();
export const hashAlgorithm = (digest: Digest): Bytes => seq(oid(HASH_OID[digest]));

export interface Mint {
  readonly signer: Issued;
  readonly certificates: readonly Issued[];
  readonly status?: Bytes;
  readonly tstVersion?: number;
  readonly policy?: string;
  readonly imprintDigest?: Digest;
  readonly imprint?: Uint8Array;
  readonly serial?: Bytes;
  readonly genTime?: string;
  /** What stands behind genTime, before the nonce: accuracy, ordering. */
  readonly middle?: readonly Bytes[];
  readonly nonce?: Bytes | null;
  /** What stands behind the nonce: tsa, extensions. */
  readonly last?: readonly Bytes[];
  readonly tstTail?: Uint8Array;
  readonly contentType?: string;
  readonly outerType?: string;
  readonly version?: number;
  readonly digest?: Digest;
  readonly announced?: readonly Digest[];
  readonly signerVersion?: number;
  readonly sid?: Bytes;
  readonly attributes?: (standard: Attributes) => readonly Bytes[] | null;
  readonly sortAttributes?: boolean;
  readonly signWith?: Pair;
  readonly algorithm?: Bytes;
  readonly pss?: boolean;
  readonly signature?: (right: Buffer) => Buffer;
  readonly signedOver?: (attributes: Buffer) => Buffer;
  readonly signers?: (right: Bytes) => readonly Bytes[];
}

export interface Attributes {
  readonly contentType: Bytes;
  readonly messageDigest: Bytes;
  readonly certificate: Bytes;
}

export const attribute = (type: string, ...values: readonly Uint8Array[]): Bytes =>
  seq(oid(type), setAsGiven(...values));
export const contentTypeAttribute = (type: string): Bytes => attribute("1.2.840.113549.1.9.3", oid(type));
export const digestAttribute = (digest: Uint8Array): Bytes => attribute("1.2.840.113549.1.9.4", octets(digest));
export const certificateV2 = (issued: Issued, ...more: readonly Uint8Array[]): Bytes =>
  attribute("1.2.840.113549.1.9.16.2.47", seq(seq(seq(octets(digestOf("sha256", issued.der)), ...more))));
export const certificateV1 = (issued: Issued): Bytes =>
  attribute("1.2.840.113549.1.9.16.2.12", seq(seq(seq(octets(digestOf("sha1", issued.der))))));
export const issuerSerial = (issuer: string, issued: Issued): Bytes =>
  seq(seq(context(4, nameOf(issuer))), serialDer(issued));
export const sidByIssuer = (issued: Issued): Bytes => seq(nameOf(issued.issuer), serialDer(issued));
export const sidByKey = (pair: Pair): Bytes => primitive(0, keyIdOf(pair));

export function tstInfo(mint: Mint): Bytes {
  const digest = mint.imprintDigest ?? "sha256";
  const nonce = mint.nonce === undefined ? unsigned(NONCE) : mint.nonce;
  return seq(
    int(mint.tstVersion ?? 1),
    oid(mint.policy ?? POLICY),
    seq(seq(oid(HASH_OID[digest]), nil), octets(mint.imprint ?? digestOf(digest, DATA))),
    mint.serial ?? int(77),
    generalizedTime(mint.genTime ?? stamp(NOW)),
    ...(mint.middle ?? []),
    ...(nonce === null ? [] : [nonce]),
    ...(mint.last ?? []),
  );
}

export function token(mint: Mint): Bytes {
  const info = Buffer.concat([tstInfo(mint), mint.tstTail ?? Buffer.alloc(0)]);
  const digest = mint.digest ?? "sha256";
  const pair = mint.signWith ?? mint.signer.pair;
  const type = mint.contentType ?? TST_INFO;
  const standard: Attributes = {
    contentType: contentTypeAttribute(TST_INFO),
    messageDigest: digestAttribute(digestOf(digest, info)),
    certificate: certificateV2(mint.signer),
  };
  const chosen = mint.attributes?.(standard);
  const list = chosen === undefined ? (Object.values(standard) as Bytes[]) : chosen;
  const signed = list === null ? null : (mint.sortAttributes ?? true) ? setSorted(...list) : setAsGiven(...list);
  const over = signed ?? info;
  const right = signWith(pair, digest, mint.signedOver?.(over) ?? over, mint.pss);
  const signerInfo = seq(
    int(mint.signerVersion ?? 1),
    mint.sid ?? sidByIssuer(mint.signer),
    hashAlgorithm(digest),
    ...(signed === null ? [] : [Buffer.concat([Buffer.of(0xa0), signed.subarray(1)])]),
    mint.algorithm ?? signatureAlgorithm(pair, digest, mint.pss),
    octets(mint.signature?.(right) ?? right),
  );
  const signedData = seq(
    int(mint.version ?? 3),
    setSorted(...(mint.announced ?? [digest]).map(hashAlgorithm)),
    seq(oid(type), context(0, octets(info))),
    ...(mint.certificates.length > 0 ? [context(0, ...mint.certificates.map((issued) => issued.der))] : []),
    setSorted(...(mint.signers?.(signerInfo) ?? [signerInfo])),
  );
  return seq(oid(mint.outerType ?? SIGNED_DATA), context(0, signedData));
}

export function response(mint: Mint): Bytes {
  return seq(mint.status ?? seq(int(0)), token(mint));
}

/** The bytes of one value rewritten with an indefinite length. */
export function indefinite(der: Buffer): Buffer {
  const header = (der[1] as number) < 0x80 ? 2 : 2 + ((der[1] as number) & 0x7f);
  return Buffer.concat([Buffer.of(der[0] as number, 0x80), der.subarray(header), Buffer.of(0, 0)]);
}

/** The same value with a length of one byte more than needed. */
export function paddedLength(der: Buffer): Buffer {
  const count = (der[1] as number) & 0x7f;
  return Buffer.concat([Buffer.of(der[0] as number, 0x80 | (count + 1), 0), der.subarray(2)]);
}

/** Replaces bytes that occur once. */
export function replaced(whole: Buffer, from: Uint8Array, to: Uint8Array): Buffer {
  const at = whole.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error("nothing to replace");
  return Buffer.concat([whole.subarray(0, at), to, whole.subarray(at + from.length)]);
}

export const tail = tlv(0x05);
