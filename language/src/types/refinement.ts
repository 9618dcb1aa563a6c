/**
 * Whether a written type narrows the one that a schema gives: both are read from the same kind of JSON, and the written one accepts no
 * more. What the schema leaves open (Json) takes any type.
 */
import { matchesPieces } from "../resolve/globs.ts";
import type { Piece } from "../syntax/ast.ts";
import type { Type } from "./contract.ts";
import { stripOptional } from "./type.ts";

export type Refined =
  | { readonly kind: "refined"; readonly type: Type }
  | { readonly kind: "no such field" }
  | { readonly kind: "misfit"; readonly of: Type; readonly help: string | undefined };

const NO_SUCH_FIELD: Refined = { kind: "no such field" };

/** `of` with `type` at `path`: fields of records, through lists and optional values on the way. */
export function refinedType(of: Type, path: readonly (readonly Piece[])[], type: Type): Refined {
  const [first, ...rest] = path;
  if (first === undefined) return narrowed(of, type);
  switch (of.kind) {
    case "optional": {
      const inner = refinedType(of.of, path, type);
      return inner.kind === "refined" ? { kind: "refined", type: { kind: "optional", of: inner.type } } : inner;
    }
    case "list": {
      const inner = refinedType(of.element, path, type);
      return inner.kind === "refined" ? { kind: "refined", type: { kind: "list", element: inner.type } } : inner;
    }
    case "map": {
      if (first.length !== 1 || first[0]!.kind !== "any") return NO_SUCH_FIELD;
      const inner = refinedType(of.value, rest, type);
      return inner.kind === "refined" ? { kind: "refined", type: { kind: "map", value: inner.type } } : inner;
    }
    case "union": {
      const inner = of.cases.map((each) => refinedType(each.type, path, type));
      const misfit = inner.find((each) => each.kind === "misfit");
      if (misfit !== undefined || !inner.some((each) => each.kind === "refined")) return misfit ?? NO_SUCH_FIELD;
      const cases = of.cases.map((each, i) => {
        const found = inner[i]!;
        return found.kind === "refined" ? { ...each, type: found.type } : each;
      });
      return { kind: "refined", type: { ...of, cases } };
    }
    case "record": {
      const inner = of.fields.map((field) =>
        matchesPieces(first, field.name) ? refinedType(field.type, rest, type) : NO_SUCH_FIELD,
      );
      const misfit = inner.find((each) => each.kind === "misfit");
      if (misfit !== undefined || !inner.some((each) => each.kind === "refined")) return misfit ?? NO_SUCH_FIELD;
      const fields = of.fields.map((field, i) => {
        const found = inner[i]!;
        return found.kind === "refined" ? { ...field, type: found.type } : field;
      });
      return { kind: "refined", type: { kind: "record", fields } };
    }
    default:
      return NO_SUCH_FIELD;
  }
}

/** What the definition leaves optional stays so; what it requires cannot become optional. */
function narrowed(of: Type, type: Type): Refined {
  const [base, written] = [stripOptional(of), stripOptional(type)];
  if (type.kind === "optional" && of.kind !== "optional")
    return { kind: "misfit", of, help: "the definition requires it: write it without `?`" };
  if (!accepts(base, written)) {
    const isList = base.kind === "list" && written.kind !== "list" && accepts(base.element, written);
    return { kind: "misfit", of: base, help: isList ? "it is a list: write `List<…>`" : undefined };
  }
  return { kind: "refined", type: of.kind === "optional" ? { kind: "optional", of: written } : written };
}

/** Every value of `narrow` is one of `wide`. */
function accepts(wide: Type, narrow: Type): boolean {
  if (wide.kind === "json") return true;
  if (wide.kind === "optional") return accepts(wide.of, stripOptional(narrow));
  if (narrow.kind === "optional") return false;
  if (wide.kind === "literals")
    return narrow.kind === "literals" && narrow.values.every((value) => wide.values.includes(value));
  if (wide.kind === "list") return narrow.kind === "list" && accepts(wide.element, narrow.element);
  if (wide.kind === "map") {
    const { value } = wide;
    if (narrow.kind === "map") return accepts(value, narrow.value);
    const records = narrow.kind === "union" ? narrow.cases.map(({ type }) => type) : [narrow];
    return records.every(
      (each) => each.kind === "record" && each.fields.every(({ type }) => accepts(value, stripOptional(type))),
    );
  }
  if (wide.kind === "union")
    return (
      narrow.kind === "union" &&
      wide.tag === narrow.tag &&
      narrow.cases.every((each) => {
        const other = wide.cases.find(({ name }) => name === each.name);
        return other !== undefined && accepts(other.type, each.type);
      })
    );
  if (wide.kind === "record") {
    if (narrow.kind !== "record") return false;
    return narrow.fields.every((field) => {
      const other = wide.fields.find(({ name }) => name === field.name);
      return other !== undefined && accepts(other.type, field.type);
    });
  }
  return written(wide) === written(narrow) && written(wide) !== undefined;
}

/** The kind of JSON that a scalar is read from. */
function written(type: Type): "text" | "number" | "bool" | undefined {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
    case "decimal":
    case "money":
      return "number";
    case "list":
    case "map":
    case "record":
    case "union":
    case "optional":
    case "json":
      return undefined;
    default:
      return "text";
  }
}
