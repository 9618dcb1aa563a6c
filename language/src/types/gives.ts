/**
 * What a tool gives: labels to the session, and whether its results are trusted. Read when all names are known, as an item may have a
 * condition on the call. `classify` and `refine` have the same flags; `tools` are those that the flags stand for.
 */
import { type Diagnostic, error, type Report } from "../diagnostics/diagnostic.ts";
import { findLabel, TRUSTED } from "../resolve/labels.ts";
import type { Names } from "../resolve/names.ts";
import type * as Ast from "../syntax/ast.ts";
import { typeCondition } from "./conditions.ts";
import type { Condition, Gives, Tool } from "./contract.ts";
import type { Scope } from "./scope.ts";
import { showType, stripOptional } from "./type.ts";

type Given = Pick<Tool, "gives" | "trusted">;
const ALWAYS: Condition = { kind: "constant", value: true };

/** Every tool with what its declaration says it gives; a fault leaves that out, and is reported. */
export function withGives(
  names: Names,
  flags: ReadonlyMap<string, readonly Ast.FlagNode[]>,
  report: Report,
): readonly Tool[] {
  return names.tools.map((tool) => {
    const items = flags.get(tool.name)?.flatMap((flag) => (flag.kind === "gives" ? flag.items : [])) ?? [];
    return items.length === 0 ? tool : { ...tool, ...readGives(items, tool, names, report) };
  });
}

export function readGives(items: readonly Ast.GivesItem[], tool: Tool, names: Names, report: Report): Given {
  const scope: Scope = {
    names,
    report,
    tools: [tool],
    prior: undefined,
    elements: [],
    strict: true,
    present: new Set(),
  };
  const gives: Gives[] = [];
  let trusted: Condition | undefined;
  for (const [i, item] of items.entries()) {
    const before = items.find((other, k) => k < i && isSame(item, other));
    if (before !== undefined) {
      const related = [{ span: before.span, text: "first here" }];
      const help = "several conditions are one: `when … or …`";
      report(error("THC1013", `\`${item.label.text}\` is given twice`, item.span, "again here", { help, related }));
      continue;
    }
    const when = item.when && typeCondition(item.when, { ...scope, report: (d) => report(aboutCall(d, tool)) });
    if (item.when !== undefined && when === undefined) continue;
    if (item.label.text === TRUSTED) {
      trusted = when ?? ALWAYS;
      if (item.from !== undefined) report(error("THC3081", "a result is trusted as a whole", item.from.span));
      continue;
    }
    const label = findLabel(item.label, names, report);
    if (label === undefined || !isField(item.from, tool, report)) continue;
    gives.push({ label, from: item.from?.names.map((word) => word.text), when });
  }
  return { gives, trusted };
}

/** A field of the result behind `when`: there is none yet. */
function aboutCall(diagnostic: Diagnostic, { returns }: Tool): Diagnostic {
  const type = returns && stripOptional(returns);
  const isOfResult =
    diagnostic.code === "THC2004" &&
    type?.kind === "record" &&
    type.fields.some(({ name }) => diagnostic.message.endsWith(`\`${name}\``));
  return isOfResult
    ? { ...diagnostic, help: "`when` behind `gives` reads the call's arguments, not its result" }
    : diagnostic;
}

const spelled = ({ from }: Ast.GivesItem): string => from?.names.map((word) => word.text).join(".") ?? "";
const isSame = (a: Ast.GivesItem, b: Ast.GivesItem): boolean =>
  a.label.text === b.label.text && spelled(a) === spelled(b);

/** A field of what the tool returns; lists on the way are entered. */
function isField(path: Ast.PathNode | undefined, tool: Tool, report: Report): boolean {
  let type = tool.returns;
  for (const word of path?.names ?? []) {
    while (type !== undefined && (type.kind === "optional" || type.kind === "list"))
      type = type.kind === "list" ? type.element : stripOptional(type);
    const field = type?.kind === "record" ? type.fields.find((each) => each.name === word.text) : undefined;
    if (field === undefined) {
      const what = type === undefined ? `\`${tool.name}\` does not say what it returns` : showType(type);
      const message = type === undefined ? what : `${what} has no field \`${word.text}\``;
      const help = `declare it on the tool: \`returns { ${word.text}: Text }\``;
      report(error("THC3081", message, word.span, "no field of the result", { help }));
      return false;
    }
    type = field.type;
  }
  return true;
}
