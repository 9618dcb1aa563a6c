import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AppendableBody, commitmentOf, createSigner, createTree, openLog } from "@thc/audit";
import { describe, expect, test } from "vitest";
import { freshFolder, pythonReads, segmentFiles } from "../../support/audit/folders.ts";
import { pem, VECTORS, vectors, vectorTime } from "../../support/audit/vectors.ts";

describe("the writer, against vectors that another program made", () => {
  test.each(["plain", "keyed"])("writes the log `%s` byte for byte", async (name) => {
    const folder = freshFolder();
    const sidecar = freshFolder();
    let step = 0;
    const keyed = name === "keyed";
    mkdirSync(sidecar, { recursive: true });
    writeFileSync(join(sidecar, "sidecar-000000.jsonl"), `${JSON.stringify({ record: 1, filler: "x".repeat(40) })}\n`);
    const { log } = openLog({
      folder,
      sidecar,
      origin: vectors.origin,
      signingKey: pem(vectors.private_keys[0] as string),
      clock: () => vectorTime(step),
      ...(keyed ? { mac: { segment: 0, key: Buffer.from(vectors.mac_key, "hex") } } : {}),
      ...(keyed ? { cadence: { records: 10000, seconds: 300 } } : {}),
    });
    for (const { append, checkpoint, seal } of vectors.steps) {
      step += 1;
      if (append?.kind === "erased") await log.erase(append.record as number, append.reason as string);
      else if (append !== undefined) await log.append(append as AppendableBody);
      else if (checkpoint === true) await log.checkpoint();
      else if (seal === true) await log.rotateSegment();
      else await log.rotateKey(pem(vectors.private_keys[1] as string));
    }
    await log.close();
    const files = segmentFiles(join(VECTORS, name));
    expect(segmentFiles(folder)).toEqual(files);
    for (const file of [...files, "checkpoint"])
      expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(join(VECTORS, name, file), "utf8"));
  });

  test("makes the same roots and peaks", () => {
    const tree = createTree(0, []);
    for (const { size, root, peaks } of vectors.trees) {
      expect({ size: tree.size(), root: tree.root(), peaks: tree.peaks() }).toEqual({ size, root, peaks });
      tree.push(vectors.leaves[size % vectors.leaves.length] as string);
    }
  });

  test("makes the same commitments and verification keys", () => {
    for (const { label, salt, value, commitment } of vectors.commitments)
      expect(commitmentOf(label, Buffer.from(salt, "base64"), Buffer.from(value, "base64"))).toBe(commitment);
    expect(vectors.private_keys.map((key) => createSigner(vectors.origin, pem(key)).verificationKey)).toEqual(
      vectors.verification_keys,
    );
  });
});

describe("the Python reader", () => {
  test.each([
    ["plain"],
    ["plain-1"],
    ["keyed", "--mac-key", vectors.mac_key],
    ["keyed-1", "--mac-key", vectors.mac_key],
  ])("accepts the vector `%s`", (name, ...args) => {
    const answer = pythonReads(join(VECTORS, name), ...args);
    if (answer === null) return console.log("skipped: no python3");
    expect(answer.said).toMatchObject({ segments: 2, records: 15, key: vectors.verification_keys[1] });
  });

  test("refuses a log with one byte changed, and one with a wrong MAC key", () => {
    const folder = freshFolder();
    const files = [...segmentFiles(join(VECTORS, "keyed"))];
    for (const file of files) writeFileSync(join(folder, file), readFileSync(join(VECTORS, "keyed", file)));
    const wrongKey = pythonReads(folder, "--mac-key", "00".repeat(32));
    if (wrongKey === null) return console.log("skipped: no python3");
    expect(wrongKey.ok).toBe(false);
    const bytes = readFileSync(join(folder, files[0] as string));
    bytes.writeUInt8(bytes.readUInt8(900) ^ 1, 900);
    writeFileSync(join(folder, files[0] as string), bytes);
    expect(pythonReads(folder)?.ok).toBe(false);
  });
});
