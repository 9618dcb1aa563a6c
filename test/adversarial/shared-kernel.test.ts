// Contracts share one compiled kernel: what a module decides must not depend on whether another was loaded before it, and no module may
// get the code of another kernel, or smuggle its own in.
import { compile } from "@thc/compiler";
import { check } from "@thc/language";
import { load, loadModule, loadSync, type Runtime } from "@thc/runtime";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../compiler/src/link/crc32.ts";
import { DATA, partsOf } from "../../runtime/src/parts.ts";
import { isManifest } from "../../runtime/src/shape.ts";
import { kernelOf } from "../../runtime/src/shared.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";
import { seeded } from "../differential/random.ts";

function moduleOf(limit: number, name = "c"): Uint8Array {
  const text = `contract "${name}" version "1.0.0" {
  agent bot { id "bot" }
  tool pay(amount: Int, to: Text) write
  pays: allow pay
  cap: deny pay when amount > ${limit} because "Too much."
}
`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map((d) => d.message).join("; "));
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled.bytes;
}
const call = (amount: number): string =>
  `{"event":"call","principal":{"id":"bot"},"action":{"tool":"pay","args":{"amount":${amount},"to":"a"}},"context":{"time":1767225600000,"call_id":"c"}}`;
const answers = (runtime: Runtime): readonly string[] =>
  [1, 50, 101, 5000].map((amount) => {
    const { outcome, reason, rules, because } = runtime.decide(call(amount));
    return JSON.stringify([outcome, reason, rules, because]);
  });
/** The checksum of damaged bytes, put right. */
function sealed(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - 14;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(bytes.length - 4, crc32(bytes, end), true);
  return bytes;
}
const outcomeOf = (make: () => Runtime): readonly string[] | "refused" => {
  let runtime: Runtime;
  try {
    runtime = make();
  } catch (e) {
    if (e instanceof Error && (e.name === "LoadError" || e instanceof WebAssembly.CompileError)) return "refused";
    throw e;
  }
  return answers(runtime);
};
const alone = (bytes: Uint8Array): Runtime => loadModule(new WebAssembly.Module(bytes as BufferSource));

/**
 * Where the loader looks: heads of sections, memory, exports, segments and names of custom sections. Not code, globals and the contract's
 * data: a module whose code is another's may do anything, also run for ever.
 */
