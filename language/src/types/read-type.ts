/** Types as written to types as meant. */
import { error, list, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type * as Ast from "../syntax/ast.ts";
import type { Field, Type } from "./contract.ts";
import { PLAIN_TYPES, unionOf } from "./type.ts";

/** One value for each, as most types of a contract are one of these. */
const PLAIN: ReadonlyMap<string, Type> = new Map([...PLAIN_TYPES].map(([name, kind]) => [name, { kind }]));

/** Undefined when it was reported. */
export function readType(node: Ast.TypeNode, report: Report): Type | undefined {
  switch (node.kind) {
    case "named":
      return named(node, report);
    case "literals":
      return literals(node, report);
    case "record":
      return record(node, report);
    case "union": {
      const records = node.cases.map((each) => readType(each, report));
      if (!records.every((each) => each !== undefined)) return undefined;
      const help = 'each of the records has one field with a text of its own: `{ kind: "a", … } | { kind: "b", … }`';
      return (
        unionOf(records) ?? void report(error("THC3016", "nothing tells these records apart", node.span, "", { help }))
      );
    }
    case "optional": {
      const of = readType(node.of, report);
      if (of?.kind !== "optional") return of === undefined ? undefined : { kind: "optional", of };
      return wrong(node, "the type is optional already", report);
    }
  }
}

function named(node: Extract<Ast.TypeNode, { kind: "named" }>, report: Report): Type | undefined {
  const { text, span } = node.name;
  if (text === "Money") return money(node, report);
  if (text === "List" || text === "Map") return many(node, text, report);
  const plain = PLAIN.get(text);
  if (plain === undefined) {
    const names = [...PLAIN_TYPES.keys(), "Money", "List", "Map"];
    const help = didYouMean(text, names) ?? `the types are ${list(names, "and")}, records and texts in quotes`;
    return void report(error("THC2006", `unknown type \`${text}\``, span, "not a type", { help }));
  }
  if (node.args.length > 0) return wrong(node, `\`${text}\` takes nothing in angle brackets`, report);
  return plain;
}

function many(node: Extract<Ast.TypeNode, { kind: "named" }>, name: "List" | "Map", report: Report): Type | undefined {
  const [of, ...more] = node.args;
  if (of === undefined || more.length > 0)
    return wrong(
      node,
      name === "List" ? "a list has one element type: `List<Text>`" : "a map has one type of value: `Map<Text>`",
      report,
    );
  const type = readType(of, report);
  if (type?.kind === "optional")
    return wrong(
      of,
      name === "List" ? "an element of a list cannot be optional" : "a value of a map cannot be optional",
      report,
    );
  if (type === undefined) return undefined;
  return name === "List" ? { kind: "list", element: type } : { kind: "map", value: type };
}

function money(node: Extract<Ast.TypeNode, { kind: "named" }>, report: Report): Type | undefined {
  const [currency, minor, ...more] = node.args.map((arg) =>
    arg.kind === "named" && arg.args.length === 0 ? arg.name.text : "",
  );
  const isCurrency = currency !== undefined && /^[A-Z]{3}$/.test(currency);
  if (!isCurrency || (minor !== undefined && minor !== "minor") || more.length > 0)
    return wrong(
      node,
      "an amount names its currency in three capital letters: `Money<USD>` or `Money<USD, minor>`",
      report,
    );
  return { kind: "money", currency, minor: minor !== undefined };
}

function literals(node: Extract<Ast.TypeNode, { kind: "literals" }>, report: Report): Type | undefined {
  const values = node.values.map((value) => value.value);
  const twice = node.values.find((value, i) => values.indexOf(value.value) !== i);
  if (twice !== undefined) return wrong(twice, "the text stands twice", report);
  return { kind: "literals", values };
}

function record(node: Extract<Ast.TypeNode, { kind: "record" }>, report: Report): Type | undefined {
  const fields: Field[] = [];
  let ok = true;
  for (const { name, type: written } of node.fields) {
    if (fields.some((field) => field.name === name.text)) {
      report(error("THC2010", `the field \`${name.text}\` is declared twice`, name.span, "again here"));
      ok = false;
    }
    const type = readType(written, report);
    if (type === undefined) ok = false;
    else fields.push({ name: name.text, type });
  }
  return ok ? { kind: "record", fields } : undefined;
}

function wrong(node: { readonly span: Ast.Word["span"] }, message: string, report: Report): undefined {
  report(error("THC3016", message, node.span));
}
