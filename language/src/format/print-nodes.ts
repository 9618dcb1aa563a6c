/** The pieces of a contract as text on one line: names, values, types, targets, conditions. Laying out lines is `print.ts`. */
import type * as Ast from "../syntax/ast.ts";
import { isTest } from "../syntax/let-expressions.ts";
import { OUTCOME_WORDS } from "../syntax/outcome-words.ts";
import { writeText } from "../syntax/text-literal.ts";
import { HARD_WORDS } from "../syntax/tokens.ts";
import { unreachable } from "../unreachable.ts";

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;
const hard: ReadonlySet<string> = new Set(HARD_WORDS);

/** A name, in backquotes where it would not read as one. */
export const word = ({ text }: Pick<Ast.Word, "text">): string =>
  PLAIN.test(text) && !hard.has(text) ? text : `\`${text}\``;
export const words = (all: readonly Ast.Word[], between = ", "): string => all.map(word).join(between);
export const text = ({ value }: Pick<Ast.TextNode, "value">): string => writeText(value);
export const texts = (all: readonly Ast.TextNode[]): string => all.map(text).join(", ");

export function operand(node: Ast.Operand): string {
  switch (node.kind) {
    case "path":
      return node.keys === true ? `keys(${place(node)})` : place(node);
    case "number":
      return node.unit === undefined ? node.text : `${node.text} ${word(node.unit)}`;
    case "text":
      return text(node);
    case "bool":
      return String(node.value);
    case "duration":
    case "moment":
    case "action":
      return node.text;
    case "regex":
      return `/${node.source}/${node.flags}`;
    case "count":
      return `count(${operand(node.list)})`;
    case "blast":
      return `blast(${node.facts.map(operand).join(", ")})`;
    case "arithmetic":
      return arithmetic(node);
    case "function":
      return `${node.name}(${node.args.map(operand).join(", ")})`;
    case "list":
      return `[${node.items.map(operand).join(", ")}]`;
    case "record":
      return node.entries.length === 0 ? "{}" : `{ ${entries(node.entries)} }`;
    default:
      return unreachable(node);
  }
}

/** A chain inside a chain stood in parentheses, unless it is a product in a sum. */
function arithmetic({ first, rest }: Ast.ArithmeticNode): string {
  const isProduct = rest[0]!.op === "*";
  const part = (node: Ast.Operand): string =>
    node.kind === "arithmetic" && (isProduct || node.rest[0]!.op !== "*") ? `(${operand(node)})` : operand(node);
  return [part(first), ...rest.flatMap((next) => [next.op, part(next.operand)])].join(" ");
}

export const entries = (all: readonly Ast.Entry[]): string =>
  all
    .map(({ name, value }) => `${name.key === true ? writeText(name.text) : word(name)}: ${operand(value)}`)
    .join(", ");

/** Names behind dots, keys of maps in brackets. */
const place = ({ names }: Ast.PathNode): string =>
  names
    .map((name, i) => (name.key === true ? `[${writeText(name.text)}]` : `${i === 0 ? "" : "."}${word(name)}`))
    .join("");

export function type(node: Ast.TypeNode): string {
  switch (node.kind) {
    case "named":
      return node.args.length === 0 ? word(node.name) : `${word(node.name)}<${node.args.map(type).join(", ")}>`;
    case "literals":
      return node.values.map(text).join(" | ");
    case "record":
      return `{ ${node.fields.map((field) => `${word(field.name)}: ${type(field.type)}`).join(", ")} }`;
    case "union":
      return node.cases.map(type).join(" | ");
    case "optional":
      return `${type(node.of)}?`;
    default:
      return unreachable(node);
  }
}

export function targets(node: Ast.TargetsNode): string {
  const include = node.include.map(target).join(", ");
  return node.except.length === 0 ? include : `${include} except ${node.except.map(target).join(", ")}`;
}

function target(node: Ast.TargetNode): string {
  switch (node.kind) {
    case "star":
      return "*";
    case "level":
      return `level(${words(node.levels)})`;
    case "risk":
      return `risk ${node.op} ${word(node.risk)}`;
    case "pattern":
      return pattern(node);
    default:
      return unreachable(node);
  }
}

