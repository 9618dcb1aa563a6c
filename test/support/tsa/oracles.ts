/** openssl and pkijs as second opinions on a time-stamp response. What they accept wrongly is listed, not copied. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBER } from "asn1js";
import * as pkijs from "pkijs";
import { bool, int, nil, octets, oid, seq, unsigned } from "./der-writer.ts";
import type { MatrixEntry } from "./matrix.ts";
import { DATA } from "./mint.ts";

const HASHES = {
  "SHA-256": "2.16.840.1.101.3.4.2.1",
  "SHA-384": "2.16.840.1.101.3.4.2.2",
  "SHA-512": "2.16.840.1.101.3.4.2.3",
};

/** The request that the entry says was sent, DER. */
export function requestOf({ expected }: MatrixEntry): Buffer {
  return seq(
    int(1),
    seq(seq(oid(HASHES[expected.imprint.algorithm]), nil), octets(expected.imprint.digest)),
    ...(expected.policy == null ? [] : [oid(expected.policy)]),
    ...(expected.nonce == null ? [] : [unsigned(expected.nonce)]),
    bool(0xff),
  );
}

const pemOf = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

export function opensslAccepts(entry: MatrixEntry): boolean {
  const folder = mkdtempSync(join(tmpdir(), "thc-oracle-"));
  try {
    const [response, request, roots] = ["response.tsr", "request.tsq", "roots.pem"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(response, entry.response);
    writeFileSync(request, requestOf(entry));
    writeFileSync(roots, entry.trust.roots.map(pemOf).join(""));
    const at = String(Math.floor(entry.genTime / 1000));
    const done = spawnSync(
      "openssl",
      ["ts", "-verify", "-in", response, "-queryfile", request, "-CAfile", roots, "-attime", at],
      { encoding: "utf8" },
    );
    return done.status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With checkChain, the way its documentation does it. */
export async function pkijsAccepts(entry: MatrixEntry): Promise<boolean> {
  pkijs.setEngine("node", new pkijs.CryptoEngine({ name: "node", crypto: globalThis.crypto as never }));
  try {
    const response = new pkijs.TimeStampResp({ schema: fromBER(Uint8Array.from(entry.response).buffer).result });
    const token = response.timeStampToken;
    if (token === undefined) return false;
    const data = new pkijs.SignedData({ schema: token.content });
    const trustedCerts = entry.trust.roots.map(
      (der) => new pkijs.Certificate({ schema: fromBER(Uint8Array.from(der).buffer).result }),
    );
    return await data.verify({
      signer: 0,
      trustedCerts,
      checkChain: true,
      checkDate: new Date(entry.genTime),
      // pkijs hashes the data itself.
      data: Uint8Array.from(DATA).buffer,
    });
  } catch {
    return false;
  }
}
