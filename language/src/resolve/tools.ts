/** Tools: parameters, levels, flags, and the risk that follows from them. */
import { type Diagnostic, error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import { LATER_FLAGS, notAvailable } from "../syntax/later-words.ts";
import type { Param, Tool, Type } from "../types/contract.ts";
import { readType } from "../types/read-type.ts";
import { isScalar, stripOptional } from "../types/type.ts";
import { LEVELS, type Level, RISKS, type Risk } from "../vocabulary.ts";
import { spanOf, spell } from "./names.ts";

/** Undefined when it was reported. */
export function readTool(node: Ast.ToolNode, report: Report): Tool | undefined {
  const name = spell(node.name);
  const params = readParams(node, report);
  const flags = readFlags(node, report);
  if (params === undefined || flags === undefined) return undefined;
  const risk = flags.risk ?? riskOf(flags.levels, flags.irreversible);
  return { name, params, ...flags, risk, span: spanOf(node.name) };
}

/** The risk of a tool that says none (LANGUAGE, section 3): the highest of its levels, one step higher when irreversible. */
export function riskOf(levels: readonly Level[], irreversible: boolean): Risk {
  const base = { read: 0, write: 1, delete: 2, execute: 2 };
  return RISKS[Math.max(...levels.map((level) => base[level])) + (irreversible ? 1 : 0)]!;
}

function readParams(node: Ast.ToolNode, report: Report): readonly Param[] | undefined {
  const params: Param[] = [];
  let ok = true;
  for (const param of node.params) {
    const { text } = param.name;
    if (params.some((other) => other.name === text)) {
      report(error("THC2010", `the argument \`${text}\` is declared twice`, param.name.span, "again here"));
      ok = false;
      continue;
    }
    const type = readType(param.type, report);
    if (type === undefined) ok = false;
    else if (param.dest && !canBeDest(type)) {
      report(error("THC3016", "a destination is one value or a list of values", param.type.span));
      ok = false;
    } else params.push({ name: text, type, dest: param.dest });
  }
  return ok ? params : undefined;
}

function canBeDest(type: Type): boolean {
  const bare = stripOptional(type);
  const element = bare.kind === "list" ? bare.element : bare;
  return isScalar(element) && element.kind !== "json" && element.kind !== "bool";
}

interface Flags {
  readonly levels: readonly Level[];
  readonly external: boolean;
  readonly irreversible: boolean;
  readonly risk: Risk | undefined;
  readonly returns: Type | undefined;
}

function readFlags(node: Ast.ToolNode, report: Report): Flags | undefined {
  const levels = new Set<Level>();
  const seen = new Map<string, Ast.FlagNode>();
  let risk: Risk | undefined;
  let returns: Type | undefined;
  for (const flag of node.flags) {
    const key = flag.kind === "words" ? wordKey(flag.words) : flag.kind;
    const before = seen.get(key);
    if (before !== undefined) return void report(twice(key, flag, before));
    seen.set(key, flag);
    switch (flag.kind) {
      case "returns":
        returns = readType(flag.type, report);
        if (returns === undefined) return undefined;
        break;
      case "risk":
        risk = RISKS.find((known) => known === flag.risk.text);
        if (risk === undefined) return void report(unknownRisk(flag.risk));
        break;
      case "words":
        for (const word of flag.words) {
          const level = LEVELS.find((known) => known === word.text);
          if (level !== undefined) levels.add(level);
          else if (flag.words.length > 1 || (word.text !== "external" && word.text !== "irreversible"))
            return void report(unknownFlag(word));
        }
        break;
    }
  }
  if (levels.size === 0) {
    const help = `say what it does, behind its arguments: ${list(LEVELS)}`;
    return void report(
      error("THC1014", `the tool \`${spell(node.name)}\` has no level`, spanOf(node.name), "", { help }),
    );
  }
  return {
    levels: LEVELS.filter((level) => levels.has(level)),
    external: seen.has("external"),
    irreversible: seen.has("irreversible"),
    risk,
    returns,
  };
}

/** What may stand once: each flag, and the list of levels. */
function wordKey(words: readonly Ast.Word[]): string {
  const text = words[0]?.text ?? "";
  return LEVELS.some((level) => level === text) ? "level" : text;
}

function twice(key: string, flag: Ast.FlagNode, before: Ast.FlagNode): Diagnostic {
  const help = key === "level" ? "several levels stand in one list: `read, write`" : undefined;
  return error("THC1013", `\`${key}\` stands twice`, flag.span, "again here", {
    help,
    related: [{ span: before.span, text: "first here" }],
  });
}

function unknownFlag(word: Ast.Word): Diagnostic {
  if (LATER_FLAGS.has(word.text)) return notAvailable(`\`${word.text}\` is`, word.span);
  const known = [...LEVELS, "external", "irreversible", "returns", "risk"];
  return error("THC2007", `\`${word.text}\` is no level or flag of a tool`, word.span, "not known here", {
    help: didYouMean(word.text, known) ?? `levels are ${list(LEVELS, "and")}, flags \`external\` and \`irreversible\``,
  });
}

function unknownRisk(word: Ast.Word): Diagnostic {
  if (word.text === "of") return notAvailable("`risk of` is", word.span);
  return error("THC2011", `unknown risk \`${word.text}\``, word.span, "", {
    help: didYouMean(word.text, RISKS) ?? `risks are ${list(RISKS, "and")}`,
  });
}
