/**
 * The flags behind a tool's arguments, and behind `classify`: levels in one list, each perhaps with a condition, and words that are of the
 * whole tool wherever they stand. `write external, delete when C` reads as it is said: after a word the list of levels may go on.
 */
import { type Diagnostic, error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_FLAGS, notAvailable } from "../syntax/later-words.ts";
import { LEVELS, type Level, RISKS, type Risk } from "../vocabulary.ts";
import { findRisk, unknownRisk } from "./risks.ts";

export interface Flags {
  /** All of them, with a condition or without. */
  readonly levels: readonly Level[];
  readonly external: boolean;
  readonly irreversible: boolean;
  readonly risk: Risk | undefined;
  readonly open: boolean;
}

const PLAIN_FLAGS: readonly string[] = ["external", "irreversible", "open"];
const levelOf = (word: Ast.Word): Level | undefined => LEVELS.find((known) => known === word.text);

/** Undefined when it was reported. `name`, `span`: of the tool. */
export function readFlags(nodes: readonly Ast.FlagNode[], name: string, span: Span, report: Report): Flags | undefined {
  const levels = new Set<Level>();
  const seen = new Map<string, Span>();
  let risk: Risk | undefined;
  const isNew = (key: string, at: Span): boolean => {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, at);
    else report(twice(key, at, before));
    return before === undefined;
  };
  for (const flag of nodes) {
    switch (flag.kind) {
      case "words": {
        const first = flag.items[0]!.word;
        if (levelOf(first) !== undefined && !isNew("level", flag.span)) return undefined;
        for (const { word, when } of flag.items) {
          const level = levelOf(word);
          if (level === undefined && !PLAIN_FLAGS.includes(word.text)) return void report(unknownFlag(word));
          if (level === undefined && (word !== first || when !== undefined)) return void report(misplaced(word, when));
          if (!isNew(level === undefined ? word.text : `level ${word.text}`, word.span)) return undefined;
          if (level !== undefined) levels.add(level);
        }
        break;
      }
      case "risk":
        if (!isNew("risk", flag.span)) return undefined;
        risk = findRisk(flag.risk.text);
        if (risk === undefined) return void report(unknownRisk(flag.risk));
        break;
      case "level of":
        if (!isNew("level", flag.span)) return undefined;
        for (const level of LEVELS) levels.add(level);
        break;
      default:
        if (!isNew(flag.kind === "risk of" ? "risk" : flag.kind, flag.span)) return undefined;
        break;
    }
  }
  if (levels.size === 0) {
    const help = `say what it does, behind its arguments: ${list(LEVELS)}`;
    return void report(error("THC1014", `the tool \`${name}\` has no level`, span, "", { help }));
  }
  return {
    levels: LEVELS.filter((level) => levels.has(level)),
    external: seen.has("external"),
    irreversible: seen.has("irreversible"),
    risk,
    open: seen.has("open"),
  };
}

/** The risk of a tool that says none (LANGUAGE, section 3): the highest of its levels, one step higher when irreversible. */
export function riskOf(levels: readonly Level[], irreversible: boolean): Risk {
  const base = { read: 0, write: 1, delete: 2, execute: 2 };
  return RISKS[Math.max(...levels.map((level) => base[level])) + (irreversible ? 1 : 0)]!;
}

function twice(key: string, span: Span, before: Span): Diagnostic {
  const help = key === "level" ? "several levels stand in one list: `read, write`" : undefined;
  const shown = key.startsWith("level ") ? key.slice("level ".length) : key;
  return error("THC1013", `\`${shown}\` stands twice`, span, "again here", {
    help,
    related: [{ span: before, text: "first here" }],
  });
}

function misplaced(word: Ast.Word, when: Ast.Condition | undefined): Diagnostic {
  if (when === undefined) {
    const help = `behind the levels it needs no comma: \`read ${word.text}\``;
    return error("THC1021", `\`${word.text}\` is no level`, word.span, "in a list of levels", { help });
  }
  const help = "a condition stands behind its level: `delete when …`";
  return error("THC1021", `\`${word.text}\` is of the whole tool`, word.span, "has no condition", { help });
}

function unknownFlag(word: Ast.Word): Diagnostic {
  if (LATER_FLAGS.has(word.text)) return notAvailable(`\`${word.text}\` is`, word.span);
  const known = [...LEVELS, ...PLAIN_FLAGS, "returns", "risk", "is", "gives", "accepts"];
  return error("THC2007", `\`${word.text}\` is no level or flag of a tool`, word.span, "not known here", {
    help: didYouMean(word.text, known) ?? `levels are ${list(LEVELS, "and")}, flags ${list(PLAIN_FLAGS, "and")}`,
  });
}
