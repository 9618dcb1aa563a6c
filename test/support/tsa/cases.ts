/** The matrix: what is right, and what is wrong under which clause of docs/formats/timestamp.md. */

import type { Clause } from "@thc/audit/verify";
import {
  authority,
  ec,
  ed25519,
  eku,
  extension,
  issue,
  NOW,
  nameOf,
  root,
  rsa,
  signatureAlgorithm,
  signer,
  TIME_STAMPING,
  unknownExtension,
  usage,
} from "./certificates.ts";
import {
  type Bytes,
  bits,
  bool,
  context,
  int,
  nil,
  octets,
  oid,
  primitive,
  seq,
  stamp,
  tlv,
  unsigned,
} from "./der-writer.ts";
import {
  attribute,
  certificateV1,
  certificateV2,
  contentTypeAttribute,
  DATA,
  digestAttribute,
  digestOf,
  indefinite,
  issuerSerial,
  type Mint,
  NONCE,
  POLICY,
  paddedLength,
  replaced,
  response,
  sidByIssuer,
  sidByKey,
  tail,
  token,
} from "./mint.ts";

export interface MatrixCase {
  readonly name: string;
  readonly expect: "accept" | Clause;
  readonly response: Buffer;
  readonly roots: readonly Buffer[];
  readonly imprint: { readonly algorithm: "SHA-256" | "SHA-384" | "SHA-512"; readonly digest: Buffer };
  readonly nonce: Buffer | null;
  readonly policy: string | null;
  readonly sent: number;
  readonly received: number;
  readonly notBefore: number | null;
}

const DAY = 86_400_000;

