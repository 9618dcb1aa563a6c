/**
 * A list of tools as an MCP server gives it (`tools/list`): the bare array, `{ tools: […] }`, or the whole answer `{ result: { tools } }`.
 * Read as data that somebody else controls: a name that two tools share, or that a reader cannot see, is refused and not repaired.
 */
import { HIDDEN } from "../syntax/hidden.ts";
import { canonicalJson } from "./canonical-json.ts";
import { isArray, isObject, type JsonObject, type JsonValue, readJson } from "./json.ts";

/** One tool as the server defines it. */
export interface Definition {
  readonly name: string;
  readonly whole: JsonObject;
  /** SHA-256 of its canonical form (RFC 8785), in lower-case hex digits. */
  readonly digest: string;
}
export interface ToolList {
  /** In the order of the list. */
  readonly definitions: readonly Definition[];
  /** `sha256:` and 64 hex digits (docs/formats/pin.md). */
  readonly pin: string;
}
export type ToolListRead =
  | { readonly ok: true; readonly value: ToolList }
  /** `line` of the file, from 1, where there is one. */
  | { readonly ok: false; readonly line: number | undefined; readonly problem: string };
/** SHA-256 of UTF-8, in lower-case hex digits. */
export type Sha256 = (text: string) => string;

const MAX_TOOLS = 10_000;
const MAX_NAME = 256;

export function readToolList(text: string, sha256: Sha256): ToolListRead {
  const read = readJson(text);
  if (!read.ok) return read;
  const list = listIn(read.value);
  if (list === undefined) return refuse("it is no list of tools: an array, or an object with `tools`");
  if (list.length === 0) return refuse("it has no tools");
  if (list.length > MAX_TOOLS) return refuse(`it has more than ${MAX_TOOLS} tools`);
  const definitions: Definition[] = [];
  const seen = new Set<string>();
  for (const [i, whole] of list.entries()) {
    const name = isObject(whole) ? whole.get("name") : undefined;
    if (!isObject(whole) || typeof name !== "string" || name === "") return refuse(`tool ${i + 1} has no name`);
    if (!isWritable(name) || name.length > MAX_NAME)
      return refuse(`the name of tool ${i + 1} cannot be written in a contract`);
    if (seen.has(name)) return refuse(`two tools are named ${JSON.stringify(name)}`);
    seen.add(name);
    const odd = argumentNames(whole).find((argument) => !isVisible(argument));
    if (odd !== undefined) return refuse(`${JSON.stringify(name)} has an argument with a hidden character in its name`);
    definitions.push({ name, whole, digest: sha256(canonicalJson(whole)) });
  }
  return { ok: true, value: { definitions, pin: pinOf(definitions, sha256) } };
}

/** docs/formats/pin.md: of the digests by name, so that the order in which a server lists its tools means nothing. */
function pinOf(definitions: readonly Definition[], sha256: Sha256): string {
  const digests: JsonValue = new Map(definitions.map(({ name, digest }) => [name, digest]));
  return `sha256:${sha256(canonicalJson(digests))}`;
}

function listIn(value: JsonValue): readonly JsonValue[] | undefined {
  if (isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const result = value.get("result");
  const tools = isObject(result) ? result.get("tools") : value.get("tools");
  return isArray(tools) ? tools : undefined;
}

function argumentNames(definition: JsonObject): readonly string[] {
  const schema = definition.get("inputSchema");
  const properties = isObject(schema) ? schema.get("properties") : undefined;
  return isObject(properties) ? [...properties.keys()] : [];
}

const isVisible = (name: string): boolean => name.search(HIDDEN) === -1;
/** In backquotes any name can be written that has none of them, stands on one line and hides nothing. */
const isWritable = (name: string): boolean => isVisible(name) && !/[`\n\r\t]/.test(name) && name.trim() === name;
const refuse = (problem: string): ToolListRead => ({ ok: false, line: undefined, problem });
