/** Which programs a line of words runs: wrappers are taken off, texts for shells are handed back to be read. */
import { count, giveUp, type Totals } from "./reading.ts";
import * as T from "./tables.ts";
import { below } from "./touched.ts";
import { touch } from "./touches.ts";
import type { Word } from "./words.ts";

export interface Segment {
  /** Undefined: nobody knows. */
  readonly program: string | undefined;
  readonly words: readonly Word[];
  /** Behind the words come others that nobody knows. */
  readonly adds: boolean;
}
export interface Run {
  readonly segments: readonly Segment[];
  /** Each is read by a shell. */
  readonly texts: readonly string[];
}

const isOption = (word: string): boolean => /^-./su.test(word);
const knownText = (word: Word | undefined): string => (word?.known && !word.hole ? word.text : giveUp());
const hides = (text: string): boolean => /`|\$\(|\$\\\n/.test(text);
export const hidesCommand = hides;

export function nameOf(word: Word): string | undefined {
  const name = word.text.slice(word.text.lastIndexOf("/") + 1);
  return word.known && name !== "" ? name : undefined;
}

/** `direct`: the shell itself runs it. */
export function run(words: readonly Word[], adds: boolean, totals: Totals, direct = true): Run {
  const name = words[0]!.hole ? giveUp() : nameOf(words[0]!);
  const hidden = (more = false): Segment => {
    count(totals, "segments");
    return { program: name, words: words.slice(1), adds: adds || more || words[0]!.many };
  };
  const own = (more = false): Segment => {
    const segment = hidden(more);
    touch(totals.touches, totals.folder, name, words, segment.adds);
    return segment;
  };
  if (name === undefined) return { segments: [own()], texts: [] };
  if (T.OPAQUE.has(name)) giveUp();
  const wrapper = T.WRAPPERS.get(name);
  if (wrapper !== undefined) {
    const { inner, replaced } = wrapped(wrapper, words);
    if (inner === undefined) return adds ? giveUp() : { segments: [own(wrapper.adds)], texts: [] };
    const shown = wrapper.shown ? [hidden()] : [];
    const rest = run(
      withHoles(words.slice(inner), replaced),
      adds || wrapper.adds,
      totals,
      direct && T.INSIDE.has(name),
    );
    return { ...rest, segments: [...shown, ...rest.segments] };
  }
  if (T.SHELLS.has(name)) {
    const { text, logsIn } = shellText(words);
    if (text === undefined) return adds ? giveUp() : { segments: [own()], texts: [] };
    if (T.NOT_READ_SHELLS.has(name)) giveUp();
    count(totals, "texts");
    return { segments: logsIn ? [hidden()] : [], texts: [text] };
  }
  if (adds && T.CLOSED.has(name)) giveUp();
  if (name === "set") checkSet(words);
  if (T.NAMING.has(name))
    for (const each of words.slice(1)) if (!each.digits) checkName(knownText(each), T.NAMING_ONLY.has(name));
  if (T.TESTING.has(name)) checkTest(name, words.slice(1));
  if (name === "find") return found(own(), words, totals);
  if (name === "su") return switched(own(), words, totals);
  const segments = [own()];
  if (T.MOVING.has(name)) move(words, totals, direct && name === "cd");
  return { segments, texts: [] };
}

/** No word is, or may be, `-v` before a name with a subscript. */
function checkTest(name: string, words: readonly Word[]): void {
  if (words.some((each) => each.known && each.text.startsWith("-v"))) giveUp();
  if (name === "printf") {
    if (words[0]?.known === false && !words[0].digits) giveUp();
    return;
  }
  const unknown = words.map((each) => !each.known && !each.digits);
  if (words.some((each) => each.many) || unknown.some((is, i) => is && unknown[i + 1])) giveUp();
  if (unknown.includes(true) && words.some((each) => each.known && each.text.includes("["))) giveUp();
}

function checkName(text: string, takesNoOptions: boolean): void {
  const [name, value] = /^([A-Za-z0-9_]*)(?:=(.*))?/su.exec(text)!.slice(1);
  // a variable may be named right behind an option
  const named = text.startsWith("-") ? [...text].map((_, i) => text.slice(i)) : [];
  if (
    hides(text) ||
    text.includes("[") ||
    T.chooses(name!, value) ||
    named.some((each) => T.chooses(each, undefined)) ||
    /^-.*C/su.test(text) ||
    (takesNoOptions && /^[-+]/.test(text))
  )
    giveUp();
}

/** `cd`: into a folder that is named, or one that nobody knows. */
function move(words: readonly Word[], totals: Totals, isSure: boolean): void {
  totals.moves += 1;
  if (totals.loops) totals.touches.countless.add("paths").add("writes");
  const to = words[1];
  const isNamed = isSure && words.length === 2 && to!.known && /^[^-]/su.test(to!.text);
  totals.folder = isNamed ? below(totals.folder, to!.text) : undefined;
}

/** The place of the command that a wrapper runs; undefined: it runs none. For a text in its words others are put. */
interface Wrapped {
  readonly inner: number | undefined;
  readonly replaced: string | undefined;
}
function wrapped(wrapper: T.Wrapper, words: readonly Word[]): Wrapped {
  let { before } = wrapper;
  /** Of `xargs -I`. */
  let replaced: string | undefined;
  let options = true;
  for (let i = 1; i < words.length; i += 1) {
    const text = knownText(words[i]);
    if (options && text === "-") {
      if (!wrapper.assigns) return { inner: i, replaced };
    } else if (options && text === "--") options = false;
    else if (options && isOption(text)) {
      const option = text.startsWith("--") ? longOption(text) : letters(wrapper, text);
      if (option === "inert") return { inner: undefined, replaced };
      if (option === "alone") continue;
      if (option.value === undefined) i += 1;
      const value = option.value ?? knownText(words[i]);
      if (T.chooses(value, undefined)) giveUp();
      if (option.name === "I") replaced = value === "" || replaced !== undefined ? giveUp() : value;
    } else {
      // what holds an equals sign is an assignment to a wrapper, of whatever name
      const name = wrapper.assigns ? /^([A-Za-z_][A-Za-z0-9_]*)\+?=/.exec(text)?.[1] : undefined;
      if (name !== undefined) {
        if (T.chooses(name, text[name.length] === "=" ? text.slice(name.length + 1) : undefined)) giveUp();
      } else if (wrapper.assigns && text.includes("=")) giveUp();
      else if (before > 0) {
        before -= 1;
        options = false;
      } else return { inner: i, replaced };
    }
  }
  return { inner: undefined, replaced };
}
const withHoles = (words: readonly Word[], text: string | undefined): readonly Word[] =>
  text === undefined ? words : words.map((word) => (word.text.includes(text) ? { ...word, hole: true } : word));

/** With a value: the rest of its word, or undefined: the next word. */
type Option = "alone" | "inert" | { readonly name: string; readonly value: string | undefined };
function longOption(text: string): Option {
  const [name = "", value] = text.split(/=(.*)/su);
  if (T.VALUED.has(name)) return { name, value };
  if (value !== undefined) return giveUp();
  return T.FLAGS.has(name) ? "alone" : T.INERT.has(name) ? "inert" : giveUp();
}
function letters({ plain, valued, inert }: T.Wrapper, text: string): Option {
  const places = [...text.slice(1)];
  for (const [i, letter] of places.entries()) {
    if (plain.includes(letter)) continue;
    if (inert.includes(letter)) return "inert";
    if (valued.includes(letter))
      return { name: letter, value: i + 1 < places.length ? places.slice(i + 1).join("") : undefined };
    return giveUp();
  }
  return "alone";
}

/** What a shell is given to run; undefined: a file, or nothing. */
function shellText(words: readonly Word[]): { readonly text: string | undefined; readonly logsIn: boolean } {
  let isText = false;
  /** It reads words of its own before, or what changes how the text is read. */
  let starts = false;
  /** It reads its user's files before. */
  let logsIn = false;
  let options = true;
  for (let i = 1; i < words.length; i += 1) {
    const text = knownText(words[i]);
    if (options && (text === "-" || text === "--")) {
      options = false;
    } else if (!options || !/^[-+]./su.test(text)) {
      if (isText && starts) giveUp();
      return { text: isText ? text : undefined, logsIn };
    } else if (/^[-+]-/.test(text)) {
      if (!T.FLAGS.has(text)) giveUp();
    } else {
      if (!/^[-+][A-NP-Za-z]+$/.test(text)) giveUp();
      if (text.includes("c")) isText = true;
      if (/[iks]/.test(text)) starts = true;
      if (text.includes("l")) logsIn = true;
      if (text.includes("o")) {
        i += 1;
        if (!T.OF_SHELL.has(knownText(words[i]))) giveUp();
      }
    }
  }
  return isText ? giveUp() : { text: undefined, logsIn };
}

/** None of the options of `set` changes how commands are read. */
function checkSet(words: readonly Word[]): void {
  for (let i = 1; i < words.length; i += 1) {
    const text = knownText(words[i]);
    if (!/^[-+]./su.test(text) || text.startsWith("--")) return;
    if (!/^.[A-Za-z0-9]+$/.test(text) || /[liks]/.test(text)) giveUp();
    if (!text.includes("o")) continue;
    i += 1;
    if (i < words.length && !T.OF_SHELL.has(knownText(words[i]))) giveUp();
  }
}

function found(own: Segment, words: readonly Word[], totals: Totals): Run {
  const runs: Run[] = [];
  for (const [i, each] of words.entries()) {
    if (i === 0 || !/^-(?:exec|ok)(?:dir)?$/.test(knownText(each))) continue;
    if (i + 1 === words.length) giveUp();
    runs.push(run(withHoles(words.slice(i + 1), "{}"), true, totals, false));
  }
  return { segments: [own, ...runs.flatMap((r) => r.segments)], texts: runs.flatMap((r) => r.texts) };
}

function switched(own: Segment, words: readonly Word[], totals: Totals): Run {
  const texts: string[] = [];
  for (let i = 1; i < words.length; i += 1) {
    const text = knownText(words[i]);
    if (!isOption(text) || text === "-l") continue;
    if (text !== "-c") giveUp();
    i += 1;
    texts.push(knownText(words[i]));
    count(totals, "texts");
  }
  return { segments: [own], texts };
}
