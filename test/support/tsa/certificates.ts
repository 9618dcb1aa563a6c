/** Certificates for tests, right and wrong in every way that a time-stamp's path can be. */

import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  type Bytes,
  bits,
  bool,
  context,
  generalizedTime,
  int,
  nil,
  octets,
  oid,
  primitive,
  seq,
  setSorted,
  stamp,
  text,
  tlv,
  unsigned,
} from "./der-writer.ts";

export interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const rsa = (modulusLength = 2048): Pair => generateKeyPairSync("rsa", { modulusLength });
export const ec = (namedCurve: string): Pair => generateKeyPairSync("ec", { namedCurve });
export const ed25519 = (): Pair => generateKeyPairSync("ed25519");

export type Digest = "sha1" | "sha256" | "sha384" | "sha512";

export const HASH_OID: Readonly<Record<Digest, string>> = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};
const RSA_OID = {
  sha1: "1.2.840.113549.1.1.5",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
};
const ECDSA_OID = {
  sha1: "1.2.840.10045.4.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
};

export function signatureAlgorithm(pair: Pair, digest: Digest, pss = false): Bytes {
  switch (pair.privateKey.asymmetricKeyType) {
    case "rsa": {
      if (!pss) return seq(oid(RSA_OID[digest]), nil);
      const hash = seq(oid(HASH_OID[digest]), nil);
      return seq(
        oid("1.2.840.113549.1.1.10"),
        seq(context(0, hash), context(1, seq(oid("1.2.840.113549.1.1.8"), hash)), context(2, int(32))),
      );
    }
    case "ec":
      return seq(oid(ECDSA_OID[digest]));
    default:
      return seq(oid("1.3.101.112"));
  }
}

export function signWith(pair: Pair, digest: Digest, data: Uint8Array, pss = false): Buffer {
  if (pair.privateKey.asymmetricKeyType === "ed25519") return sign(null, data, pair.privateKey);
  return sign(digest, data, pss ? { key: pair.privateKey, padding: 6, saltLength: 32 } : pair.privateKey);
}

export const nameOf = (common: string): Bytes => seq(setSorted(seq(oid("2.5.4.3"), text(common))));
export const spkiOf = (pair: Pair): Buffer => pair.publicKey.export({ type: "spki", format: "der" });
export const keyIdOf = (pair: Pair): Buffer => createHash("sha256").update(spkiOf(pair)).digest().subarray(0, 20);

export function extension(name: string, value: Uint8Array, critical = false): Bytes {
  return seq(oid(name), ...(critical ? [bool(0xff)] : []), octets(value));
}

export const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
export const eku = (critical: boolean, ...purposes: readonly string[]): Bytes =>
  extension("2.5.29.37", seq(...purposes.map(oid)), critical);
/** keyUsage from its first byte. */
export const usage = (byte: number): Bytes => {
  let unused = 0;
  while (unused < 7 && ((byte >> unused) & 1) === 0) unused += 1;
  return extension("2.5.29.15", bits(Buffer.of(byte), unused), true);
};
export const authority = (pathLength: number | null = null): Bytes =>
  extension("2.5.29.19", seq(bool(0xff), ...(pathLength === null ? [] : [int(pathLength)])), true);

export interface CertificateOrder {
  readonly subject: string;
  readonly pair: Pair;
  readonly issuer: string;
  readonly issuerPair: Pair;
  readonly extensions: readonly Uint8Array[];
  readonly from?: number;
  readonly until?: number;
  readonly serial?: number;
  readonly digest?: Digest;
  readonly version?: number;
  /** The algorithm named inside, where it should differ. */
  readonly innerAlgorithm?: Uint8Array;
  readonly authorityKey?: Uint8Array | null;
}

export interface Issued {
  readonly der: Buffer;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: number;
  readonly pair: Pair;
}

const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 2, 1, 12);
let serials = 1000;

export function issue(order: CertificateOrder): Issued {
  const { subject, pair, issuer, issuerPair } = order;
  const serial = order.serial ?? serials++;
  const digest = order.digest ?? "sha256";
  const algorithm = signatureAlgorithm(issuerPair, digest);
  const authorityKey = order.authorityKey === undefined ? keyIdOf(issuerPair) : order.authorityKey;
  const extensions = [
    ...order.extensions,
    extension("2.5.29.14", octets(keyIdOf(pair))),
    ...(authorityKey === null ? [] : [extension("2.5.29.35", seq(primitive(0, authorityKey)))]),
  ];
  const tbs = seq(
    ...(order.version === 0 ? [] : [context(0, int(order.version ?? 2))]),
    int(serial),
    order.innerAlgorithm ?? algorithm,
    nameOf(issuer),
    seq(generalizedTime(stamp(order.from ?? NOW - 100 * DAY)), generalizedTime(stamp(order.until ?? NOW + 1000 * DAY))),
    nameOf(subject),
    spkiOf(pair),
    ...(order.version === 0 ? [] : [context(3, seq(...extensions))]),
  );
  return { der: seq(tbs, algorithm, bits(signWith(issuerPair, digest, tbs))), subject, issuer, serial, pair };
}

export function root(subject: string, pair: Pair, changed: Partial<CertificateOrder> = {}): Issued {
  return issue({
    subject,
    pair,
    issuer: subject,
    issuerPair: pair,
    extensions: [authority(), usage(0x06)],
    ...changed,
  });
}

export function signer(subject: string, pair: Pair, by: Issued, changed: Partial<CertificateOrder> = {}): Issued {
  const extensions = [usage(0xc0), eku(true, TIME_STAMPING)];
  return issue({ subject, pair, issuer: by.subject, issuerPair: by.pair, extensions, ...changed });
}

export const serialDer = (issued: Issued): Bytes =>
  unsigned(Buffer.from(issued.serial.toString(16).padStart(4, "0"), "hex"));
export const unknownExtension = (critical: boolean): Bytes => extension("1.3.6.1.4.1.55555.1", tlv(0x05), critical);
