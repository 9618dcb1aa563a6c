/**
 * One action as the classifier sees it: the words of its verb and of its object, and what the provider says about it.
 *
 * Each provider builds names its own way; this file is the only one that knows how. Anything that is decided by words
 * alone is in cascade.ts.
 */

import type { Provider, Signal } from "../action.ts";
import { asciiLower, parseName } from "../name.ts";
import { unreachable } from "../unreachable.ts";
import { isVerb, type VerbKind, verbKind } from "./verbs.ts";
import { objectOf, singular, wordsOf } from "./words.ts";

export interface Shape {
  /** The whole name, in lower case where the provider ignores case. */
  readonly key: string;
  /** `aws:s3`: provider and service, lower case. */
  readonly service: string;
  readonly provider: Provider;
  readonly verb: string;
  /** undefined: no table knows the verb. */
  readonly kind: VerbKind | undefined;
  /** What it is done to, singular words, the head last. */
  readonly object: readonly string[];
  /** Everything else in the name that may tell what it is about, glued (`virtualmachine extension`). */
  readonly around: string;
  readonly signal: Signal;
  /** The verb stands last (`dicomWebDelete`), which is a guess. */
  readonly turned: boolean;
  /** The operation itself names its object (`listKeys`), which then is not only where it happens (`keys/read`). */
  readonly own: boolean;
}

/** Words in front of a verb that say how or by whom, not what. */
const FRONT = new Set([
  "batch",
  "bulk",
  "admin",
  "parti",
  "ql",
  "es",
  "http",
  "internal",
  "force",
  "sso",
  "legacy",
  "multi",
  "async",
  "partially",
  "begin",
  "single",
  "try",
  "auto",
  "re",
  "un",
  "undo",
]);

const PLAIN = new Set(["get", "list", "create", "update", "delete"]);
const FOR_GOOD = new Set(["hard", "permanent", "permanently"]);

interface Phrase {
  readonly verb: string;
  readonly kind: VerbKind | undefined;
  readonly rest: readonly string[];
  /** The verb stands last (`dicomWebDelete`), which is a guess. */
  readonly turned: boolean;
}

/** The first word that is a verb, behind words that only qualify it; else the last one if it is; else unknown. */
function readPhrase(words: readonly string[], mayTrail = false): Phrase {
  let at = 0;
  while (at < words.length - 1 && FRONT.has(words[at]!) && !(isVerb(words[at]!) && !isVerb(words[at + 1]!))) at += 1;
  const verb = words[at] ?? "";
  // `create-or-update-x` is an update of x.
  const pair = words[at + 1] === "or" || words[at + 1] === "and" ? 2 : 0;
  if (FOR_GOOD.has(verb) && words[at + 1] === "delete")
    return { verb: "harddelete", kind: "purge", rest: words.slice(at + 2), turned: false };
  const last = words.at(-1) ?? "";
  // `releaseChannelSettingsGet` gets; only Google Cloud builds names so.
  const trailing = mayTrail && PLAIN.has(last) && !PLAIN.has(verb) && words.includes("settings");
  if (trailing || (!isVerb(verb) && words.length > 1 && isVerb(last) && verb !== "assume")) {
    return { verb: last, kind: verbKind(last), rest: words.slice(0, -1), turned: true };
  }
  return { verb, kind: verbKind(verb), rest: words.slice(at + 1 + pair), turned: false };
}

export function shapeOf(name: string, signal: Signal): Shape | undefined {
  const parsed = parseName(name);
  if (parsed === undefined) return undefined;
  const { provider, operation } = parsed;
  const service = `${provider}:${asciiLower(parsed.service)}`;
  const key = provider === "aws" || provider === "azure" ? asciiLower(name) : name;
  const base = { key, service, provider, signal };
  const serviceNoun = wordsOf(parsed.service).map(singular);
  switch (provider) {
    case "aws": {
      const phrase = readPhrase(wordsOf(operation));
      return {
        ...base,
        verb: phrase.verb,
        kind: phrase.kind,
        turned: phrase.turned,
        own: true,
        object: objectOf(phrase.rest),
        around: "",
      };
    }
    case "gcp":
    case "slack":
    case "stripe": {
      const segments = operation.split(".");
      const last = wordsOf(segments.at(-1) ?? "");
      const phrase = readPhrase(last, provider === "gcp");
      const parents = segments.slice(0, -1).flatMap(wordsOf).map(singular);
      const own = objectOf(phrase.rest);
      const object = own.length > 0 ? own : parents.length > 0 ? parents : serviceNoun;
      return {
        ...base,
        verb: phrase.verb,
        kind: phrase.kind,
        turned: phrase.turned,
        own: own.length > 0,
        object,
        around: parents.join(" "),
      };
    }
    case "azure":
      return { ...base, ...azurePhrase(operation) };
    case "github": {
      const phrase = readPhrase(wordsOf(operation));
      const own = withoutPlace(objectOf(phrase.rest));
      const object = own.length > 0 ? own : serviceNoun;
      return {
        ...base,
        verb: phrase.verb,
        kind: phrase.kind,
        turned: phrase.turned,
        own: own.length > 0,
        object,
        around: serviceNoun.join(" "),
      };
    }
    case "kubernetes": {
      const segments = operation.split("/");
      const verb = segments.at(-1) ?? "";
      const object = segments.slice(0, -1).flatMap((segment) => wordsOf(segment).map(singular));
      return { ...base, verb, kind: verbKind(verb), turned: false, own: false, object, around: "" };
    }
    default:
      return unreachable(provider);
  }
}

const PLACES = new Set(["organization", "repository", "enterprise", "legacy"]);

/** GitHub says where behind what: `set-github-actions-permissions-organization`. */
function withoutPlace(object: readonly string[]): readonly string[] {
  return object.length > 1 && PLACES.has(object.at(-1)!) ? object.slice(0, -1) : object;
}

/** A few operations are filed as reads or writes of what they do: `GetToken/Read`, `checkAccess/write`. */
const ASKS = new Set(["check", "validate", "list", "get"]);
const DOES = new Set(["get", "list", "generate", "regenerate", "fetch", "export", "download"]);

/** `type/subtype/write`: the suffix is the verb; `type/subtype/regenerateKey/action`: the segment in front of it is. */
function azurePhrase(operation: string): Pick<Shape, "verb" | "kind" | "turned" | "own" | "object" | "around"> {
  const segments = operation.split("/").filter((segment) => segment !== "");
  const suffix = asciiLower(segments.at(-1) ?? "");
  const phrase = readPhrase(wordsOf(segments.at(-2) ?? ""));
  const asks = suffix === "write" && ASKS.has(phrase.verb) && !isVerb(phrase.rest[0] ?? "");
  const does = (asks || (suffix === "read" && DOES.has(phrase.verb))) && phrase.rest.length > 0;
  const isAction = (suffix === "action" && segments.length > 1) || does;
  const types = segments.slice(0, isAction ? -2 : -1);
  const parents = types.map((segment) => wordsOf(segment).map(singular));
  const around = parents.flat().join(" ");
  const place = parents.at(-1) ?? [];
  if (!isAction) return { verb: suffix, kind: verbKind(suffix), turned: false, own: false, object: place, around };
  // `sharedkeys/action`: no verb at all, the segment is what one gets.
  const noun = phrase.kind === undefined && phrase.rest.length === 0;
  const own = noun ? wordsOf(segments.at(-2) ?? "").map(singular) : objectOf(phrase.rest);
  const object = own.length > 0 ? own : place;
  return { verb: phrase.verb, kind: phrase.kind, turned: phrase.turned, own: own.length > 0, object, around };
}