export const pattern = (node: Ast.PatternNode): string => pieces(node.pieces);

function pieces(all: readonly Ast.Piece[]): string {
  return all
    .map((piece, i) => {
      switch (piece.kind) {
        case "text":
          // behind a star, digits go on with the glob that it began
          return all[i - 1]?.kind === "any" && /^\w+$/.test(piece.text) ? piece.text : word(piece);
        case "any":
          return "*";
        case "dot":
          return ".";
        case "braces":
          return `{${piece.choices.map(pieces).join(", ")}}`;
        default:
          return unreachable(piece);
      }
    })
    .join("");
}

/** `and` inside `or` gets parentheses that it does not need, for people. */
export function condition(node: Ast.Condition): string {
  switch (node.kind) {
    case "and":
    case "or":
      return node.parts
        .map((part) => (isJunction(part) ? `(${condition(part)})` : condition(part)))
        .join(` ${node.kind} `);
    case "not":
      return isJunction(node.part) || node.part.kind === "relation" || node.part.kind === "is"
        ? `not (${condition(node.part)})`
        : `not ${condition(node.part)}`;
    case "has":
      return `has ${operand(node.path)}`;
    case "is":
      return `${operand(node.value)} is ${text(node.tag)}`;
    case "session has":
      return `session has ${word(node.label)}`;
    case "quantifier":
      return `${node.quantifier} ${word(node.name)} in ${node.lists.map(operand).join(", ")} (${condition(node.body)})`;
    case "relation":
      return `${operand(node.left)} ${node.op} ${operand(node.right)}`;
    case "bare":
      return operand(node.value);
    default:
      return unreachable(node);
  }
}

/** What a `let` stands for, but for sets. */
export function letValue(node: Exclude<Ast.LetNode["value"], Ast.SetNode>): string {
  return isTest(node) ? condition(node) : operand(node);
}

const isJunction = (node: Ast.Condition): boolean => node.kind === "and" || node.kind === "or";

export function approvers({ roles, options }: Ast.ApproversNode, role: (name: Ast.Word) => string = word): string {
  const who = roles === undefined ? "from user" : `from role ${roles.map(role).join(", ")}`;
  return options.length === 0 ? who : `${who} (${options.map(option).join(", ")})`;
}

function option(node: Ast.ApprovalOption): string {
  switch (node.kind) {
    case "quorum":
      return `quorum ${operand(node.count)}`;
    case "expires":
      return `expires ${node.duration.text}`;
    case "binds":
      return `binds(${node.fields.map(operand).join(", ")})`;
    default:
      return node.kind;
  }
}

export const outcomes = (all: readonly Ast.OutcomeNode[]): string => all.map(outcome).join(", ");

function outcome(node: Ast.OutcomeNode): string {
  switch (node.kind) {
    case "word":
      return word(node.word);
    case "approval":
      return `approval ${approvers(node.approvers, roleInList)}`;
    case "with":
      return `with ${obligations(node.obligations)}`;
    case "label":
      return `label ${word(node.label)}`;
    case "suspend":
      return `suspend ${word(node.ledger)}${node.duration === undefined ? "" : ` for ${node.duration.text}`}`;
    default:
      return unreachable(node);
  }
}

/** A role that would read as the next outcome. */
const roleInList = (role: Ast.Word): string => (OUTCOME_WORDS.has(role.text) ? `\`${role.text}\`` : word(role));

export const obligations = (all: readonly Ast.ObligationNode[]): string =>
  all
    .map(({ name, args }) => {
      const written = args.map(({ value, per }) =>
        per === undefined ? operand(value) : `${operand(value)} per ${per.text}`,
      );
      return args.length === 0 ? word(name) : `${word(name)}(${written.join(", ")})`;
    })
    .join(", ");

export const grounded = ({ path, tokens }: Ast.GroundedNode): string =>
  tokens === undefined ? operand(path) : `${tokens} of ${operand(path)}`;

export function source({ path, argument, contains, namedBy }: Ast.SourceNode): string {
  const at = argument === undefined ? "" : `@${word(argument)}`;
  return `${operand(path)}${at}${contains ? " contains" : ""}${namedBy === undefined ? "" : ` named by ${word(namedBy)}`}`;
}
