/**
 * A real TSA for tests and for trying things out: `openssl ts -reply` behind HTTP, with an authority made on the spot.
 *
 * `mood` makes it misbehave, the way TSAs on the internet do and liars would.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Mood =
  | "honest"
  | "slow"
  | "silent"
  | "garbage"
  | "replaying"
  | "redirecting"
  | "failing"
  | "endless"
  | "wrong_type";

export interface TestTsa {
  readonly url: string;
  /** Certificate of the authority: PEM, its path, and DER. */
  readonly root: string;
  readonly rootFile: string;
  readonly rootDer: Buffer;
  readonly requests: () => number;
  mood(mood: Mood): void;
  close(): Promise<void>;
}

const CONFIG = (folder: string): string => `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = thc test authority
[ca]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[tsa]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa_config]
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/tsa.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.55555.3.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** \`null\` where there is no openssl. */
export async function startTsa(): Promise<TestTsa | null> {
  if (spawnSync("openssl", ["version"]).error !== undefined) return null;
  const folder = mkdtempSync(join(tmpdir(), "thc-tsa-"));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: readonly string[]): void => {
    const done = spawnSync("openssl", args, { encoding: "utf8" });
    if (done.status !== 0) throw new Error(done.stderr);
  };
  writeFileSync(at("config"), CONFIG(folder));
  writeFileSync(at("serial"), "01\n");
  const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", at("config")];
  openssl("req", "-x509", ...fresh, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-extensions", "ca", "-days", "30");
  openssl("req", "-new", ...fresh, "-keyout", at("tsa.key"), "-out", at("tsa.csr"), "-subj", "/CN=thc test tsa");
  openssl(
    "x509",
    "-req",
    "-in",
    at("tsa.csr"),
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-out",
    at("tsa.pem"),
    "-extfile",
    at("config"),
    "-extensions",
    "tsa",
    "-days",
    "20",
    "-set_serial",
    "7",
  );
  let mood: Mood = "honest";
  let requests = 0;
  let kept: Buffer | null = null;

  function reply(query: Buffer): Buffer {
    writeFileSync(at("query"), query);
    openssl(
      "ts",
      "-reply",
      "-config",
      at("config"),
      "-section",
      "tsa_config",
      "-queryfile",
      at("query"),
      "-out",
      at("reply"),
    );
    return readFileSync(at("reply"));
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      requests += 1;
      const query = Buffer.concat(parts);
      const send = (body: Buffer, type = "application/timestamp-reply"): void => {
        response.writeHead(200, { "content-type": type }).end(body);
      };
      switch (mood) {
        case "honest":
          kept = reply(query);
          return send(kept);
        case "replaying":
          kept ??= reply(query);
          return send(kept);
        case "slow":
          return void setTimeout(() => send(reply(query)), 1500);
        case "silent":
          return;
        case "garbage":
          return send(Buffer.from("3082ffff00", "hex"));
        case "wrong_type":
          return send(reply(query), "text/html");
        case "redirecting":
          return void response.writeHead(302, { location: "/elsewhere" }).end();
        case "failing":
          return void response.writeHead(503).end();
        case "endless":
          response.writeHead(200, { "content-type": "application/timestamp-reply" });
          for (let i = 0; i < 40; i++) response.write(Buffer.alloc(16_384));
          response.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const root = readFileSync(at("ca.pem"), "utf8");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    root,
    rootFile: at("ca.pem"),
    rootDer: Buffer.from(root.replace(/-----[^-]+-----|\s/g, ""), "base64"),
    requests: () => requests,
    mood(next) {
      mood = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
