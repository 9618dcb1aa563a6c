/** The read side of a relation: a scalar that is present, or a count; and what it is refused for. */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { blastNode, readBlast } from "./blast.ts";
import type { Literal, Term, Type } from "./contract.ts";
import { isBrokenLet } from "./lets.ts";
import { readListed, readPresent } from "./references.ts";
import type { Scope } from "./scope.ts";
import { isScalar, showType } from "./type.ts";

export type RelationNode = Extract<Ast.Condition, { kind: "relation" }>;

/** The value that is read on one side: a scalar, present, a count, or the blast radius. */
export function readAtom(node: Ast.Operand, scope: Scope): Exclude<Term, Literal> | undefined {
  const blast = blastNode(node, scope);
  if (blast !== undefined) return readBlast(blast, scope);
  if (node.kind === "count") {
    const read = readListed(node.list, scope);
    if (read === undefined) return undefined;
    if (read.reference.type.kind === "list") return { kind: "count", list: read.reference };
    return void scope.report(
      error("THC3010", `${showType(read.reference.type)} is no list`, node.list.span, "counted here"),
    );
  }
  if (node.kind !== "path" || isBrokenLet(node, scope)) return undefined;
  const read = readPresent(node, scope);
  if (read === undefined) return undefined;
  const { type } = read.reference;
  if (type.kind === "json")
    return void scope.report(
      error("THC3001", "a Json value cannot be compared", node.span, "", { help: "give it a type" }),
    );
  if (type.kind === "sql")
    return void scope.report(
      error("THC3003", "Sql is not compared as text", node.span, "", { help: CANONICAL_HELP.sql }),
    );
  if (isScalar(type)) return read.reference;
  const isMany = type.kind === "list" || type.kind === "map";
  const help = isMany ? "ask about its elements: `every x in … (…)`, `any x in … (…)`" : undefined;
  return void scope.report(
    error("THC3010", `${showType(type)} is not one value`, node.span, "one value is needed", { help }),
  );
}

export function typeOfTerm(term: Term): Type {
  switch (term.kind) {
    case "count":
      return { kind: "int" };
    case "blast":
      return { kind: "decimal" };
    default:
      return term.type;
  }
}

const CANONICAL_HELP: { readonly [kind: string]: string } = {
  path: "use `under`, `matches`, or a member such as `.name`",
  url: "compare its `.host`, `.path` or `.scheme`",
  host: 'use `in ["a.example", "*.a.example"]`',
  cloud_action: "use `==`, or `in [aws:s3:Get*]`",
  email: "compare its `.domain` or `.local`",
  ip: 'use `==`, or `in "10.0.0.0/8"`',
  account: 'use `==`, or `in ["…"]`',
  command: "ask what it runs: `any p in ….programs (p == …)`",
  date: "use `==`, `<` and their like",
  time: "use `==`, `<` and their like",
  duration: "use `==`, `<` and their like",
  sql: "ask what it does: `.reads`, `.writes`, `.deletes`, `.has_where`, `.tables`",
};

/** Law 12: canonical values are not compared as text. */
export function rawCompare(type: Type, node: RelationNode) {
  return error("THC3003", `${showType(type)} is not compared as text by \`${node.op}\``, node.span, "", {
    help: CANONICAL_HELP[type.kind],
  });
}
