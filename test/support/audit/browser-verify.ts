/** Runs in a browser: verifies the log in `FILES` and the matrix of time-stamps, and writes what it found into the page. */

import { memorySource, portablePlatform, reportText, verifyLog, verifyTimestamp } from "@thc/audit/verify";
import stored from "../../conformance/rfc3161/matrix.json" with { type: "json" };

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const unhex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const { FILES, document } = globalThis as unknown as {
  readonly FILES: Readonly<Record<string, string>>;
  readonly document: { readonly body: { append(text: string): void } };
};

const platform = portablePlatform();
const files = new Map(Object.entries(FILES).map(([name, content]) => [name, bytes(content)]));
document.body.append(reportText(await verifyLog(memorySource(files), { platform })));
let expected = 0;
for (const one of stored.cases) {
  const verdict = await verifyTimestamp(
    platform.subtle,
    bytes(one.response),
    {
      imprint: { algorithm: one.imprint.algorithm as "SHA-256", digest: unhex(one.imprint.digest) },
      nonce: one.nonce === null ? null : unhex(one.nonce),
      policy: one.policy,
      sent: one.sent,
      received: one.received,
      notBefore: one.notBefore,
    },
    { roots: one.roots.map((index) => bytes(stored.roots[index] as string)) },
  );
  if ((verdict.ok ? "accept" : verdict.clause) === one.expect) expected += 1;
}
document.body.append(`matrix ${expected} of ${stored.cases.length} judged as expected`);
