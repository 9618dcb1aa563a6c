/**
 * Reading what the user named: a file, `-` for standard input, or a folder that stands for its contracts.
 *
 * Problems are values with one line in the user's words; nothing here throws for a file that is missing or odd.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { visible } from "../terminal/visible.ts";

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Above this nothing is read at all; every consumer has a lower limit of its own and says so better. */
const LARGEST = 256 * 1024 * 1024;

export const problem = (message: string): { readonly ok: false; readonly message: string } => ({ ok: false, message });

/** `shown`: how the path is named in messages. */
export function readBytes(path: string, shown = path): Read<Uint8Array> {
  try {
    if (path === "-") return { ok: true, value: readFileSync(0) };
    const { size } = statSync(path);
    if (size > LARGEST) return problem(`\`${visible(shown)}\` is larger than ${LARGEST / 1024 / 1024} MB`);
    return { ok: true, value: readFileSync(path) };
  } catch (error) {
    return problem(`cannot read \`${visible(shown)}\`: ${reasonOf(error)}`);
  }
}

export function readText(path: string, shown = path): Read<string> {
  const bytes = readBytes(path, shown);
  if (!bytes.ok) return bytes;
  try {
    return { ok: true, value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.value) };
  } catch {
    return problem(`\`${visible(shown)}\` is not UTF-8`);
  }
}

/** A folder stands for its one `.contract`. */
export function locate(path: string): Read<string> {
  const listed = filesIn(path, CONTRACTS);
  if (!listed.ok) return listed;
  const [first, ...others] = listed.value;
  if (first === undefined) return problem(`no \`.contract\` in \`${visible(path)}\``);
  if (others.length > 0) return problem(`\`${visible(path)}\` has ${listed.value.length} contracts: name one of them`);
  return { ok: true, value: first };
}

/** For verbs that take several: a folder stands for its contracts and those in the folders below, so that none is passed over. */
export const locateAll = (path: string): Read<readonly string[]> => locateIn(path, CONTRACTS, 0);
/** Contracts and suites of tests. */
export const locateTests = (path: string): Read<readonly string[]> => locateIn(path, [...CONTRACTS, ".test.yaml"], 0);

const CONTRACTS: readonly string[] = [".contract"];

function locateIn(path: string, endings: readonly string[], depth: number): Read<readonly string[]> {
  const own = filesIn(path, endings);
  if (!own.ok || (own.value.length === 1 && own.value[0] === path)) return own;
  const below = depth >= 8 ? [] : folders(path).map((folder) => locateIn(folder, endings, depth + 1));
  const found = [...own.value, ...below.flatMap((listed) => (listed.ok ? listed.value : []))];
  return found.length > 0 ? { ok: true, value: found } : problem(`no \`.contract\` in \`${visible(path)}\``);
}

function filesIn(path: string, endings: readonly string[]): Read<readonly string[]> {
  try {
    if (!statSync(path).isDirectory()) return { ok: true, value: [path] };
    const names = readdirSync(path).filter((name) => endings.some((ending) => name.endsWith(ending)));
    return { ok: true, value: names.sort().map((name) => join(path, name)) };
  } catch (error) {
    return problem(`cannot read \`${visible(path)}\`: ${reasonOf(error)}`);
  }
}

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map((entry) => join(path, entry.name))
    .sort();

/** The operating system's word, without the path that Node repeats in it. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "it is a folder";
    case "ENOTDIR":
      return "a part of the path is no folder";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ENOSPC":
      return "the disk is full";
    case "EROFS":
      return "the disk is read-only";
    default:
      return code === "" ? "an unknown error" : visible(code);
  }
}
