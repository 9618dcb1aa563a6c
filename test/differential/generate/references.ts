/** Everything a condition may read: scalars (with their members) and lists, below arguments, facts, rows and elements. */
import { listOf, record, T } from "../../contracts/build.ts";
import type { Contract, Member, Param, Reference, Type } from "../../reference/contract.ts";

export interface Readable {
  readonly scalars: readonly Reference[];
  readonly lists: readonly Reference[];
  /** Of unions: what `is` may ask for. */
  readonly cases?: readonly Reference[];
}

const MEMBERS: Readonly<Record<string, readonly (readonly [member: Member, type: Type])[]>> = {
  email: [
    ["email.local", T.text],
    ["email.domain", T.host],
  ],
  url: [
    ["url.scheme", T.text],
    ["url.host", T.host],
    ["url.port", T.int],
    ["url.path", T.text],
  ],
  path: [
    ["path.name", T.text],
    ["path.ext", T.text],
    ["path.dir", T.path],
  ],
  text: [["text.length", T.int]],
};

const COMMAND_LISTS: readonly (readonly [member: Member, element: Type])[] = [
  ["command.segments", record({ program: T.text, args: listOf(T.text), stdin_from: listOf(T.text) })],
  ["command.programs", T.text],
  ["command.paths", T.path],
  ["command.hosts", T.host],
  ["command.writes", T.path],
];

/** Keys that rules ask for; values have others too. */
const KEYS = ["a", "B-1"];
export const ALL_KEYS = [...KEYS, "b", "ü", "", 'q"'];

export function join(...parts: readonly Readable[]): Readable {
  return {
    scalars: parts.flatMap((p) => p.scalars),
    lists: parts.flatMap((p) => p.lists),
    cases: parts.flatMap((p) => p.cases ?? []),
  };
}

/** Below one root, or one name of it. */
export function below(
  root: Reference["root"],
  path: readonly string[],
  type: Type,
  optional = false,
  depth = 0,
  maps: NonNullable<Reference["maps"]> = [],
  cases: NonNullable<Reference["cases"]> = [],
): Readable {
  const reference = (member: Member | undefined, of: Type, way = maps): Reference => ({
    kind: "reference",
    root,
    depth,
    path,
    member,
    type: of,
    optional,
    ...(way.length > 0 ? { maps: way } : {}),
    ...(cases.length > 0 ? { cases } : {}),
  });
  switch (type.kind) {
    case "optional":
      return below(root, path, type.of, true, depth, maps, cases);
    case "json":
      return { scalars: [], lists: [] };
    case "sql":
      return {
        scalars: (["reads", "writes", "deletes", "has_where"] as const).map((m) => reference(`sql.${m}`, T.bool)),
        lists: [reference("sql.tables", listOf(T.text))],
      };
    case "command":
      return { scalars: [], lists: COMMAND_LISTS.map(([member, of]) => reference(member, listOf(of))) };
    case "list":
      return { scalars: [], lists: [reference(undefined, type)] };
    case "map": {
      const way = [...maps, { at: path.length, type }];
      const lists = [
        reference("map.keys", { kind: "list", element: T.text }, way),
        reference("map.values", { kind: "list", element: type.value }, way),
      ];
      return join(
        { scalars: [], lists },
        ...KEYS.map((key) => below(root, [...path, key], type.value, true, depth, way, cases)),
      );
    }
    case "union": {
      const way = [...cases, path.length];
      const here = type.cases.map(
        (each): Reference => ({
          ...reference(undefined, each.type),
          path: [...path, each.name],
          optional: true,
          cases: way,
        }),
      );
      // all cases have the tag: a text cannot say of which one it is read, and has `is` for it
      const inside = type.cases.map((each) => {
        const fields = each.type.kind === "record" ? each.type.fields.filter((f) => f.name !== type.tag) : [];
        return below(root, [...path, each.name], { kind: "record", fields }, true, depth, maps, way);
      });
      return join({ scalars: [], lists: [], cases: here }, ...inside);
    }
    case "record":
      return join(...type.fields.map((f) => below(root, [...path, f.name], f.type, optional, depth, maps, cases)));
    default:
      return {
        scalars: [reference(undefined, type), ...(MEMBERS[type.kind] ?? []).map(([m, t]) => reference(m, t))],
        lists: [],
      };
  }
}

/** An argument of several tools: optional as soon as one has not got it. */
export function ofArguments(
  contract: Contract,
  tools: readonly number[],
  root: "args" | "prior_args" = "args",
): Readable {
  const params = new Map<string, { readonly param: Param; readonly in: number }>();
  for (const rank of tools)
    for (const param of contract.tools[rank]!.params) {
      const found = params.get(param.name);
      const optional = param.type.kind === "optional" ? param : (found?.param ?? param);
      params.set(param.name, { param: optional, in: (found?.in ?? 0) + 1 });
    }
  return join(
    ...[...params.values()].map(({ param, in: having }) =>
      below(root, [param.name], param.type, having < tools.length),
    ),
  );
}

/** What every one of the tools returns, at the same place and of the same type. */
export function ofResults(contract: Contract, tools: readonly number[]): Readable {
  return inAll(tools, (rank) => {
    const { returns } = contract.tools[rank]!;
    return returns === undefined ? NOTHING : below("prior_result", [], returns);
  });
}

/** One row of what they return, where that is a list of records. */
export function ofRows(contract: Contract, tools: readonly number[]): Readable {
  return inAll(tools, (rank) => {
    const { returns } = contract.tools[rank]!;
    const list = returns?.kind === "optional" ? returns.of : returns;
    const row =
      list?.kind === "list" && list.element.kind === "optional"
        ? list.element.of
        : list?.kind === "list"
          ? list.element
          : undefined;
    return row?.kind === "record" ? below("prior_row", [], row) : NOTHING;
  });
}

const NOTHING: Readable = { scalars: [], lists: [] };

function inAll(tools: readonly number[], readable: (tool: number) => Readable): Readable {
  const all = tools.map(readable);
  const [first, ...others] = all;
  const common = (reference: Reference) =>
    others.every((o) =>
      [...o.scalars, ...o.lists, ...(o.cases ?? [])].some((r) => JSON.stringify(r) === JSON.stringify(reference)),
    );
  return {
    scalars: first!.scalars.filter(common),
    lists: first!.lists.filter(common),
    cases: first!.cases?.filter(common) ?? [],
  };
}

const BUILT_IN: readonly Readable[] = [
  below("principal", ["id"], T.id),
  below("principal", ["team"], T.text, true),
  below("principal", ["roles"], { kind: "list", element: T.text }, true),
  below("principal", ["scopes"], { kind: "list", element: T.text }, true),
  below("principal", ["chain"], listOf(T.id), true),
  below("context", ["session"], T.id, true),
  below("context", ["run"], T.id, true),
  below("context", ["task"], T.id, true),
  below("context", ["origin"], T.text, true),
  below("context", ["cwd"], T.path, true),
  below("action", ["paths"], listOf(T.path)),
  below("action", ["writes"], listOf(T.path)),
  below("action", ["hosts"], listOf(T.host)),
  below("action", ["emails"], listOf(T.email)),
  below("action", ["commands"], listOf(T.command)),
  below("action", ["tables"], listOf(T.text)),
];

export function ofRequest(contract: Contract): Readable {
  return join(...BUILT_IN, ...contract.facts.map((f) => below(f.root, [f.name], f.type)));
}
