/** Algorithms that a time-stamp may use, by identifier, and how WebCrypto is asked to check a signature. */

import type { Subtle } from "../platform.ts";
import { childrenOf, cursor, type Der, oidText, readWhole, sameBytes, sequence, smallInteger, TAG } from "./der.ts";
import { type Clause, refuse } from "./trust.ts";

export type HashName = "SHA-256" | "SHA-384" | "SHA-512";

const HASHES: Readonly<Record<string, HashName>> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};

const WEAK: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "SHA-1",
  "1.2.840.113549.2.5": "MD5",
  "1.2.840.113549.2.2": "MD2",
  "1.2.840.113549.1.1.2": "MD2 with RSA",
  "1.2.840.113549.1.1.4": "MD5 with RSA",
  "1.2.840.113549.1.1.5": "SHA-1 with RSA",
  "1.3.14.3.2.29": "SHA-1 with RSA",
  "1.2.840.10045.4.1": "ECDSA with SHA-1",
  "1.2.840.10040.4.3": "DSA with SHA-1",
};

export interface Algorithm {
  readonly oid: string;
  readonly parameters: Der | null;
  readonly whole: Uint8Array;
}

export function readAlgorithm(der: Der): Algorithm {
  const [name, parameters, ...more] = childrenOf(sequence(der, "an algorithm"));
  if (name?.tag !== TAG.oid || more.length > 0) return refuse("der", "an algorithm that is none");
  return { oid: oidText(name.content), parameters: parameters ?? null, whole: der.whole };
}

const noParameters = ({ parameters }: Algorithm): boolean => parameters === null || parameters.tag === TAG.null;

export function hashOf(algorithm: Algorithm, what: string, clause: Clause = "signature"): HashName {
  const weak = WEAK[algorithm.oid];
  if (weak !== undefined) refuse("weak_algorithm", `${what} uses ${weak}`);
  const name = HASHES[algorithm.oid];
  if (name === undefined || !noParameters(algorithm))
    return refuse(clause, `${what} uses an unknown digest ${algorithm.oid}`);
  return name;
}

export type SignatureScheme =
  | { readonly family: "rsa"; readonly hash: HashName }
  | { readonly family: "pss"; readonly hash: HashName; readonly salt: number }
  | { readonly family: "ecdsa"; readonly hash: HashName }
  | { readonly family: "ed25519" };

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const RSA_PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";
const ED25519 = "1.3.101.112";
const RSA_WITH: Readonly<Record<string, HashName>> = {
  "1.2.840.113549.1.1.11": "SHA-256",
  "1.2.840.113549.1.1.12": "SHA-384",
  "1.2.840.113549.1.1.13": "SHA-512",
};
const ECDSA_WITH: Readonly<Record<string, HashName>> = {
  "1.2.840.10045.4.3.2": "SHA-256",
  "1.2.840.10045.4.3.3": "SHA-384",
  "1.2.840.10045.4.3.4": "SHA-512",
};

/** `digest`: the SignerInfo's digest algorithm, which must agree; `null` for certificates. */
export function schemeOf(algorithm: Algorithm, digest: HashName | null, what: string): SignatureScheme {
  const { oid } = algorithm;
  const weak = WEAK[oid];
  if (weak !== undefined) refuse("weak_algorithm", `${what} is signed by ${weak}`);
  const agree = (hash: HashName): HashName =>
    digest === null || digest === hash
      ? hash
      : refuse("signature", `${what} is signed with ${hash} over a digest by ${digest}`);
  if (oid === RSA_ENCRYPTION && digest !== null && noParameters(algorithm)) return { family: "rsa", hash: digest };
  const rsa = RSA_WITH[oid];
  if (rsa !== undefined && noParameters(algorithm)) return { family: "rsa", hash: agree(rsa) };
  const ecdsa = ECDSA_WITH[oid];
  if (ecdsa !== undefined && algorithm.parameters === null) return { family: "ecdsa", hash: agree(ecdsa) };
  if (oid === ED25519 && algorithm.parameters === null) return { family: "ed25519" };
  if (oid === RSA_PSS && algorithm.parameters !== null) {
    const { hash, salt } = pssParameters(algorithm.parameters, what);
    return { family: "pss", hash: agree(hash), salt };
  }
  return refuse("signature", `${what} is signed by an unknown algorithm ${oid}`);
}

