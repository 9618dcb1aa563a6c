/**
 * What a call touches (docs/semantics/values.md, "What a call touches"): lists derived from all its typed arguments, under
 * the names that conditions read.
 *
 * A value says only what it adds, one element or a part nobody knows; that no list is longer than others is said once, at the end.
 */
import type { CallClass } from "./call-class.ts";
import { partsOfCanonical } from "./canonical/url.ts";
import type { Tool, Type } from "./contract.ts";
import type { Fields } from "./fields.ts";
import { derived } from "./read.ts";
import { LONGEST_LIST, UNKNOWN, type Value } from "./value.ts";

const LISTS = ["paths", "writes", "hosts", "emails", "commands", "tables"] as const;
type Name = (typeof LISTS)[number];
/** `many`: any number of elements, none of them known. */
type Part = { readonly list: Name; readonly element: Value | "many" };

export function touchedLists(tool: Tool, args: Value, call: CallClass): Fields {
  const mayWrite = call.levels.some((level) => level !== "read");
  const parts = tool.params.flatMap((param) => partsOf(param.type, memberOf(args, param.name)));
  return new Map(
    LISTS.map((name) => {
      const elements = parts
        .filter((part) => part.list === name && (name !== "writes" || mayWrite))
        .map((part) => part.element);
      const known = !elements.includes("many") && elements.length <= LONGEST_LIST;
      return [`action.${name}`, known ? { kind: "list", items: elements as readonly Value[] } : UNKNOWN];
    }),
  );
}

function partsOf(type: Type, value: Value): readonly Part[] {
  if (value.kind === "absent") return [];
  switch (type.kind) {
    case "optional":
      return partsOf(type.of, value);
    case "list":
      return value.kind === "list"
        ? value.items.flatMap((item) => partsOf(type.element, item))
        : feeds(type.element).map((list) => ({ list, element: "many" }));
    case "map":
      return value.kind === "map"
        ? [...value.fields.values()].flatMap((each) => partsOf(type.value, each))
        : feeds(type.value).map((list) => ({ list, element: "many" }));
    case "union":
      return type.cases.flatMap((f) => partsOf(f.type, memberOf(value, f.name)));
    case "record":
      return type.fields.flatMap((f) => partsOf(f.type, memberOf(value, f.name)));
    case "command":
      return [{ list: "commands", element: value }, ...COMMAND_LISTS.flatMap((list) => ofCommand(list, value))];
    case "sql": {
      const tables = derived(value, "sql.tables");
      return tables.kind === "list"
        ? tables.items.map((element) => ({ list: "tables", element }))
        : [{ list: "tables", element: "many" }];
    }
    default:
      return feeds(type).map((list) => ({ list, element: elementOf(type, value) }));
  }
}

const COMMAND_LISTS = ["paths", "writes", "hosts"] as const;
function ofCommand(list: (typeof COMMAND_LISTS)[number], value: Value): readonly Part[] {
  const elements = value.kind === "command" ? value.members.get(list)! : UNKNOWN;
  return elements.kind === "list" ? elements.items.map((element) => ({ list, element })) : [{ list, element: "many" }];
}

/** The lists that values of a type have something for. */
function feeds(type: Type): readonly Name[] {
  switch (type.kind) {
    case "optional":
      return feeds(type.of);
    case "list":
      return feeds(type.element);
    case "map":
      return feeds(type.value);
    case "union":
      return [...new Set(type.cases.flatMap((f) => feeds(f.type)))];
    case "record":
      return [...new Set(type.fields.flatMap((f) => feeds(f.type)))];
    case "path":
      return ["paths", "writes"];
    case "host":
    case "url":
    case "ip":
      return ["hosts"];
    case "email":
      return ["emails"];
    case "command":
      return ["commands", ...COMMAND_LISTS];
    case "sql":
      return ["tables"];
    default:
      return [];
  }
}

function elementOf(type: Type, value: Value): Value {
  if (type.kind !== "url" || value.kind !== "text") return value;
  const { host } = partsOfCanonical(value.text);
  return { kind: "text", text: host, sent: host };
}

function memberOf(value: Value, name: string): Value {
  return value.kind === "record" ? value.fields.get(name)! : value;
}
