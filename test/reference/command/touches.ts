/**
 * What a command touches (docs/semantics/commands.md, "What it touches"): the paths, hosts and writes in its words and redirections. Every word that
 * could name something is taken to; the folder of relative paths is changed by `cd`.
 */
import { canonicalHost } from "../canonical/host.ts";
import * as T from "./tables.ts";
import { below, type Folder, type Touches } from "./touched.ts";
import type { Word } from "./words.ts";

export interface Traits {
  readonly silent: boolean;
  readonly reads: boolean;
  readonly net: boolean;
}

/** A program and its words. `name`: undefined when nobody knows which program. */
export function touch(into: Touches, folder: Folder, name: string | undefined, words: readonly Word[], adds: boolean) {
  const traits = T.traitsOf(name);
  if (traits.silent) return;
  const program = words[0]!;
  if (name === undefined) {
    into.paths.push(undefined);
    into.hosts.push(undefined);
  } else if (
    /\//.test(program.text) &&
    !/^\/(?:usr\/|usr\/local\/)?bin\/[^/]*$|^\/(?:usr\/)?sbin\/[^/]*$/su.test(program.text)
  )
    addPath(into, folder, program.text, false);
  for (const [i, word] of words.entries()) {
    if (i === 0) continue;
    if (!word.known) {
      into.paths.push(undefined);
      if (!traits.reads) {
        into.writes.push(undefined);
        into.hosts.push(undefined);
      }
      continue;
    }
    const before = words[i - 1]!;
    const isValue = i > 1 && before.known && /^-[^=]*$/su.test(before.text);
    if (word.text !== "") touchWord(into, folder, word.text, traits, isValue);
  }
  if (!adds && words.every((w) => !w.many)) return;
  into.countless.add("paths");
  if (!traits.reads) into.countless.add("writes").add("hosts");
}

function addPath(into: Touches, folder: Folder, path: string, writes: boolean): void {
  if (path === "") return;
  into.paths.push(below(folder, path));
  if (writes) into.writes.push(below(folder, path));
}

/** What may part the names in a word from each other and from what else stands there. */
const PARTS = /(["'(),:;<=>@`])/;
/** An address and nothing else, perhaps behind the name of an option. */
const ADDRESS = /^(?:-[A-Za-z]|[A-Za-z0-9_-]*=)?[A-Za-z][A-Za-z0-9+.-]*:\/\//;

function touchWord(into: Touches, folder: Folder, text: string, traits: Traits, isValue: boolean): void {
  const writes = !traits.reads;
  const at = text.indexOf("://");
  if (at >= 0) touchAddress(into, folder, text.slice(0, at), text.slice(at + 3), writes);
  if (at >= 0 && traits.net && ADDRESS.test(text) && !text.includes("/..")) return;
  const value = /=(.*)$/su.exec(text)?.[1];
  let body = text;
  if (text.startsWith("-")) {
    const glued = /^-[^-](.+)$/su.exec(text)?.[1];
    if (value === undefined && glued === undefined) return;
    body = value ?? glued!;
    // more options, or a number
    if (value !== undefined || !/^(?:[0-9]+|[A-Za-z]{1,4})$/.test(body)) addPaths(into, folder, body, writes);
  } else {
    if (text.startsWith("@")) addPath(into, folder, text.slice(1), writes);
    else if (value !== undefined) addPath(into, folder, value, writes);
    addPaths(into, folder, text, writes);
  }
  if (body !== "") touchHosts(into, body, traits, isValue || text.startsWith("-"));
}

/** The text, and what it may hold. */
function addPaths(into: Touches, folder: Folder, text: string, writes: boolean): void {
  addPath(into, folder, text, writes);
  const parts = text.split(PARTS);
  if (parts.length === 1) return;
  // what follows `:` and begins with `//` is the rest of an address
  for (const [i, part] of parts.entries())
    if (i % 2 === 0 && !(part.startsWith("//") && parts[i - 1] === ":")) addPath(into, folder, part, writes);
}

function touchHosts(into: Touches, body: string, traits: Traits, isDerived: boolean): void {
  const start = body.split("/")[0]!;
  const user = /^(.+)@([^@]*)$/su.exec(start)?.[2];
  const first = (user ?? start).split(":")[0]!;
  const host = canonicalHost(first);
  if (traits.net && (user !== undefined || !isDerived)) into.hosts.push(host);
  else if ((traits.net || user !== undefined) && host?.includes(".")) into.hosts.push(host);
  else if (!traits.reads && /^[^:]+:(?!:)/su.test(start) && host?.includes(".")) into.hosts.push(host);
  if (!traits.net) return;
  for (const run of start.match(/[A-Za-z0-9._-]+/g) ?? []) {
    const other = run === first ? undefined : canonicalHost(run);
    if (other?.includes(".")) into.hosts.push(other);
  }
  if (start.includes("[")) into.hosts.push(undefined);
}

/** `before` and `text`: what stands on the two sides of `://`. */
function touchAddress(into: Touches, folder: Folder, before: string, text: string, writes: boolean): void {
  const authority = /^[^/?#]*/su.exec(text)![0];
  if (authority === "" || /file$/i.test(before)) {
    const path = text.slice(authority.length);
    if (!path.includes("%")) addPath(into, folder, path, writes);
    else {
      into.paths.push(undefined);
      if (writes) into.writes.push(undefined);
    }
  }
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:[0-9]*$/, "");
  if (authority !== "") into.hosts.push(authority.includes("\\") ? undefined : canonicalHost(host));
  if (text.includes("://")) into.hosts.push(undefined);
}

const DEVICE = /^\/dev\/(?:null|stdin|stdout|stderr|tty)$/;

/** The word of a redirection. */
export function redirect(into: Touches, folder: Folder, target: Word, operator: string): void {
  const writes = operator.includes(">");
  if (!target.known) {
    into.paths.push(undefined);
    if (writes) into.writes.push(undefined);
    into.hosts.push(undefined);
    return;
  }
  const isCopy = /^[<>]&$/.test(operator) && /^[0-9]*-?$/.test(target.text);
  if (isCopy || DEVICE.test(target.text)) return;
  addPath(into, folder, target.text, writes);
  const host = /^\/dev\/(?:tcp|udp)\/(.[^/]*)/su.exec(target.text)?.[1];
  if (host !== undefined) into.hosts.push(canonicalHost(host.split("/")[0]!));
}
