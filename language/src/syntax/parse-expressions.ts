/**
 * The parser's lowest layer: names, values, paths, conditions. Each layer is a class that extends the one below, as Chevrotain's
 * grammars are instances; the layers hold no state of their own.
 *
 * Bodies run once on fake tokens when the grammar is recorded, so they only build nodes and never look into them outside of GATE
 * and ACTION.
 */
import {
  EmbeddedActionsParser,
  type IOrAlt,
  type IParserErrorMessageProvider,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { Span } from "../source.ts";
import type * as Ast from "./ast.ts";
import { lazyLookahead } from "./lookahead.ts";
import * as T from "./tokens.ts";

const LOOKAHEAD = 2;

export type Rule<N> = ParserMethod<[], N>;

const COMPARE = ["==", "!=", "<=", ">=", "<", ">"] as const;
const BEHIND_A_VALUE: ReadonlySet<string> = new Set([
  ...COMPARE,
  ...["+", "-", "*", "in", "matches", "under", "contains", "starts", "subset", "overlaps", "includes"],
]);
/** What may follow a number: a currency. */
const UNIT = /^[A-Z]{3}$/;

export class ExpressionParser extends EmbeddedActionsParser {
  /** `validate`: Chevrotain's checks for ambiguities, which a test runs once; they cost start-up time. */
  constructor(errorMessageProvider: IParserErrorMessageProvider, validate: boolean) {
    super(T.VOCABULARY, {
      lookaheadStrategy: lazyLookahead(LOOKAHEAD),
      maxLookahead: LOOKAHEAD,
      recoveryEnabled: false,
      errorMessageProvider,
      skipValidations: !validate,
    });
  }

  /** `RULE` with the node's type taken from the field, so that literals keep their types. */
  protected define<N>(name: string, body: () => N): Rule<N> {
    return this.RULE(name, body);
  }
  /**
   * A rule that is one choice, whose alternatives are made once and not each time: they hold nothing of the call, so each finds for itself
   * where it begins.
   */
  protected defineOr<N>(name: string, make: () => IOrAlt<N>[]): Rule<N> {
    let alternatives: IOrAlt<N>[] | undefined;
    return this.define(name, () => {
      alternatives ??= make();
      return this.OR<N>(alternatives);
    });
  }
  /** An alternative of one token that means `value`. */
  protected reads<V>(type: TokenType, value: V): { readonly ALT: () => V } {
    return {
      ALT: () => {
        this.CONSUME(type);
        return value;
      },
    };
  }
  /** From the token `first` to the last one consumed. */
  protected since(first: Span): Span {
    return { start: first.start, end: (this.LA(0).endOffset ?? 0) + 1 };
  }
  /** The span of the next token: where a node begins. */
  protected here(): Span {
    return T.spanOf(this.LA(1) as T.Token);
  }
  protected isNext(image: string, ahead = 1): boolean {
    return this.LA(ahead).image === image;
  }
  /** Nothing, not even a blank, between the last token and the next. */
  protected isGlued(): boolean {
    return this.LA(0).endOffset === this.LA(1).startOffset - 1;
  }

  readonly word: Rule<Ast.Word> = this.define("word", () => {
    const token = this.CONSUME(T.Name) as T.Token;
    return { text: token.payload ?? token.image, span: T.spanOf(token) };
  });

  readonly text: Rule<Ast.TextNode> = this.define("text", () => {
    const token = this.CONSUME(T.Text) as T.Token;
    return { value: token.payload, span: T.spanOf(token) };
  });

  readonly texts: Rule<Ast.TextNode[]> = this.define("texts", () => {
    const all = [this.SUBRULE(this.text)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.text));
    });
    return all;
  });

  readonly duration: Rule<Ast.DurationNode> = this.define("duration", () => {
    const token = this.CONSUME(T.Duration) as T.Token;
    return { kind: "duration", text: token.image, span: T.spanOf(token) };
  });

  readonly number: Rule<Ast.NumberNode> = this.define("number", () => {
    const first = this.here();
    const minus = this.OPTION(() => this.CONSUME(T.P["-"]));
    const token = this.CONSUME(T.Num) as T.Token;
    const unit = this.OPTION2({
      GATE: () => UNIT.test(this.LA(1).image),
      DEF: () => this.SUBRULE(this.word),
    });
    return {
      kind: "number",
      text: minus === undefined ? token.image : `-${token.image}`,
      unit,
      span: this.since(first),
    };
  });

  readonly path: Rule<Ast.PathNode> = this.define("path", () => {
    const first = this.here();
    const names = [this.SUBRULE(this.word)];
    this.MANY(() => {
      this.CONSUME(T.P["."]);
      names.push(this.SUBRULE2(this.word));
    });
    return { kind: "path", names, span: this.since(first) };
  });

  /** A path that is read: through maps too, `env["HOME"]`. The bracket is glued to what it belongs to, so that no set begins there. */
  readonly place: Rule<Ast.PathNode> = this.define("place", () => {
    const first = this.here();
    const names = [this.SUBRULE(this.word)];
    this.MANY({
      GATE: () => this.isNext(".") || (this.isGlued() && this.LA(2).tokenType === T.Text),
      DEF: () =>
        this.OR<void>([
          {
            ALT: () => {
              this.CONSUME(T.P["."]);
              names.push(this.SUBRULE2(this.word));
            },
          },
          {
            ALT: () => {
              this.CONSUME(T.P["["]);
              names.push(this.SUBRULE(this.mapKey));
              this.CONSUME(T.P["]"]);
            },
          },
        ]),
    });
    return { kind: "path", names, span: this.since(first) };
  });
  readonly mapKey: Rule<Ast.Word> = this.define("mapKey", () => {
    const { value, span } = this.SUBRULE(this.text);
    return { text: value, key: true, span };
  });
  /** What can be a list: a place, or the keys of a map. */
  readonly listed: Rule<Ast.PathNode> = this.defineOr<Ast.PathNode>("listed", () => [
    {
      GATE: () => this.isNext("(", 2),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.keys);
        this.CONSUME(T.P["("]);
        const { names } = this.SUBRULE(this.place);
        this.CONSUME(T.P[")"]);
        return { kind: "path", names, keys: true, span: this.since(first) };
      },
    },
    { ALT: () => this.SUBRULE2(this.place) },
  ]);

  readonly action: Rule<Ast.ActionNode> = this.define("action", () => {
    const token = this.CONSUME(T.CloudAction) as T.Token;
    return { kind: "action", text: token.image, span: T.spanOf(token) };
  });

  readonly operand: Rule<Ast.Operand> = this.defineOr<Ast.Operand>("operand", () => [
    {
      ALT: () => {
        const { value, span } = this.SUBRULE(this.text);
        return { kind: "text", value, span };
      },
    },
    { ALT: () => this.SUBRULE(this.number) },
    { ALT: () => this.SUBRULE(this.duration) },
    {
      ALT: () => {
        const token = this.CONSUME(T.Moment) as T.Token;
        return { kind: "moment", text: token.image, span: T.spanOf(token) };
      },
    },
    {
      ALT: () => {
        const token = this.CONSUME(T.Regex) as T.Token;
        const end = token.image.lastIndexOf("/");
        return {
          kind: "regex",
          source: token.image.slice(1, end),
          flags: token.image.slice(end + 1),
          span: T.spanOf(token),
        };
      },
    },
    { ALT: () => ({ kind: "bool", value: true, span: T.spanOf(this.CONSUME(T.W.true) as T.Token) }) },
    { ALT: () => ({ kind: "bool", value: false, span: T.spanOf(this.CONSUME(T.W.false) as T.Token) }) },
    { ALT: () => this.SUBRULE(this.action) },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.record) },
    {
      GATE: () => this.isNext("(", 2),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.count);
        this.CONSUME(T.P["("]);
        const list = this.SUBRULE(this.listed);
        this.CONSUME(T.P[")"]);
        return { kind: "count", list, span: this.since(first) };
      },
    },
    {
      GATE: () => this.isNext("(", 2),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.blast);
        this.CONSUME2(T.P["("]);
        const facts = this.SUBRULE(this.paths);
        this.CONSUME2(T.P[")"]);
        return { kind: "blast", facts, span: this.since(first) };
      },
    },
    {
      GATE: () => this.isNext("(", 2),
      ALT: () => this.SUBRULE(this.call),
    },
    { ALT: () => this.SUBRULE2(this.listed) },
  ]);
  /** `sum(LIST)`, `min(a, b)`. */
  readonly call: Rule<Ast.Operand> = this.define("call", () => {
    const first = this.here();
    const name = this.OR<Ast.FunctionNode["name"]>([
      this.reads(T.W.sum, "sum"),
      this.reads(T.W.min, "min"),
      this.reads(T.W.max, "max"),
    ]);
    this.CONSUME(T.P["("]);
    const args = [this.SUBRULE(this.expression)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      args.push(this.SUBRULE2(this.expression));
    });
    this.CONSUME(T.P[")"]);
    return { kind: "function", name, args, span: this.since(first) };
  });

  // ── arithmetic: `*` before `+` and `-`, each from left to right

  readonly expression: Rule<Ast.Operand> = this.define("expression", () => {
    const begin = this.here();
    const first = this.SUBRULE(this.product);
    const rest: Ast.ArithmeticNode["rest"][number][] = [];
    this.MANY(() => {
      const op = this.OR<"+" | "-">([this.reads(T.P["+"], "+"), this.reads(T.P["-"], "-")]);
      rest.push({ op, operand: this.SUBRULE2(this.product) });
    });
    return rest.length === 0 ? first : { kind: "arithmetic", first, rest, span: this.since(begin) };
  });
  readonly product: Rule<Ast.Operand> = this.define("product", () => {
    const begin = this.here();
    const first = this.SUBRULE(this.factor);
    const rest: Ast.ArithmeticNode["rest"][number][] = [];
    this.MANY(() => {
      this.CONSUME(T.P["*"]);
      rest.push({ op: "*", operand: this.SUBRULE2(this.factor) });
    });
    return rest.length === 0 ? first : { kind: "arithmetic", first, rest, span: this.since(begin) };
  });
  readonly factor: Rule<Ast.Operand> = this.defineOr<Ast.Operand>("factor", () => [
    {
      ALT: () => {
        this.CONSUME(T.P["("]);
        const inner = this.SUBRULE(this.expression);
        this.CONSUME(T.P[")"]);
        return inner;
      },
    },
    { ALT: () => this.SUBRULE(this.operand) },
  ]);
  /** A parenthesis that begins a value, not a condition: behind the one that closes it stands an operator. */
  private isGroupedValue(): boolean {
    if (!this.isNext("(")) return false;
    let open = 0;
    for (let ahead = 1; ; ahead++) {
      const { image, tokenType } = this.LA(ahead);
      if (tokenType === T.P["("]) open++;
      else if (tokenType === T.P[")"]) open--;
      else if (tokenType.name === "EOF") return false;
      if (open === 0) return BEHIND_A_VALUE.has(this.LA(ahead + 1).image);
      if (image === "") return false;
    }
  }

  readonly list: Rule<Ast.Operand> = this.define("list", () => {
    const first = this.here();
    const items: Ast.Operand[] = [];
    this.CONSUME(T.P["["]);
    this.OPTION(() => {
      items.push(this.SUBRULE(this.operand));
      this.MANY(() => {
        this.CONSUME(T.P[","]);
        items.push(this.SUBRULE2(this.operand));
      });
    });
    this.CONSUME(T.P["]"]);
    return { kind: "list", items, span: this.since(first) };
  });

  readonly entry: Rule<Ast.Entry> = this.define("entry", () => {
    const name = this.OR<Ast.Word>([{ ALT: () => this.SUBRULE(this.word) }, { ALT: () => this.SUBRULE(this.mapKey) }]);
    this.CONSUME(T.P[":"]);
    return { name, value: this.SUBRULE(this.operand) };
  });

  readonly entries: Rule<Ast.Entry[]> = this.define("entries", () => {
    const all: Ast.Entry[] = [];
    this.OPTION(() => {
      all.push(this.SUBRULE(this.entry));
      this.MANY(() => {
        this.CONSUME(T.P[","]);
        all.push(this.SUBRULE2(this.entry));
      });
    });
    return all;
  });

  readonly record: Rule<Ast.Operand> = this.define("record", () => {
    const first = this.here();
    this.CONSUME(T.P["{"]);
    const entries = this.SUBRULE(this.entries);
    this.CONSUME(T.P["}"]);
    return { kind: "record", entries, span: this.since(first) };
  });

  // ── conditions

  readonly condition: Rule<Ast.Condition> = this.define("condition", () => {
    const first = this.here();
    const parts = [this.SUBRULE(this.conjunction)];
    this.MANY(() => {
      this.CONSUME(T.W.or);
      parts.push(this.SUBRULE2(this.conjunction));
    });
    return parts.length === 1 ? parts[0]! : { kind: "or", parts, span: this.since(first) };
  });

  readonly conjunction: Rule<Ast.Condition> = this.define("conjunction", () => {
    const first = this.here();
    const parts = [this.SUBRULE(this.negation)];
    this.MANY(() => {
      this.CONSUME(T.W.and);
      parts.push(this.SUBRULE2(this.negation));
    });
    return parts.length === 1 ? parts[0]! : { kind: "and", parts, span: this.since(first) };
  });

  /** Loops instead of recursing: `not not not …` costs no stack. Two of them cancel out, in Kleene's logic too. */
  readonly negation: Rule<Ast.Condition> = this.define("negation", () => {
    const first = this.here();
    let negated = false;
    this.MANY(() => {
      this.CONSUME(T.W.not);
      negated = !negated;
    });
    const part = this.SUBRULE(this.primary);
    if (!negated) return part;
    return part.kind === "not" ? part.part : { kind: "not", part, span: this.since(first) };
  });

  readonly primary: Rule<Ast.Condition> = this.defineOr<Ast.Condition>("primary", () => [
    {
      GATE: () => !this.isGroupedValue(),
      IGNORE_AMBIGUITIES: true,
      ALT: () => {
        this.CONSUME(T.P["("]);
        const inner = this.SUBRULE(this.condition);
        this.CONSUME(T.P[")"]);
        return inner;
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.has);
        const path = this.SUBRULE(this.place);
        return { kind: "has", path, span: this.since(first) };
      },
    },
    {
      GATE: () => this.isNext("has", 2),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.session);
        this.CONSUME2(T.W.has);
        return { kind: "session has", label: this.SUBRULE(this.word), span: this.since(first) };
      },
    },
    { ALT: () => this.SUBRULE(this.quantifier) },
    { ALT: () => this.SUBRULE(this.relation) },
  ]);

  readonly quantifier: Rule<Ast.Condition> = this.define("quantifier", () => {
    const first = this.here();
    const quantifier = this.OR<"every" | "any" | "no">([
      this.reads(T.W.every, "every"),
      this.reads(T.W.any, "any"),
      this.reads(T.W.no, "no"),
    ]);
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.W.in);
    const lists = [this.SUBRULE(this.listed)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      lists.push(this.SUBRULE2(this.listed));
    });
    this.CONSUME(T.P["("]);
    const body = this.SUBRULE(this.condition);
    this.CONSUME(T.P[")"]);
    return { kind: "quantifier", quantifier, name, lists, body, span: this.since(first) };
  });

  readonly paths: Rule<Ast.PathNode[]> = this.define("paths", () => {
    const all = [this.SUBRULE(this.path)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.path));
    });
    return all;
  });

  readonly relation: Rule<Ast.Condition> = this.define("relation", () => {
    const first = this.here();
    const left = this.SUBRULE(this.expression);
    // a cloud action behind `is` belongs to the tool, not to its condition
    const rest = this.OPTION({
      GATE: () => !this.isNext("is") || this.LA(2).tokenType === T.Text,
      DEF: () =>
        this.OR<{ tag: Ast.TextNode } | { op: Ast.Operator; right: Ast.Operand }>([
          {
            ALT: () => {
              this.CONSUME(T.W.is);
              return { tag: this.SUBRULE(this.text) };
            },
          },
          { ALT: () => ({ op: this.SUBRULE(this.operator), right: this.SUBRULE2(this.expression) }) },
        ]),
    });
    // nothing is there when the grammar is recorded
    if (rest !== undefined && "tag" in rest) return { kind: "is", value: left, tag: rest.tag, span: this.since(first) };
    if (rest === undefined) return { kind: "bare", value: left, span: this.since(first) };
    return { kind: "relation", op: rest.op, left, right: rest.right, span: this.since(first) };
  });

  readonly sign: Rule<Ast.CompareSign> = this.defineOr<Ast.CompareSign>("sign", () =>
    COMPARE.map((op) => this.reads<Ast.CompareSign>(T.P[op], op)),
  );

  readonly operator: Rule<Ast.Operator> = this.defineOr<Ast.Operator>("operator", () => [
    { ALT: () => this.SUBRULE(this.sign) },
    this.reads(T.W.in, "in"),
    this.reads(T.W.matches, "matches"),
    this.reads(T.W.under, "under"),
    this.reads(T.W.contains, "contains"),
    {
      ALT: () => {
        this.CONSUME(T.W.starts);
        this.CONSUME(T.W.with);
        return "starts with";
      },
    },
    {
      ALT: () => {
        this.CONSUME(T.W.subset);
        this.CONSUME(T.W.of);
        return "subset of";
      },
    },
    this.reads(T.W.overlaps, "overlaps"),
    this.reads(T.W.includes, "includes"),
  ]);
}