export function mintCases(): readonly MatrixCase[] {
  const cases: MatrixCase[] = [];
  const ca = root("Test Root", rsa());
  const key = rsa();
  const tsa = signer("Test TSA", key, ca);
  const base: Mint = { signer: tsa, certificates: [tsa] };
  const standard = {
    roots: [ca.der],
    imprint: { algorithm: "SHA-256" as const, digest: digestOf("sha256", DATA) },
    nonce: NONCE as Buffer | null,
    policy: POLICY as string | null,
    sent: NOW - 500,
    received: NOW + 500,
    notBefore: null,
  };
  const add = (
    name: string,
    expect: MatrixCase["expect"],
    made: Partial<Mint> | Buffer,
    changed: Partial<MatrixCase> = {},
  ): void => {
    const bytes = Buffer.isBuffer(made) ? made : response({ ...base, ...made });
    cases.push({ name, expect, response: bytes, ...standard, ...changed });
  };
  const by = (issued: ReturnType<typeof signer>, ...more: ReturnType<typeof signer>[]): Partial<Mint> => ({
    signer: issued,
    certificates: [issued, ...more],
  });
  const variant = (changed: Parameters<typeof signer>[3]): Partial<Mint> => by(signer("Test TSA", key, ca, changed));

  const p256 = ec("P-256");
  const middle = issue({
    subject: "Test Intermediate",
    pair: rsa(),
    issuer: ca.subject,
    issuerPair: ca.pair,
    extensions: [authority(0), usage(0x06)],
  });
  const below = signer("Test TSA", key, middle);

  add("RSA 2048 with SHA-256", "accept", {});
  add("ECDSA P-256", "accept", by(signer("EC TSA", p256, ca)));
  add("ECDSA P-384 with SHA-384", "accept", { ...by(signer("EC TSA 384", ec("P-384"), ca)), digest: "sha384" });
  add("RSA-PSS", "accept", { pss: true });
  add("Ed25519", "accept", { ...by(signer("Ed TSA", ed25519(), ca)), digest: "sha512" });
  add("granted with modifications", "accept", { status: seq(int(1)) });
  add("an intermediate authority", "accept", by(below, middle));
  add("accuracy, ordering and the TSA's name", "accept", {
    middle: [seq(int(1), primitive(0, Buffer.of(1, 0xf4)), primitive(1, Buffer.of(5))), bool(0xff)],
    last: [context(0, context(4, nameOf("Test TSA")))],
  });
  add("no nonce sent, none answered", "accept", { nonce: null }, { nonce: null });
  add("the signer named by its key identifier", "accept", { signerVersion: 3, sid: sidByKey(key) });
  add(
    "a SHA-512 imprint and digest",
    "accept",
    { imprintDigest: "sha512", digest: "sha512" },
    { imprint: { algorithm: "SHA-512", digest: digestOf("sha512", DATA) } },
  );
  add("a fraction of a second", "accept", { genTime: stamp(NOW).replace("Z", ".125Z") });
  add("signing certificates of both kinds", "accept", { attributes: (a) => [...Object.values(a), certificateV1(tsa)] });
  add("an extension that is not critical", "accept", { last: [context(1, unknownExtension(false))] });
  add("issuer and serial in the certificate's identifier", "accept", {
    attributes: (a) => [a.contentType, a.messageDigest, certificateV2(tsa, issuerSerial("Test Root", tsa))],
  });

  const right = response(base);
  add("a byte behind the response", "der", Buffer.concat([right, Buffer.of(0)]));
  add("bytes behind TSTInfo", "der", { tstTail: tail });
  add("the response with an indefinite length", "der", indefinite(right));
  add("the response with a padded length", "der", paddedLength(right));
  add("the response cut short", "der", right.subarray(0, right.length - 1));
  add("a serial number with a leading zero", "der", { serial: tlv(0x02, Buffer.of(0, 77)) });
  add("ordering written as 01", "der", { middle: [bool(0x01)] });
  add("ordering FALSE written out", "der", { middle: [bool(0x00)] });
  add("signed attributes that are not sorted", "der", {
    sortAttributes: false,
    attributes: (a) => [a.messageDigest, a.contentType, a.certificate].sort(Buffer.compare).reverse(),
  });
  add("genTime without Z", "der", { genTime: stamp(NOW).replace("Z", "") });
  add("genTime with an offset", "der", { genTime: stamp(NOW).replace("Z", "+0000") });
  add("genTime with a trailing zero", "der", { genTime: stamp(NOW).replace("Z", ".50Z") });
  add("genTime on the 30th of February", "der", { genTime: "20260230120000Z" });
  add(
    "critical FALSE written out in a certificate",
    "der",
    variant({
      extensions: [usage(0xc0), eku(true, TIME_STAMPING), seq(oid("1.3.6.1.4.1.55555.1"), bool(0), octets(nil))],
    }),
  );
  add("milliseconds of accuracy out of range", "der", { middle: [seq(primitive(0, Buffer.of(0x03, 0xe8)))] });

  add("a rejection that carries a token", "status", { status: seq(int(2)) });
  add("a waiting that carries a token", "status", { status: seq(int(3)) });
  add("granted without a token", "status", seq(seq(int(0))));
  add("granted with a failure beside it", "status", { status: seq(int(0), bits(Buffer.of(0x80), 7)) });
  add("TSTInfo of version 2", "version", { tstVersion: 2 });
  add("SignedData of version 1", "version", { version: 1 });
  add("SignerInfo of version 3 with issuer and serial", "version", { signerVersion: 3 });
  add("SignerInfo of version 1 with a key identifier", "version", { sid: sidByKey(key) });
  add("a signer's certificate of version 1", "version", variant({ version: 0 }));
  add("content of type data", "content_type", { contentType: "1.2.840.113549.1.7.1" });
  add("a contentType attribute of type data", "content_type", {
    attributes: (a) => [contentTypeAttribute("1.2.840.113549.1.7.1"), a.messageDigest, a.certificate],
  });
  add("a token that is no SignedData", "content_type", { outerType: "1.2.840.113549.1.7.3" });
  add("the imprint of other data", "imprint", { imprint: digestOf("sha256", Buffer.from("other")) });
  add("the imprint under another algorithm's name", "imprint", {
    imprintDigest: "sha512",
    imprint: digestOf("sha256", DATA),
  });
  add("another nonce", "nonce", { nonce: unsigned(Buffer.from("5a01c3f2e4b79d11", "hex")) });
  add("no nonce though one was sent", "nonce", { nonce: null });
  add("the nonce negated", "nonce", { nonce: tlv(0x02, Buffer.from("da01c3f2e4b79d10", "hex")) });
  add("another policy", "policy", { policy: "1.3.6.1.4.1.55555.3.2" });
  add("no signed attributes", "signed_attributes", { attributes: () => null });
  add("no messageDigest", "signed_attributes", { attributes: (a) => [a.contentType, a.certificate] });
  add("no contentType", "signed_attributes", { attributes: (a) => [a.messageDigest, a.certificate] });
  add("no signing certificate", "signed_attributes", { attributes: (a) => [a.contentType, a.messageDigest] });
  add("messageDigest twice", "signed_attributes", {
    attributes: (a) => [a.contentType, a.messageDigest, a.messageDigest, a.certificate],
  });
  add("a messageDigest with two values", "signed_attributes", {
    attributes: (a) => [
      a.contentType,
      attribute("1.2.840.113549.1.9.4", octets(Buffer.alloc(32)), octets(Buffer.alloc(32, 1))),
      a.certificate,
    ],
  });
  add("the digest of other content", "message_digest", {
    attributes: (a) => [a.contentType, digestAttribute(Buffer.alloc(32)), a.certificate],
  });
  add("a digest algorithm that is not announced", "digest_algorithms", { announced: ["sha512"] });
  add("no digest algorithms", "digest_algorithms", { announced: [] });
  add("a SHA-1 imprint", "weak_algorithm", { imprintDigest: "sha1" });
  add("a SHA-1 digest in the token", "weak_algorithm", { digest: "sha1" });
  add("a certificate signed with SHA-1", "weak_algorithm", variant({ digest: "sha1" }));
  add("the signing certificate named by SHA-1 alone", "weak_algorithm", {
    attributes: (a) => [a.contentType, a.messageDigest, certificateV1(tsa)],
  });
  add("a signer's RSA key of 1024 bits", "weak_algorithm", by(signer("Weak TSA", rsa(1024), ca)));

  const twin = signer("Test TSA", rsa(), ca);
  add("two signers", "signer", { signers: (one) => [one, Buffer.concat([one])] });
  add("no signer", "signer", { signers: () => [] });
  add("the hash of another certificate", "signer", {
    attributes: (a) => [a.contentType, a.messageDigest, certificateV2(twin)],
    certificates: [tsa, twin],
  });
  add("the name of another certificate", "signer", { sid: sidByIssuer(twin), certificates: [tsa, twin] });
  add("issuer and serial of another certificate in the identifier", "signer", {
    attributes: (a) => [a.contentType, a.messageDigest, certificateV2(tsa, issuerSerial("Other Root", tsa))],
  });
  add("the signer's certificate is missing", "signer", { certificates: [ca] });
  add("a first certificate identifier that is another's", "signer", {
    attributes: (a) => [
      a.contentType,
      a.messageDigest,
      attribute(
        "1.2.840.113549.1.9.16.2.47",
        seq(seq(seq(octets(digestOf("sha256", twin.der))), seq(octets(digestOf("sha256", tsa.der))))),
      ),
    ],
    certificates: [tsa, twin],
  });
  add("two signing certificates that differ", "signer", {
    attributes: (a) => [...Object.values(a), certificateV1(twin)],
    certificates: [tsa, twin],
  });
  add("one bit of the signature flipped", "signature", {
    signature: (s) => Buffer.concat([s.subarray(0, -1), Buffer.of((s.at(-1) as number) ^ 1)]),
  });
  add("a signature over other attributes", "signature", { signedOver: (a) => Buffer.concat([a, Buffer.of(0)]) });
  add("a signature by another key", "signature", { signWith: rsa() });
  add("an algorithm that does not fit the digest", "signature", { algorithm: signatureAlgorithm(key, "sha512") });
  add("an algorithm that does not fit the key", "signature", { algorithm: signatureAlgorithm(p256, "sha256") });
  add("one bit of TSTInfo flipped", "message_digest", replaced(right, int(77), int(78)));

  const stranger = root("Test Root", rsa());
  const impostor = signer("Test TSA", key, stranger);
  add(
    "an unknown root",
    "chain",
    (() => {
      const other = root("Other Root", rsa());
      return by(signer("Test TSA", key, other), other);
    })(),
  );
  add("an impostor of the root, by name", "chain", by(impostor, stranger));
  add(
    "a signer that signed itself",
    "chain",
    by(
      issue({
        subject: "Test TSA",
        pair: key,
        issuer: "Test TSA",
        issuerPair: key,
        extensions: [usage(0xc0), eku(true, TIME_STAMPING)],
      }),
    ),
  );
  const leaf = signer("Plain Leaf", rsa(), ca, { extensions: [] });
  add("an issuer that is no authority", "chain", by(signer("Test TSA", key, leaf), leaf));
  add(
    "two signature algorithms in one certificate",
    "chain",
    variant({ innerAlgorithm: signatureAlgorithm(key, "sha512") }),
  );
  add("another authority's key identifier", "chain", variant({ authorityKey: Buffer.alloc(20, 7) }));
  add("the intermediate authority is missing", "chain", by(below));
  add("the signer's certificate had expired", "validity", variant({ until: NOW - DAY }));
  add("the signer's certificate was not valid yet", "validity", variant({ from: NOW + DAY }));
  const oldRoot = root("Old Root", rsa(), { until: NOW - DAY });
  add("the root had expired", "validity", by(signer("Test TSA", key, oldRoot)), { roots: [oldRoot.der] });
  const oldMiddle = issue({
    subject: "Old Intermediate",
    pair: rsa(),
    issuer: ca.subject,
    issuerPair: ca.pair,
    extensions: [authority(0), usage(0x06)],
    until: NOW - DAY,
  });
  add("the intermediate had expired", "validity", by(signer("Test TSA", key, oldMiddle), oldMiddle));
  add("no extended key usage", "extended_key_usage", variant({ extensions: [usage(0xc0)] }));
  add(
    "extended key usage that is not critical",
    "extended_key_usage",
    variant({ extensions: [usage(0xc0), eku(false, TIME_STAMPING)] }),
  );
  add(
    "another purpose beside time-stamping",
    "extended_key_usage",
    variant({ extensions: [usage(0xc0), eku(true, TIME_STAMPING, "1.3.6.1.5.5.7.3.3")] }),
  );
  add(
    "another purpose instead of time-stamping",
    "extended_key_usage",
    variant({ extensions: [usage(0xc0), eku(true, "1.3.6.1.5.5.7.3.1")] }),
  );
  add("any purpose", "extended_key_usage", variant({ extensions: [usage(0xc0), eku(true, "2.5.29.37.0")] }));
  add("a signer's key for encryption", "key_usage", variant({ extensions: [usage(0x20), eku(true, TIME_STAMPING)] }));
  add(
    "a signer's key for signing and encryption",
    "key_usage",
    variant({ extensions: [usage(0xa0), eku(true, TIME_STAMPING)] }),
  );
  add(
    "a signer that is an authority",
    "key_usage",
    variant({ extensions: [authority(), usage(0xc0), eku(true, TIME_STAMPING)] }),
  );
  const mute = root("Mute Root", rsa(), { extensions: [authority(), usage(0x02)] });
  add("a root that may not sign certificates", "key_usage", by(signer("Test TSA", key, mute)), { roots: [mute.der] });
  const short = root("Short Root", rsa(), { extensions: [authority(0), usage(0x06)] });
  const second = issue({
    subject: "Second",
    pair: rsa(),
    issuer: short.subject,
    issuerPair: short.pair,
    extensions: [authority(), usage(0x06)],
  });
  add("a path longer than the root allows", "path_length", by(signer("Test TSA", key, second), second), {
    roots: [short.der],
  });
  add(
    "an unknown critical extension of the signer",
    "critical_extension",
    variant({ extensions: [usage(0xc0), eku(true, TIME_STAMPING), unknownExtension(true)] }),
  );
  const odd = root("Odd Root", rsa(), { extensions: [authority(), usage(0x06), unknownExtension(true)] });
  add("an unknown critical extension of the root", "critical_extension", by(signer("Test TSA", key, odd)), {
    roots: [odd.der],
  });
  const narrow = root("Narrow Root", rsa(), {
    extensions: [
      authority(),
      usage(0x06),
      extension("2.5.29.30", seq(context(0, seq(primitive(2, Buffer.from("example"))))), true),
    ],
  });
  add("critical name constraints of the root", "critical_extension", by(signer("Test TSA", key, narrow)), {
    roots: [narrow.der],
  });
  add("an unknown critical extension of TSTInfo", "critical_extension", { last: [context(1, unknownExtension(true))] });
  add(
    "an extension that stands twice",
    "critical_extension",
    variant({ extensions: [usage(0xc0), eku(true, TIME_STAMPING), unknownExtension(false), unknownExtension(false)] }),
  );
  add("the name of another TSA", "tsa_name", { last: [context(0, context(4, nameOf("Other TSA")))] });
  add("a stamped time before the request", "window", { genTime: stamp(NOW - 3_600_000) });
  add("a stamped time after the answer", "window", { genTime: stamp(NOW + 3_600_000) });
  add("a stamped time before an earlier anchor's", "monotonic", {}, { notBefore: NOW + 60_000 });
  add("an answer to yesterday's request, replayed", "nonce", right, {
    nonce: Buffer.from("1122334455667788", "hex"),
    sent: NOW + DAY,
    received: NOW + DAY + 500,
  });
  add("a token without its response around it", "der", token(base) as Bytes);
  return cases;
}
