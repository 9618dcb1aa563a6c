/**
 * Values of tests in wire form: what a host would send. Typed against the declaration, so that a test says what it means; texts of
 * canonical types are sent as written, so that a test can show what becomes of odd ones.
 */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Field, Json, Type } from "./contract.ts";
import { isInteger, readDecimal, readDuration, toNumber } from "./decimal.ts";
import { isLiteral, nameLiteral } from "./literals.ts";
import { showType, stripOptional } from "./type.ts";

/** `partial`: fields of records may be missing, as in `returns`. Undefined when it was reported. */
export function wireValue(node: Ast.Operand, type: Type, partial: boolean, report: Report): Json | undefined {
  const bare = stripOptional(type);
  if (!isLiteral(node)) {
    const help = "texts stand in quotes";
    return void report(error("THC3021", "a test gives written values", node.span, "not a literal", { help }));
  }
  const wrong = (): undefined =>
    void report(error("THC3021", `${nameLiteral(node)} is given where ${showType(bare)} is declared`, node.span));
  switch (bare.kind) {
    case "bool":
      return node.kind === "bool" ? node.value : wrong();
    case "int":
    case "decimal":
    case "money":
      return node.kind === "number" ? wireNumber(node, bare, report) : wrong();
    case "text":
    case "id":
    case "email":
    case "url":
    case "host":
    case "path":
    case "ip":
    case "account":
    case "sql":
    case "command":
      return node.kind === "text" ? node.value : wrong();
    case "date":
    case "time":
      return node.kind === "text" ? node.value : node.kind === "moment" ? node.text : wrong();
    case "duration":
      return node.kind === "text" ? node.value : node.kind === "duration" ? wireDuration(node, report) : wrong();
    case "cloud_action":
      return node.kind === "action" ? node.text : node.kind === "text" ? node.value : wrong();
    case "literals": {
      if (node.kind !== "text") return wrong();
      if (bare.values.includes(node.value)) return node.value;
      const help = didYouMean(node.value, bare.values) ?? `declared are ${list(bare.values, "and")}`;
      return void report(error("THC3006", `\`${node.value}\` is none of the declared texts`, node.span, "", { help }));
    }
    case "list": {
      if (node.kind !== "list") return wrong();
      const items = node.items.map((item) => wireValue(item, bare.element, partial, report));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case "map":
      return node.kind === "record" ? wireMap(node.entries, bare.value, partial, report) : wrong();
    case "union": {
      if (node.kind !== "record") return wrong();
      const said = node.entries.find(({ name }) => name.text === bare.tag)?.value;
      const found = bare.cases.find(({ name }) => said?.kind === "text" && said.value === name);
      if (found?.type.kind === "record") return wireRecord(node.entries, found.type.fields, node.span, partial, report);
      const known = list(
        bare.cases.map(({ name }) => name),
        "or",
      );
      const help = `\`${bare.tag}\` is ${known}`;
      return void report(error("THC3021", `\`${bare.tag}\` does not say which`, node.span, "of several", { help }));
    }
    case "record":
      return node.kind === "record" ? wireRecord(node.entries, bare.fields, node.span, partial, report) : wrong();
    case "json":
      return wireJson(node, report);
  }
}

/** Entries against declared fields: unknown, repeated and missing ones are reported. */
export function wireRecord(
  entries: readonly Ast.Entry[],
  fields: readonly Field[],
  span: Ast.Word["span"],
  partial: boolean,
  report: Report,
): { readonly [name: string]: Json } | undefined {
  const found = new Map<string, Json>();
  let ok = true;
  for (const { name, value } of entries) {
    const field = fields.find((f) => f.name === name.text);
    if (field === undefined) {
      ok = false;
      const help = didYouMean(
        name.text,
        fields.map((f) => f.name),
      );
      report(error("THC2004", `\`${name.text}\` is not declared`, name.span, "unknown here", { help }));
      continue;
    }
    if (found.has(name.text)) {
      ok = false;
      report(error("THC2010", `\`${name.text}\` stands twice`, name.span, "again here"));
      continue;
    }
    const json = wireValue(value, field.type, partial, report);
    if (json === undefined) ok = false;
    found.set(name.text, json ?? null);
  }
  const missing = partial ? undefined : fields.find((f) => f.type.kind !== "optional" && !found.has(f.name));
  if (missing !== undefined) {
    ok = false;
    report(error("THC3021", `\`${missing.name}\` is missing`, span, `${showType(missing.type)} is declared`));
  }
  return ok ? Object.fromEntries(found) : undefined;
}

function wireMap(
  entries: readonly Ast.Entry[],
  type: Type,
  partial: boolean,
  report: Report,
): { readonly [name: string]: Json } | undefined {
  const found = new Map<string, Json>();
  let ok = true;
  for (const { name, value } of entries) {
    const json = wireValue(value, type, partial, report);
    if (found.has(name.text)) report(error("THC2010", `\`${name.text}\` stands twice`, name.span, "again here"));
    if (json === undefined || found.has(name.text)) ok = false;
    else found.set(name.text, json);
  }
  return ok ? Object.fromEntries(found) : undefined;
}

const shown = ({ text, unit }: Ast.NumberNode): string => (unit === undefined ? text : `${text} ${unit.text}`);

function wireNumber(node: Ast.NumberNode, type: Type, report: Report): Json | undefined {
  const value = readDecimal(node.text);
  if (value === undefined) return void report(error("THC3023", "the number is out of range", node.span));
  if (type.kind === "money") {
    if (node.unit?.text !== type.currency) {
      const help = `write \`${node.text} ${type.currency}\``;
      return void report(error("THC3002", `\`${shown(node)}\` is no ${showType(type)}`, node.span, "", { help }));
    }
    const wire = type.minor ? { digits: value.digits, exponent: value.exponent + 2 } : value;
    if (type.minor && !isInteger(wire))
      return void report(error("THC3021", "an amount has at most two decimals here", node.span));
    return toNumber(wire);
  }
  if (node.unit !== undefined)
    return void report(error("THC3021", `an amount is given where ${showType(type)} is declared`, node.span));
  if (type.kind === "int" && !isInteger(value))
    return void report(error("THC3021", "a whole number is declared", node.span));
  return toNumber(value);
}

/** As ISO 8601 has it. */
function wireDuration(node: Ast.DurationNode, report: Report): Json | undefined {
  const ms = readDuration(node.text);
  if (ms === undefined) return void report(error("THC3023", "the duration is out of range", node.span));
  const seconds = `${Math.floor(ms / 1000)}`;
  return `PT${ms % 1000 === 0 ? seconds : `${seconds}.${String(ms % 1000).padStart(3, "0")}`}S`;
}

/** Without a declared type: texts, plain numbers, truth values, lists and records stand for themselves. */
export function wireJson(node: Ast.Operand, report: Report): Json | undefined {
  switch (node.kind) {
    case "text":
    case "bool":
      return node.value;
    case "action":
      return node.text;
    case "number":
      return node.unit === undefined ? wireNumber(node, { kind: "decimal" }, report) : untyped(node, report);
    case "list": {
      const items = node.items.map((item) => wireJson(item, report));
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case "record": {
      const entries = node.entries.map(({ name, value }) => [name.text, wireJson(value, report)] as const);
      const twice = node.entries.find(({ name }, i) => node.entries.findIndex((e) => e.name.text === name.text) !== i);
      if (twice !== undefined)
        return void report(error("THC2010", `\`${twice.name.text}\` stands twice`, twice.name.span, "again here"));
      return entries.every(([, value]) => value !== undefined) ? (Object.fromEntries(entries) as Json) : undefined;
    }
    default:
      return untyped(node, report);
  }
}

const untyped = (node: Ast.Operand, report: Report): undefined =>
  void report(error("THC3021", "this value has no form without a declared type", node.span));