function damageable(module: Uint8Array): number[] {
  const at: number[] = [];
  const data = partsOf(module)!.data.byteOffset - module.byteOffset;
  for (let p = 8; p < module.length - 14; ) {
    const id = module[p] as number;
    let size = 0;
    let body = p + 1;
    for (let shift = 0; ; shift += 7) {
      const byte = module[body++] as number;
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const looked = id === 5 || id === 12 || id === 7 ? size : id === 11 ? 8 : id === 0 ? 14 : 0;
    const end = body + looked;
    for (let i = p; i < end; i++) at.push(i);
    if (id === 11) for (let i = data - 10; i < data; i++) at.push(i);
    p = body + size;
  }
  return at;
}

describe("contracts of one kernel", () => {
  test("are one compiled module, and each keeps its own rules", () => {
    const [low, high] = [moduleOf(100), moduleOf(1000, "another contract with a longer name")];
    expect(kernelOf(partsOf(low)!)).toBe(kernelOf(partsOf(high)!));
    const [first, second] = [loadSync(low), loadSync(high)];
    expect(answers(first)).not.toEqual(answers(second));
    for (const [runtime, bytes] of [
      [first, low],
      [second, high],
    ] as const)
      expect(answers(runtime)).toEqual(answers(alone(bytes)));
  });

  test("do not depend on bytes that the host changes while they load or after", async () => {
    const bytes = moduleOf(100);
    const expected = answers(loadSync(bytes.slice()));
    const later = load(bytes);
    bytes.fill(0);
    expect(answers(await later)).toEqual(expected);
    const again = moduleOf(100);
    const runtime = loadSync(again);
    again.fill(0);
    expect(
      runtime
        .decide(call(5000))
        .explain()
        .rules.map((r) => r.rule),
    ).toEqual(["cap", "pays"]);
  });

  test("are told from a kernel that differs in one byte of its code", () => {
    const module = moduleOf(100);
    const shared = kernelOf(partsOf(module)!);
    // a constant in the code: some byte whose change the engine accepts
    const code = new TextDecoder("latin1").decode(module).indexOf("\x0a", 2000);
    let other = 0;
    for (let at = code; at < code + 4000 && other < 5; at++) {
      const changed = module.slice();
      changed[at] = (changed[at] as number) ^ 1;
      const parts = partsOf(changed);
      if (parts === undefined || !WebAssembly.validate(changed as BufferSource)) continue;
      other++;
      expect(kernelOf(parts)).not.toBe(shared);
    }
    expect(other).toBe(5);
  });
});

describe("a hostile module", () => {
  test("that is damaged around code and data under a right checksum decides as it does alone, or is refused as it is alone", () => {
    const module = moduleOf(100);
    const random = seeded(7);
    const at = damageable(module);
    const counts = { refused: 0, decided: 0 };
    for (let i = 0; i < 400; i++) {
      const bytes = module.slice();
      bytes[random.pick(at)] = random.below(256);
      sealed(bytes);
      const together = outcomeOf(() => loadSync(bytes));
      expect(together).toEqual(outcomeOf(() => alone(bytes)));
      counts[together === "refused" ? "refused" : "decided"]++;
    }
    expect(Math.min(counts.refused, counts.decided)).toBeGreaterThan(10);
  });

  test("is refused at once for sections without end, and for delegators without end", () => {
    const module = moduleOf(100);
    // two bytes of a section are two views of the module
    const many = sealed(Uint8Array.from([...module.subarray(0, 8), 1, 0, 1, 0, ...module.subarray(8)]));
    expect(partsOf(many)).toBeUndefined();
    expect(outcomeOf(() => loadSync(many))).toBe("refused");
    const custom = (i: number) => [0, 3, 2, 97, 97 + (i % 26)];
    const named = Array.from({ length: 100 }, (_, i) => custom(i)).flat();
    const labelled = sealed(Uint8Array.from([...module.subarray(0, 8), ...named, ...module.subarray(8)]));
    expect(partsOf(labelled)).toBeUndefined();
    expect(answers(loadSync(labelled))).toEqual(answers(alone(labelled)));

    const customs = partsOf(module)!.customs.get("thc.manifest")!;
    const text = new TextDecoder().decode(customs);
    const manifest = (delegators: number): unknown => {
      const parsed = JSON.parse(text);
      return { ...parsed, state: { ...parsed.state, delegators } };
    };
    expect([0, 15].map((n) => isManifest(manifest(n)))).toEqual([true, true]);
    expect([16, 2 ** 32 - 1].map((n) => isManifest(manifest(n)))).toEqual([false, false]);
  });

  test("whose manifest is as deep as it is long loads as any other, however it is loaded", async () => {
    const module = moduleOf(100);
    const body = partsOf(module)!.customs.get("thc.manifest")!;
    const deep = `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)},${new TextDecoder().decode(body.subarray(1))}`;
    const content = [12, ...new TextEncoder().encode("thc.manifest"), ...new TextEncoder().encode(deep)];
    const size = [(content.length & 127) | 128, ((content.length >> 7) & 127) | 128, content.length >> 14];
    // before its own: the first counts
    const changed = sealed(Uint8Array.from([...module.subarray(0, 8), 0, ...size, ...content, ...module.subarray(8)]));
    for (const runtime of [loadSync(changed), await load(changed), alone(changed)]) {
      expect(runtime.manifest).toHaveProperty("x");
      expect(Object.isFrozen(runtime.manifest.rules[0])).toBe(true);
      expect(answers(runtime)).toEqual(answers(loadSync(module)));
    }
  });

  test("is not taken apart when its contract does not lie where the kernel reads it", () => {
    const module = moduleOf(100);
    const { data } = partsOf(module)!;
    const segment = Buffer.from(module).indexOf(Buffer.from([0x00, 0x41, 0x80, 0x80, 0x04, 0x0b]));
    expect(segment).toBeGreaterThan(0);
    const moved = module.slice();
    moved.set([0x00, 0x41, 0x80, 0x80, 0x08, 0x0b], segment);
    expect(data.length).toBeGreaterThan(512);
    expect(partsOf(moved)).toBeUndefined();
    expect(DATA).toBe(65536);
  });
});
