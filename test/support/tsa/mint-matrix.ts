/**
 * Writes test/conformance/rfc3161/matrix.json anew, with fresh keys:
 *
 *   npx esbuild test/support/tsa/mint-matrix.ts --bundle --platform=node --format=esm --outfile=mint.mjs && node mint.mjs
 */

import { writeFileSync } from "node:fs";
import { mintCases } from "./cases.ts";

const cases = mintCases();
const roots = [...new Set(cases.flatMap((one) => one.roots.map((der) => der.toString("base64"))))];
const lines = cases.map((one) =>
  JSON.stringify({
    ...one,
    response: one.response.toString("base64"),
    roots: one.roots.map((der) => roots.indexOf(der.toString("base64"))),
    imprint: { ...one.imprint, digest: one.imprint.digest.toString("hex") },
    nonce: one.nonce?.toString("hex") ?? null,
  }),
);
const text = `{"roots":${JSON.stringify(roots)},\n"cases":[\n${lines.join(",\n")}\n]}\n`;
writeFileSync(process.argv[2] ?? "test/conformance/rfc3161/matrix.json", text);
