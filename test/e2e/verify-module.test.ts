/** `verify` tells a module with the kernel's code from every other, however it was changed. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyAgainstKernel } from "../../cli/src/toolchain/verify-module.ts";
import { readNumber, readSections, readSegments } from "../../cli/src/toolchain/wasm-sections.ts";

type Section = readonly [id: number, body: readonly number[]];
const wasm = (...sections: readonly Section[]): Uint8Array =>
  Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flatMap(([id, body]) => [id, body.length, ...body])]);

const TYPES: Section = [1, [1, 0x60, 0, 0]];
const CODE: Section = [10, [1, 2, 0, 0x0b]];
const memory = (pages: number): Section => [5, [1, 0, pages]];
const own = [0, 0x41, 0x80, 0x08, 0x0b, 2, 7, 7];
const added = [0, 0x41, 0x80, 0x80, 0x04, 0x0b, 3, 1, 2, 3];
const data = (...segments: readonly (readonly number[])[]): Section => [11, [segments.length, ...segments.flat()]];

const kernel = wasm(TYPES, memory(4), CODE, data(own));
const pinned = createHash("sha256").update(kernel).digest("hex");
const failed = (module: Uint8Array, digest: string | undefined = pinned) =>
  verifyAgainstKernel(module, kernel, digest)
    .filter(({ ok }) => !ok)
    .map(({ check, detail }) => `${check}: ${detail}`);

describe("verify", () => {
  test("the kernel's code with one segment of contract data and custom sections is in order", () => {
    expect(failed(wasm(TYPES, memory(9), CODE, data(own, added), [0, [1, 0x78, 9]]))).toEqual([]);
  });

  test.each([
    ["other code", wasm(TYPES, memory(4), [10, [1, 2, 0, 0x00]], data(own, added)), "its code is not the kernel's"],
    ["a section more", wasm(TYPES, memory(4), [8, [0]], CODE, data(own, added)), "its code is not the kernel's"],
    ["a section less", wasm(memory(4), CODE, data(own, added)), "its code is not the kernel's"],
    ["an import", wasm(TYPES, [2, [0]], memory(4), CODE, data(own, added)), "its code is not the kernel's"],
    ["another order", wasm(CODE, TYPES, memory(4), data(own, added)), "its code is not the kernel's"],
    [
      "changed tables",
      wasm(TYPES, memory(4), CODE, data([...own.slice(0, -1), 8], added)),
      "it changes the kernel's own tables",
    ],
    [
      "data over the kernel's memory",
      wasm(TYPES, memory(4), CODE, data(own, own)),
      "its contract is not one segment where contracts stand",
    ],
    [
      "two segments",
      wasm(TYPES, memory(4), CODE, data(own, added, added)),
      "its contract is not one segment where contracts stand",
    ],
    ["a smaller memory", wasm(TYPES, memory(1), CODE, data(own, added)), "its memory is too small for its contract"],
    [
      "a memory with a limit",
      wasm(TYPES, [5, [1, 1, 9, 9]], CODE, data(own, added)),
      "its memory is not one memory that may grow",
    ],
    ["no contract", kernel, "its contract is not one segment where contracts stand"],
    [
      "passive data",
      wasm(TYPES, memory(4), CODE, data(own, [1, 1, 1])),
      "its data is not at fixed places of one memory",
    ],
    ["two data sections", wasm(TYPES, memory(4), CODE, data(own, added), data(own, added)), "it repeats a section"],
    [
      "another segment count",
      wasm(TYPES, memory(4), CODE, [11, [3, ...own, ...added]]),
      "its data has another number of segments than it says",
    ],
    ["cut data", wasm(TYPES, memory(4), CODE, [11, [2, ...own, ...added.slice(0, -1)]]), "its data is cut short"],
    ["a cut section", wasm(TYPES, memory(4), CODE, data(own, added)).subarray(0, 22), "ends behind the file"],
    ["no module", Uint8Array.of(1, 2, 3), "it does not begin like a WebAssembly module"],
  ])("%s is found", (_name, module, message) => {
    expect(failed(module).join("\n")).toContain(message);
  });

  test("a kernel that is not the pinned one, and one that nothing pins, are no proof", () => {
    const module = wasm(TYPES, memory(9), CODE, data(own, added));
    expect(failed(module, "00".repeat(32)).join()).toContain("pinned is 0000");
    expect(verifyAgainstKernel(module, kernel, undefined).find(({ check }) => check === "kernel")!.ok).toBe(false);
  });
});

describe("reading WebAssembly", () => {
  test.each([
    [[0x00], 0],
    [[0x7f], 127],
    [[0x80, 0x01], 128],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], 4_294_967_295],
    [[0xff, 0xff, 0xff, 0xff, 0x1f], undefined],
    [[0x80, 0x80, 0x80, 0x80, 0x80, 0x00], undefined],
    [[0x80], undefined],
    [[], undefined],
  ])("the number in %j is %s", (bytes, value) => {
    expect(readNumber(Uint8Array.from(bytes), 0)?.value).toBe(value);
  });

  test("a segment's place may be negative, and is then no place of a contract", () => {
    const segments = readSegments({ id: 11, body: Uint8Array.from([1, 0, 0x41, 0x7f, 0x0b, 0]) });
    expect(segments).toEqual({ ok: true, value: [{ offset: -1, bytes: new Uint8Array(0) }] });
  });

  test("no bytes make a reader throw or run on, and none but the kernel's code pass", () => {
    const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          bytes.map((body) => Uint8Array.from([...header, ...body])),
        ),
        (module) => {
          const ok = verifyAgainstKernel(module, kernel, pinned).every((finding) => finding.ok);
          return !ok;
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("one changed byte is found, unless it lies in the contract's data or changes the memory's size", () => {
    const module = wasm(TYPES, memory(9), CODE, data(own, added));
    const free = new Set([module.length - 1, module.length - 2, module.length - 3, module.indexOf(9)]);
    fc.assert(
      fc.property(fc.nat(module.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Uint8Array.from(module);
        changed[at]! ^= change;
        return free.has(at) || failed(changed).length > 0;
      }),
      { numRuns: 2_000 },
    );
  });

  test("sections are read to the last byte", () => {
    const sections = readSections(kernel);
    expect(sections.ok && sections.value.map(({ id }) => id)).toEqual([1, 5, 10, 11]);
  });
});