function pssParameters(der: Der, what: string): { readonly hash: HashName; readonly salt: number } {
  const fields = cursor(der);
  const hashField = fields.optional(TAG.context(0));
  const mgfField = fields.optional(TAG.context(1));
  const saltField = fields.optional(TAG.context(2));
  fields.end("RSA-PSS parameters");
  // The defaults are SHA-1 and its length.
  if (hashField === null || mgfField === null)
    return refuse("weak_algorithm", `${what} is signed by RSA-PSS with SHA-1`);
  const hash = hashOf(readAlgorithm(cursor(hashField).take(TAG.sequence, "a digest")), what);
  const mgf = readAlgorithm(cursor(mgfField).take(TAG.sequence, "a mask function"));
  if (mgf.oid !== MGF1 || mgf.parameters === null || hashOf(readAlgorithm(mgf.parameters), what) !== hash)
    return refuse("signature", `${what} is signed by RSA-PSS with an unknown mask`);
  const salt = saltField === null ? 20 : smallInteger(cursor(saltField).take(TAG.integer, "a salt length"));
  return { hash, salt };
}

const EC_PUBLIC_KEY = "1.2.840.10045.2.1";
const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  "1.2.840.10045.3.1.7": { name: "P-256", bytes: 32 },
  "1.3.132.0.34": { name: "P-384", bytes: 48 },
  "1.3.132.0.35": { name: "P-521", bytes: 66 },
};
const SHORTEST_RSA = 2048;

/** Does `key` (SubjectPublicKeyInfo) verify? Weak keys and keys of another family are refused. */
export async function signatureHolds(
  subtle: Subtle,
  scheme: SignatureScheme,
  key: Der,
  signature: Uint8Array,
  data: Uint8Array,
  what: string,
): Promise<boolean> {
  const info = cursor(key);
  const algorithm = readAlgorithm(info.take(TAG.sequence, "a key's algorithm"));
  const family = {
    rsa: RSA_ENCRYPTION,
    pss: algorithm.oid === RSA_PSS ? RSA_PSS : RSA_ENCRYPTION,
    ecdsa: EC_PUBLIC_KEY,
    ed25519: ED25519,
  }[scheme.family];
  if (algorithm.oid !== family) return refuse("signature", `${what} is signed by a key of another kind`);
  switch (scheme.family) {
    case "rsa":
    case "pss": {
      const bits = rsaBits(info.take(TAG.bitString, "an RSA key"));
      if (bits < SHORTEST_RSA) return refuse("weak_algorithm", `${what} is signed by an RSA key of ${bits} bits`);
      const name = scheme.family === "rsa" ? "RSASSA-PKCS1-v1_5" : "RSA-PSS";
      const imported = await importKey(subtle, key, { name, hash: scheme.hash }, what);
      const how = scheme.family === "rsa" ? { name } : { name, saltLength: scheme.salt };
      return subtle.verify(how, imported, signature, data);
    }
    case "ecdsa": {
      const curve = algorithm.parameters?.tag === TAG.oid ? CURVES[oidText(algorithm.parameters.content)] : undefined;
      if (curve === undefined) return refuse("signature", `${what} is signed on an unknown curve`);
      const imported = await importKey(subtle, key, { name: "ECDSA", namedCurve: curve.name }, what);
      const raw = rawEcdsa(signature, curve.bytes);
      return raw !== null && subtle.verify({ name: "ECDSA", hash: scheme.hash }, imported, raw, data);
    }
    case "ed25519":
      return subtle.verify(
        { name: "Ed25519" },
        await importKey(subtle, key, { name: "Ed25519" }, what),
        signature,
        data,
      );
  }
}

async function importKey(subtle: Subtle, key: Der, algorithm: Parameters<Subtle["importKey"]>[2], what: string) {
  try {
    return await subtle.importKey("spki", key.whole, algorithm, false, ["verify"]);
  } catch {
    return refuse("signature", `${what} is signed by a key that cannot be read`);
  }
}

function rsaBits(bitString: Der): number {
  const modulus = cursor(readWhole(bitString.content.subarray(1))).take(TAG.integer, "a modulus").content;
  const bytes = modulus[0] === 0 ? modulus.subarray(1) : modulus;
  return bytes.length * 8 - Math.clz32(bytes[0] ?? 0) + 24;
}

/** SEQUENCE { r, s } to r ‖ s. */
function rawEcdsa(signature: Uint8Array, bytes: number): Uint8Array | null {
  const fields = cursor(readWhole(signature));
  const raw = new Uint8Array(2 * bytes);
  for (const i of [1, 2]) {
    const { content } = fields.take(TAG.integer, "an ECDSA signature");
    if ((content[0] as number) >= 0x80) return null;
    const value = content[0] === 0 ? content.subarray(1) : content;
    if (value.length > bytes) return null;
    raw.set(value, i * bytes - value.length);
  }
  fields.end("an ECDSA signature");
  return raw;
}

export async function digestOf(subtle: Subtle, hash: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await subtle.digest(hash, bytes));
}

export async function isDigest(
  subtle: Subtle,
  hash: HashName,
  bytes: Uint8Array,
  digest: Uint8Array,
): Promise<boolean> {
  return sameBytes(await digestOf(subtle, hash, bytes), digest);
}
