/**
 * What calls and results do to the table (docs/semantics.md §8, "planted" and "echoed").
 *
 * An agent must not be able to launder a value of its own: neither by writing it somewhere and reading it back (marks),
 * nor by a tool that repeats its arguments (echo).
 */
import type { CallClass } from "../call-class.ts";
import type { Contract } from "../contract.ts";
import type { JsonObject } from "../json.ts";
import type { Value } from "../value.ts";
import { classesKept, resultSources, sourceKey } from "./class.ts";
import { formsOf, formsOfValue, scalarsIn } from "./forms.ts";
import { hasOrigin, resultForm } from "./grounded.ts";
import { addMark, addResultToken, type Table } from "./table.ts";

const MOST_ECHO_FORMS = 16;

/** A call that is let through. Every value is judged by the table as it was before the call. */
export function plant(table: Table, contract: Contract, call: CallClass, args: JsonObject): Table {
  if (resultSources(contract).length === 0 || !call.levels.some((level) => level !== "read")) return table;
  const kept = classesKept(contract);
  const ungrounded = scalarsIn(args).filter((scalar) => !hasOrigin(scalar, table, kept));
  return ungrounded.flatMap(formsOf).reduce(addMark, table);
}

/** The forms of a call's arguments; undefined when there are too many, and then its result grounds nothing. */
export function echoForms(args: JsonObject): ReadonlySet<string> | undefined {
  const forms = new Set(scalarsIn(args).flatMap(formsOf));
  return forms.size > MOST_ECHO_FORMS ? undefined : forms;
}

/** An ok result that fits. `echo` is of its call. */
export function take(
  table: Table,
  contract: Contract,
  tool: number,
  result: Value,
  echo: ReadonlySet<string> | undefined,
): Table {
  if (echo === undefined) return table;
  let next = table;
  for (const source of resultSources(contract).filter((s) => s.tool === tool))
    for (const value of valuesAt(result, source.path)) {
      if ((value.kind !== "text" && value.kind !== "number") || formsOfValue(value).some((f) => echo.has(f))) continue;
      next = addResultToken(next, { source: sourceKey(source), form: resultForm(source.type, value) });
    }
  return next;
}

/** The values at a path; lists on the way, and at its end, are entered. */
function valuesAt(value: Value, path: readonly string[]): readonly Value[] {
  if (value.kind === "list") return value.items.flatMap((item) => valuesAt(item, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  const field = value.kind === "record" ? value.fields.get(first) : undefined;
  return field === undefined ? [] : valuesAt(field, rest);
}
