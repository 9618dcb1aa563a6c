/**
 * Reads a trace line by line: tens of megabytes pass through without being held.
 *
 * A line that cannot be read is an entry of its own with its number, so that a replay can go on and still say at its end that
 * it was not complete.
 */
import { createReadStream } from "node:fs";
import { reasonOf } from "../files/read.ts";
import { deeperThan } from "./depth.ts";
import { isObject, type Run, type Shape } from "./run.ts";
import { conversationShape } from "./shape-conversation.ts";
import { genericShape } from "./shape-generic.ts";

const SHAPES: readonly Shape[] = [genericShape, conversationShape];
const DEEPEST = 64;
const LONGEST_LINE = 32 * 1024 * 1024;

export type Line<T> =
  | { readonly ok: true; readonly number: number; readonly value: T }
  /** `number` 0: the file itself. */
  | { readonly ok: false; readonly number: number; readonly message: string };

export async function* readTrace(path: string): AsyncGenerator<Line<Run>> {
  for await (const line of readJsonLines(path)) {
    if (!line.ok) {
      yield line;
      continue;
    }
    const run = readRun(line.value);
    yield run === undefined
      ? { ok: false, number: line.number, message: "not a recorded run of a known shape" }
      : { ok: true, number: line.number, value: run };
  }
}

function readRun(value: Readonly<Record<string, unknown>>): Run | undefined {
  for (const shape of SHAPES) {
    const run = shape(value);
    if (run !== undefined) return run;
  }
  return undefined;
}

export async function* readJsonLines(path: string): AsyncGenerator<Line<Readonly<Record<string, unknown>>>> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes: Uint8Array) => decoder.decode(bytes);
  let number = 0;
  try {
    for await (const bytes of splitLines(createReadStream(path, { highWaterMark: 1 << 20 }))) {
      number += 1;
      if (bytes === "too long") {
        yield { ok: false, number, message: `longer than ${LONGEST_LINE / 1024 / 1024} MB` };
        continue;
      }
      const line = parseLine(decode, bytes);
      if (line !== undefined)
        yield "value" in line ? { ok: true, number, value: line.value } : { ok: false, number, message: line.message };
    }
  } catch (error) {
    yield { ok: false, number: 0, message: reasonOf(error) };
  }
}

/** Undefined: an empty line. */
function parseLine(
  decode: (bytes: Uint8Array) => string,
  bytes: Uint8Array,
): { readonly value: Readonly<Record<string, unknown>> } | { readonly message: string } | undefined {
  let text: string;
  try {
    text = decode(bytes).trim();
  } catch {
    return { message: "not UTF-8" };
  }
  if (text === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return { message: "not a JSON object" };
    return deeperThan(value, DEEPEST) ? { message: `nested more than ${DEEPEST} levels deep` } : { value };
  } catch {
    return { message: "not JSON" };
  }
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array | "too long"> {
  let parts: Buffer[] = [];
  let length = 0;
  const take = () => {
    const line = length > LONGEST_LINE ? "too long" : parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      length += end - from;
      if (length <= LONGEST_LINE) parts.push(chunk.subarray(from, end));
      yield take();
      from = end + 1;
    }
    length += chunk.length - from;
    // What is over the limit is counted but not kept.
    if (length <= LONGEST_LINE) parts.push(chunk.subarray(from));
    else parts = [];
  }
  if (length > 0) yield take();
}
