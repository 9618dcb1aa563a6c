import { canonicalText, commitDecision, type DecisionRecordBody, type HostBody, isAuditFailure } from "@thc/audit";
import { nodePlatform, readRecords } from "@thc/audit/read";
import { memorySource, portablePlatform, verifyLog } from "@thc/audit/verify";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeHost } from "../support/audit/decisions.ts";
import { freshFolder, linesOf, readSegments } from "../support/audit/folders.ts";
import { openTestLog, verifyFolder } from "../support/audit/verify.ts";

const wellFormed = fc.string({ unit: "binary" }).filter((text) => !/\p{Surrogate}/u.test(text));
const scalar = fc.oneof(wellFormed, fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(wellFormed, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

/** RFC 8785 by its own text: sort keys by UTF-16, JSON.stringify for the rest. */
function jcs(input: unknown): string {
  if (Array.isArray(input)) return `[${input.map(jcs).join(",")}]`;
  if (typeof input === "object" && input !== null)
    return `{${Object.keys(input)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${jcs((input as Record<string, unknown>)[key])}`)
      .join(",")}}`;
  return JSON.stringify(Object.is(input, -0) ? 0 : input);
}

describe("what a record holds", () => {
  test("canonical text is RFC 8785's, and parses back to the value", () => {
    fc.assert(
      fc.property(value, (input) => {
        const text = canonicalText(input);
        expect(text).toBe(jcs(input));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(input)));
      }),
    );
  });

  test("what a serialiser would change silently is refused", () => {
    const sparse = [1];
    sparse[2] = 3;
    const deep = JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`) as unknown;
    for (const bad of [
      undefined,
      1.5,
      2 ** 53,
      Number.NaN,
      1n,
      () => 1,
      Symbol("x"),
      new Map(),
      new Date(),
      [undefined],
      sparse,
      { a: undefined },
      "\ud800",
      { "\udc00": 1 },
      deep,
      Object.create({ a: 1 }),
    ])
      expect(() => canonicalText(bad)).toThrow();
    expect(canonicalText(-0)).toBe("0");
  });

  test("a written record is accepted by the verifier, whatever a host puts in it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(
            fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/).filter((key) => key !== "time" && key !== "kind"),
            value,
            { maxKeys: 4, noNullPrototype: true },
          ),
          { minLength: 1, maxLength: 4 },
        ),
        async (bodies) => {
          const folder = freshFolder();
          const { log } = openTestLog(folder);
          for (const body of bodies) await log.append({ ...body, kind: "x_any" } as HostBody);
          await log.close();
          expect((await verifyFolder(folder)).integrity).toEqual({ ok: true });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("a line that is JSON but not canonical is refused, even under a right hash", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await log.append({ kind: "x_step", n: 1, text: "é" });
    await log.close();
    const [header, step] = readSegments(folder).toString("utf8").split("\n") as [string, string];
    const platform = nodePlatform();
    const rehash = (members: string): Buffer => {
      const text = members.replace(/^\{"_hash":"[0-9a-f]{64}",/, "{");
      return Buffer.from(`{"_hash":"${platform.sha256Hex(Buffer.from(`\0${text}`))}",${text.slice(1)}`);
    };
    const verdict = async (line: Buffer): Promise<string> => {
      const segment = Buffer.concat([Buffer.from(`${header}\n`), line, Buffer.from("\n")]);
      const { integrity } = await verifyLog(memorySource(new Map([["segment-000000.jsonl", segment]])), { platform });
      return integrity.ok ? "ok" : integrity.fault.kind;
    };
    expect(await verdict(rehash(step))).toBe("ok");
    const changes: [string, string][] = [
      ['"n":1', '"n": 1'],
      ['"n":1', '"n":1.0'],
      ['"n":1', '"n":01'],
      ['"n":1', '"n":-0'],
      ['"n":1', '"n":1e2'],
      ['"n":1', '"n":9007199254740992'],
      ['"n":1', '"n":1,"n":2'],
      ['"n":1', '"n":{"b":1,"a":2}'],
      ['"n":1', '"n":{"b":1,"aa":2}'],
      ['"n":1', '"n":{"aa":1,"a":2}'],
      ['"n":1', '"n":"\\u0041"'],
      ['"n":1', '"n":"\\/"'],
      ['"n":1', '"n":"\\u000A"'],
      ['"n":1', '"n":"\\u0008"'],
      ['"n":1', '"n":"\t"'],
      ['"n":1', '"n":tru'],
      ['"n":1', '"n":[1,]'],
      ['"n":1', '"n":+1'],
      ['"n":1', '"N":1'],
      ['"n":1', '"_n":1'],
      ['"n":1', `"n":${"[".repeat(33)}${"]".repeat(33)}`],
    ];
    for (const [from, to] of changes)
      expect([to, await verdict(rehash(step.replace(from, to)))]).toEqual([to, "not_canonical"]);
    const bytes = rehash(step.replace("é", "ab"));
    bytes.set([0xc3, 0x28], bytes.indexOf("ab"));
    const text = bytes.subarray(76);
    const digest = platform.sha256Hex(Buffer.concat([Buffer.from("\0{"), text]));
    bytes.write(digest, 10, "latin1");
    expect(await verdict(bytes)).toBe("not_canonical");
    expect(await verdict(rehash(step.replace('"x_step"', '"step"')))).toBe("bad_record");
    expect(await verdict(rehash(step.replace(/"time":"[^"]*"/, '"time":"2026-02-30T00:00:00.000Z"')))).toBe(
      "bad_record",
    );
  });

  test("the verifier's own SHA-256 is SHA-256", () => {
    const [portable, node] = [portablePlatform(), nodePlatform()];
    for (let length = 0; length < 300; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
      expect(portable.sha256Hex(bytes)).toBe(node.sha256Hex(bytes));
      expect(Buffer.from(portable.hmacSha256(bytes, bytes)).toString("hex")).toBe(
        Buffer.from(node.hmacSha256(bytes, bytes)).toString("hex"),
      );
    }
  });

  test("the serialiser made for decisions writes what the general one does", async () => {
    const strings = fc.array(wellFormed, { maxLength: 3 });
    const maybe = fc.option(wellFormed);
    const hash = fc.constant("a".repeat(64));
    const bodies: fc.Arbitrary<DecisionRecordBody> = fc.record({
      kind: fc.constant("decision" as const),
      action: hash,
      agent: maybe,
      answer: hash,
      approvals: fc.array(fc.record({ approver: wellFormed, id: wellFormed, role: wellFormed, rule: wellFormed }), {
        maxLength: 2,
      }),
      contract: fc.record({ digest: fc.constant(`sha256:${"b".repeat(64)}`), name: wellFormed, version: wellFormed }),
      enforce: fc.boolean(),
      obligations: strings,
      observed: fc.array(
        fc.record({ rule: wellFormed, would: fc.subarray(["deny", "ask", "oblige", "warn", "label"]) }),
        { maxLength: 2 },
      ),
      outcome: fc.constantFrom("allow", "allow_with_obligations", "require_approval", "deny"),
      reason: maybe,
      request: hash,
      rules: strings,
      state: fc.record({ after: hash, before: hash }),
      tags: strings,
      tool: maybe,
      trace_id: maybe,
      valid_until: fc.option(fc.maxSafeNat()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(bodies, { minLength: 1, maxLength: 3 }), async (list) => {
        const folder = freshFolder();
        const { log } = openTestLog(folder);
        for (const body of list) await log.append(body);
        await log.close();
        const written = readSegments(folder)
          .toString("utf8")
          .split("\n")
          .filter((line) => line.includes('"kind":"decision"'));
        expect(written.map((line) => canonicalText(JSON.parse(line)))).toEqual(written);
        expect(written.map((line) => JSON.parse(line) as unknown)).toMatchObject(list as unknown as object[]);
        expect((await verifyFolder(folder, { mode: "deep" })).integrity).toEqual({ ok: true });
      }),
      { numRuns: 30 },
    );
  });
});

describe("appending", () => {
  test("records are acknowledged in order, however they are mixed", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder, { limits: { records: 20 } });
    const pending: Promise<{ seq: number }>[] = [];
    const seqs: number[] = [];
    for (let n = 0; n < 60; n++) {
      if (n % 7 === 3) seqs.push(log.appendSync({ kind: "x_sync", n }).seq);
      else pending.push(log.append({ kind: "x_async", n }));
      if (n % 11 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    seqs.push(...(await Promise.all(pending)).map(({ seq }) => seq));
    await log.close();
    expect(new Set(seqs).size).toBe(60);
    expect((await verifyFolder(folder)).integrity).toEqual({ ok: true });
    expect(
      linesOf(folder)
        .filter(({ kind }) => String(kind).startsWith("x_"))
        .map(({ n }) => n),
    ).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  test("too much that waits is refused, and welcome again when it is written", async () => {
    const { log } = openTestLog(freshFolder(), { maxPendingBytes: 20_000 });
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, n) => log.append({ kind: "x_big", n, text: "x".repeat(1000) })),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.every(({ reason }) => isAuditFailure(reason) && reason.code === "backpressure")).toBe(true);
    await log.ready();
    await log.append({ kind: "x_big", n: 41 });
    await log.close();
    await expect(log.append({ kind: "x_big", n: 42 })).rejects.toMatchObject({ code: "closed" });
  });

  test("a record that is too long, or of a reserved kind, is refused and leaves no trace", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder, { mac: { segment: 0, key: Buffer.alloc(32, 1) } });
    await expect(log.append({ kind: "x_long", text: "x".repeat(1_100_000) })).rejects.toMatchObject({
      code: "bad_body",
    });
    for (const body of [
      { kind: "seal" },
      { kind: "checkpoint" },
      { kind: "x_a", time: "now" },
      { kind: "x_a", Big: 1 },
      { kind: "x_a", _hash: "1" },
      { kind: "X_a" },
    ])
      await expect(log.append(body as unknown as HostBody)).rejects.toMatchObject({ code: "bad_body" });
    await log.append({ kind: "x_fine" });
    await log.close();
    const report = await verifyFolder(folder, { mac: { segment: 0, key: Buffer.alloc(32, 1) } });
    expect(report).toMatchObject({ ok: true, macs: "checked", kinds: { x_fine: 1 } });
  });

  test("a keyed log rotates and ratchets, and opens only with its key", async () => {
    const folder = freshFolder();
    let kept = { segment: 0, key: Buffer.alloc(32, 3) as Uint8Array };
    const options = {
      limits: { records: 5 },
      onRatchet: (segment: number, key: Uint8Array) => {
        kept = { segment, key };
      },
    };
    const first = openTestLog(folder, { ...options, mac: kept });
    for (let n = 0; n < 12; n++) await first.log.append({ kind: "x_step", n });
    await first.log.close();
    expect(kept.segment).toBeGreaterThan(1);
    expect(() => openTestLog(folder)).toThrow(/keyed/);
    expect(() => openTestLog(folder, { mac: { ...kept, key: Buffer.alloc(32) } })).toThrow(/does not follow/);
    const again = openTestLog(folder, { ...options, mac: kept });
    await again.log.append({ kind: "x_step", n: 12 });
    await again.log.close();
    expect(await verifyFolder(folder, { mac: { segment: 0, key: Buffer.alloc(32, 3) } })).toMatchObject({
      ok: true,
      macs: "checked",
    });
  });

  test("a commitment hides what is likely: the same request is never the same twice", () => {
    const decide = fakeHost();
    const input = decide("s1");
    expect(commitDecision(input).body.request).not.toBe(commitDecision(input).body.request);
  });

  test("records read back say what was appended", async () => {
    const folder = freshFolder();
    const { log } = openTestLog(folder);
    await log.append({ kind: "x_step", n: 7 });
    await log.close();
    const found: unknown[] = [];
    for await (const { kind, body } of readRecords((await import("@thc/audit/read")).directorySource(folder)))
      if (kind === "x_step") found.push(body.n);
    expect(found).toEqual([7]);
  });
});
