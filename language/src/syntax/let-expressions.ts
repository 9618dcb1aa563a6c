/** What a `let` stands for: a literal or a set, or an expression, which is put in place where the name is read. */
import type * as Ast from "./ast.ts";

type Value = Ast.LetNode["value"];
type Test = Exclude<Ast.Condition, { readonly kind: "bare" }>;

const TESTS: ReadonlySet<string> = new Set([
  ...["and", "or", "not", "has", "is", "session has", "quantifier", "relation"],
]);

/** It is true or false. */
export const isTest = (node: Value | Ast.Condition): node is Test => TESTS.has(node.kind);

/** What is read: all other operands are written out. */
const READ: ReadonlySet<string> = new Set(["path", "count", "blast", "arithmetic", "function"]);
/** It is read or asked, not written out. */
export const isPlaced = (node: Value): node is Exclude<Value, Ast.SetNode> => isTest(node) || READ.has(node.kind);
