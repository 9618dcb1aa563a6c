/**
 * The parser's layer of clauses, which follow a rule's head. Every rule takes every clause here; which ones a verb admits,
 * once and at least, is the checker's to say, in better words.
 */
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { OutcomeParser } from "./parse-outcomes.ts";
import * as T from "./tokens.ts";

export class ClauseParser extends OutcomeParser {
  readonly clauses: Rule<Ast.Clause[]> = this.define("clauses", () => {
    const all: Ast.Clause[] = [];
    this.MANY(() => {
      all.push(this.SUBRULE(this.clause));
    });
    return all;
  });

  readonly clause: Rule<Ast.Clause> = this.defineOr<Ast.Clause>("clause", () => [
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.for);
        return { kind: "for", targets: this.SUBRULE(this.targets), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.on);
        return { kind: "on", targets: this.SUBRULE2(this.targets), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.since);
        this.CONSUME(T.W.last);
        return { kind: "since", targets: this.SUBRULE(this.lastTools), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.matching);
        return { kind: "matching", keys: this.SUBRULE(this.keys), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.within);
        return { kind: "within", duration: this.SUBRULE(this.duration), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.where);
        return { kind: "where", condition: this.SUBRULE(this.condition), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.when);
        return { kind: "when", condition: this.SUBRULE2(this.condition), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.with);
        return { kind: "with", obligations: this.SUBRULE(this.obligations), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        return { kind: "from", approvers: this.SUBRULE(this.approvers), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.else);
        return { kind: "else", outcomes: this.SUBRULE(this.outcomes), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.then);
        return { kind: "then", outcomes: this.SUBRULE2(this.outcomes), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.by);
        this.CONSUME(T.W.value);
        return { kind: "by value", span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.of);
        return { kind: "of", measure: this.SUBRULE(this.operand), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.per);
        return { kind: "per", ledger: this.SUBRULE(this.ledger), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.because);
        return { kind: "because", text: this.SUBRULE(this.text), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.suggest);
        const instead = this.OR2<Ast.ActionNode | Ast.TextNode>([
          { ALT: () => this.SUBRULE(this.action) },
          { ALT: () => this.SUBRULE2(this.text) },
        ]);
        return { kind: "suggest", instead, span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.maps);
        return { kind: "maps", tags: this.SUBRULE(this.tags), span: this.since(first) };
      },
    },
  ]);

  readonly ledger: Rule<Ast.Word | Ast.DurationNode> = this.define("ledger", () =>
    this.OR<Ast.Word | Ast.DurationNode>([
      { ALT: () => this.SUBRULE(this.word) },
      { ALT: () => this.SUBRULE2(this.duration) },
    ]),
  );

  readonly tags: Rule<(Ast.TextNode & { readonly quoted: boolean })[]> = this.define("tags", () => {
    const all = [this.SUBRULE(this.tag)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.tag));
    });
    return all;
  });

  readonly tag: Rule<Ast.TextNode & { readonly quoted: boolean }> = this.define("tag", () =>
    this.OR<Ast.TextNode & { readonly quoted: boolean }>([
      {
        ALT: () => {
          const { text, span } = this.SUBRULE(this.word);
          return { value: text, span, quoted: false };
        },
      },
      {
        ALT: () => {
          const { value, span } = this.SUBRULE(this.text);
          return { value, span, quoted: true };
        },
      },
    ]),
  );

  readonly keys: Rule<Ast.KeyNode[]> = this.define("keys", () => {
    const all = [this.SUBRULE(this.key)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.key));
    });
    return all;
  });

  readonly key: Rule<Ast.KeyNode> = this.define("key", () => {
    const first = this.here();
    const current = this.SUBRULE(this.path);
    const other = this.OPTION(() => {
      const isIn = this.OR<boolean>([this.reads(T.P["="], false), this.reads(T.W.in, true)]);
      return { isIn, prior: this.SUBRULE2(this.path) };
    });
    return { current, prior: other?.prior, isIn: other?.isIn === true, span: this.since(first) };
  });
}
