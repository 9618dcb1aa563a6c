/** Reading a reference (docs/semantics.md §3 "Members", §4): down the records, then the derived member. */

import type { CallClass } from "./call-class.ts";
import { emailParts } from "./canonical/email.ts";
import { pathDirectory, pathExtension, pathName } from "./canonical/path.ts";
import { DEFAULT_PORTS, partsOfCanonical } from "./canonical/url.ts";
import type { Contract, Field, Member, Reference, Tool, Type } from "./contract.ts";
import { decimal } from "./decimal.ts";
import type { Fields } from "./fields.ts";
import type { Link } from "./request.ts";
import { classifySql, type Sql } from "./sql/classify.ts";
import type { Truth } from "./truth.ts";
import { unreachable } from "./unreachable.ts";
import { ABSENT, UNKNOWN, type Value } from "./value.ts";

export interface Environment {
  readonly contract: Contract;
  readonly tool: Tool;
  readonly call: CallClass;
  /** A record. */
  readonly args: Value;
  readonly fields: Fields;
  /** Whose turn it is, of a call that is made for others: the one that was delegated to by `delegator`, and is not the principal. */
  readonly delegator: number | undefined;
  /** Whose ledgers are counted in; undefined: the principal's. And of who delegated to that. */
  readonly link: Link | undefined;
  readonly before: Link | undefined;
  /** Of the session, as the call sees them. */
  readonly labels: ReadonlySet<string>;
  /** Of the evidence row under test. */
  readonly prior: { readonly args: Value; readonly result: Value; readonly row?: Value } | undefined;
  /** Of the quantifiers around, outermost first. */
  readonly elements: readonly Value[];
}

export function read(reference: Reference, environment: Environment): Value {
  const value = fieldOf(rootValue(reference, environment), reference.path.slice(pathStart(reference)));
  return reference.member === undefined ? value : derived(value, reference.member);
}

/** Names below a value. */
export function fieldOf(value: Value, path: readonly string[]): Value {
  return path.reduce(field, value);
}

function rootValue(reference: Reference, environment: Environment): Value {
  switch (reference.root) {
    case "args":
      return isArgument(reference, environment.tool) ? environment.args : ABSENT;
    case "principal":
    case "resource":
    case "context":
    case "action":
      return environment.fields.get(`${reference.root}.${reference.path[0]}`) ?? ABSENT;
    case "prior_args":
      return environment.prior?.args ?? UNKNOWN;
    case "prior_result":
      return environment.prior?.result ?? UNKNOWN;
    case "prior_row":
      return environment.prior?.row ?? UNKNOWN;
    case "element":
      return environment.elements[reference.depth]!;
    default:
      return unreachable(reference.root);
  }
}

/** An argument of another type is another argument, whatever its name. */
function isArgument({ path, member, type }: Reference, tool: Tool): boolean {
  let declared: Type | undefined = { kind: "record", fields: tool.params };
  for (const name of path) {
    const fields: readonly Field[] = declared?.kind === "record" ? declared.fields : [];
    const named: readonly Field[] = declared?.kind === "union" ? declared.cases : fields;
    declared = declared?.kind === "map" ? declared.value : named.find((field) => field.name === name)?.type;
    if (declared?.kind === "optional") declared = declared.of;
  }
  return declared?.kind === (member === undefined ? type.kind : member.slice(0, member.indexOf(".")));
}

/** A request field is found by root and first name together. */
function pathStart(reference: Reference): number {
  return ["principal", "resource", "context", "action"].includes(reference.root) ? 1 : 0;
}

export function field(value: Value, name: string): Value {
  return value.kind === "record" || value.kind === "map" ? (value.fields.get(name) ?? ABSENT) : value;
}

/** Whether there is a value at all: nobody knows it of a key of a map that is not known. */
export function isPresent(reference: Reference, environment: Environment): Truth {
  const way = (reference.maps ?? []).map(({ at }) =>
    read(
      { ...reference, path: reference.path.slice(0, at), type: { kind: "map", value: reference.type } },
      environment,
    ),
  );
  if (way.some((map) => map.kind === "unknown")) return "unknown";
  return read(reference, environment).kind !== "absent";
}

export function derived(value: Value, member: Member): Value {
  if (value.kind === "command") return value.members.get(member.slice(member.indexOf(".") + 1))!;
  if (value.kind === "map" && member === "map.values") return { kind: "list", items: [...value.fields.values()] };
  if (value.kind === "map") return { kind: "list", items: [...value.fields.keys()].map(text) };
  if (value.kind !== "text") return value;
  switch (member) {
    case "email.local":
      return text(emailParts(value.text).local);
    case "email.domain":
      return text(emailParts(value.text).domain);
    case "url.scheme": {
      const scheme = partsOfCanonical(value.text).scheme;
      return scheme === undefined ? UNKNOWN : text(scheme);
    }
    case "url.host":
      return text(partsOfCanonical(value.text).host);
    case "url.port": {
      const { scheme, port } = partsOfCanonical(value.text);
      const effective = port ?? DEFAULT_PORTS.get(scheme ?? "");
      return effective === undefined ? UNKNOWN : number(effective);
    }
    case "url.path":
      return text(partsOfCanonical(value.text).path);
    case "path.name":
      return text(pathName(value.text));
    case "path.ext":
      return text(pathExtension(value.text));
    case "path.dir":
      return text(pathDirectory(value.text));
    case "text.length":
      return number([...value.text].length);
    case "sql.reads":
    case "sql.writes":
    case "sql.deletes":
    case "sql.has_where":
    case "sql.tables":
      return ofSql(classifySql(value.text)!, member);
    case "command.segments":
    case "command.programs":
    case "command.paths":
    case "command.hosts":
    case "command.writes":
    case "map.keys":
    case "map.values":
      return UNKNOWN;
    default:
      return unreachable(member);
  }
}

function ofSql(sql: Sql, member: Extract<Member, `sql.${string}`>): Value {
  switch (member) {
    case "sql.reads":
      return { kind: "bool", value: sql.reads };
    case "sql.writes":
      return { kind: "bool", value: sql.writes };
    case "sql.deletes":
      return { kind: "bool", value: sql.deletes };
    case "sql.has_where":
      return { kind: "bool", value: sql.hasWhere };
    case "sql.tables":
      return { kind: "list", items: sql.tables.map((table) => (table === undefined ? UNKNOWN : text(table))) };
    default:
      return unreachable(member);
  }
}

function text(of: string): Value {
  return { kind: "text", text: of, sent: of };
}

export function number(of: number): Value {
  const value = decimal(BigInt(of), 0);
  return { kind: "number", value, sent: value };
}
