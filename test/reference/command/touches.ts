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

function touchWord(into: Touches, folder: Folder, text: string, traits: Traits, isValue: boolean): void {
  const address = /:\/\/(.*)$/su.exec(text);
  if (address !== null) {
    touchAddress(into, folder, address[1]!, !traits.reads);
    return;
  }
  const value = /=(.*)$/su.exec(text)?.[1];
  let body = text;
  if (text.startsWith("-")) {
    const glued = /^-[^-](.+)$/su.exec(text)?.[1];
    if (value === undefined && glued === undefined) return;
    body = value ?? glued!;
    if (value !== undefined || /^[/.]/.test(body)) addPath(into, folder, body, !traits.reads);
  } else {
    addPath(into, folder, text, !traits.reads);
    if (text.startsWith("@")) addPath(into, folder, text.slice(1), !traits.reads);
    else if (value !== undefined) addPath(into, folder, value, !traits.reads);
  }
  if (body === "") return;
  const isDerived = isValue || text.startsWith("-");
  const start = body.split("/")[0]!;
  const user = /^(.+)@([^@]*)$/su.exec(start)?.[2];
  const host = canonicalHost((user ?? start).split(":")[0]!);
  if (traits.net && (user !== undefined || !isDerived)) into.hosts.push(host);
  else if ((traits.net || user !== undefined) && host?.includes(".")) into.hosts.push(host);
}

function touchAddress(into: Touches, folder: Folder, text: string, writes: boolean): void {
  const authority = /^[^/?#]*/su.exec(text)![0];
  if (authority === "") addPath(into, folder, text, writes);
  else into.hosts.push(canonicalHost(authority.slice(authority.lastIndexOf("@") + 1).replace(/:[0-9]*$/, "")));
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
