/**
 * What a call touches (docs/semantics/values.md): for every derived list that some rule reads, a slot that the kernel fills, and for
 * every tool the arguments it is filled from. A walk says how a value is gone through; what a value of which kind adds to which list
 * is the kernel's to know (runtime/kernel/assembly/touched.ts), so a walk only leads to values that add something at all.
 */
import type { Contract, Type } from "@thc/language";
import type { IrTouched, IrWalk } from "../ir/ir.ts";
import { type SlotTable, withoutOptional } from "./slots.ts";

/** The lists by number, and from which types of argument they are filled. */
const LISTS: readonly {
  readonly number: number;
  readonly name: string;
  readonly element: Type;
  readonly from: readonly Type["kind"][];
}[] = [
  { number: 0, name: "paths", element: { kind: "path" }, from: ["path", "command"] },
  { number: 1, name: "writes", element: { kind: "path" }, from: ["path", "command"] },
  { number: 2, name: "hosts", element: { kind: "host" }, from: ["host", "url", "ip", "command"] },
  { number: 3, name: "emails", element: { kind: "email" }, from: ["email"] },
  { number: 4, name: "commands", element: { kind: "command" }, from: ["command"] },
  { number: 5, name: "tables", element: { kind: "text" }, from: ["sql"] },
];

/** Undefined when no rule reads any. Makes slots of arguments that only these lists read. */
export function lowerTouched(contract: Contract, slots: SlotTable): IrTouched | undefined {
  const lists: (number | undefined)[] = [];
  for (const { number, name, element } of LISTS)
    lists[number] = slots.find("action", [name], { kind: "list", element });
  const wanted = new Set(LISTS.flatMap(({ number, from }) => (lists[number] === undefined ? [] : from)));
  if (wanted.size === 0) return undefined;
  const tools = contract.tools.map((tool) =>
    tool.params.flatMap((param) => entries([param.name], param.type, wanted, slots)),
  );
  return { lists, tools };
}

/** Some argument, result or fact is a Command, or holds one. */
export function holdsCommand({ tools, facts }: Contract): boolean {
  const ofTools = new Set(tools.map(({ params }) => params));
  return (
    [...ofTools].some((params) => params.some(({ type }) => holds(type))) ||
    tools.some(({ returns }) => returns !== undefined && holds(returns)) ||
    facts.some(({ type }) => holds(type))
  );
}
const holds = (declared: Type): boolean => {
  const type = withoutOptional(declared);
  if (type.kind === "list") return holds(type.element);
  if (type.kind === "map") return holds(type.value);
  if (type.kind === "record") return type.fields.some((f) => holds(f.type));
  return type.kind === "union" ? type.cases.some((f) => holds(f.type)) : type.kind === "command";
};

/** Records of arguments have no slot of their content, only their members do. */
function entries(
  path: readonly string[],
  declared: Type,
  wanted: ReadonlySet<Type["kind"]>,
  slots: SlotTable,
): IrTouched["tools"][number] {
  const type = withoutOptional(declared);
  if (type.kind === "record") return type.fields.flatMap((f) => entries([...path, f.name], f.type, wanted, slots));
  const walk = walkOf(type, wanted);
  return walk === undefined ? [] : [{ slot: slots.of("args", path, type), walk }];
}

function walkOf(declared: Type, wanted: ReadonlySet<Type["kind"]>): IrWalk | undefined {
  const type = withoutOptional(declared);
  // the values of a map hang together as the elements of a list do
  if (type.kind === "list" || type.kind === "map") {
    const element = walkOf(type.kind === "list" ? type.element : type.value, wanted);
    return element && { kind: "list", element };
  }
  if (type.kind === "record") {
    const members = type.fields.flatMap((f, index) => {
      const walk = walkOf(f.type, wanted);
      return walk === undefined ? [] : [{ index, walk }];
    });
    return members.length === 0 ? undefined : { kind: "record", members };
  }
  return wanted.has(type.kind) ? { kind: "value", type: type.kind } : undefined;
}
