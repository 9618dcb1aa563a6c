/**
 * The parser's middle layer: outcomes, approvers, obligations, and the clauses that follow a rule's head. Every rule
 * takes every clause here; which ones a verb admits, once and at least, is the checker's to say, in better words.
 */
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { SourceParser } from "./parse-sources.ts";
import * as T from "./tokens.ts";

export class ClauseParser extends SourceParser {
  readonly approvers: Rule<Ast.ApproversNode> = this.define("approvers", () => {
    const first = this.here();
    this.CONSUME(T.W.from);
    const roles = this.OR<Ast.Word[] | undefined>([
      {
        ALT: () => {
          this.CONSUME(T.W.role);
          return this.SUBRULE(this.words);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.user);
          return undefined;
        },
      },
    ]);
    const options: Ast.ApprovalOption[] = [];
    this.OPTION(() => {
      this.CONSUME(T.P["("]);
      options.push(this.SUBRULE(this.approvalOption));
      this.MANY(() => {
        this.CONSUME(T.P[","]);
        options.push(this.SUBRULE2(this.approvalOption));
      });
      this.CONSUME(T.P[")"]);
    });
    return { roles, options, span: this.since(first) };
  });

  readonly approvalOption: Rule<Ast.ApprovalOption> = this.define("approvalOption", () => {
    const first = this.here();
    return this.OR<Ast.ApprovalOption>([
      {
        ALT: () => {
          this.CONSUME(T.W.quorum);
          return { kind: "quorum", count: this.SUBRULE(this.number), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.expires);
          return { kind: "expires", duration: this.SUBRULE(this.duration), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.once);
          return { kind: "once", span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.binds);
          this.CONSUME(T.W.all);
          return { kind: "binds all", span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.or);
          this.CONSUME(T.W.requester);
          return { kind: "or requester", span: this.since(first) };
        },
      },
    ]);
  });

  readonly outcome: Rule<Ast.OutcomeNode> = this.define("outcome", () => {
    const first = this.here();
    return this.OR<Ast.OutcomeNode>([
      {
        ALT: () => {
          this.CONSUME(T.W.approval);
          const approvers = this.SUBRULE(this.approvers);
          return { kind: "approval", approvers, span: this.since(first) };
        },
      },
      { ALT: () => ({ kind: "word", word: this.SUBRULE(this.word), span: this.since(first) }) },
    ]);
  });

  readonly obligations: Rule<Ast.ObligationNode[]> = this.define("obligations", () => {
    const all = [this.SUBRULE(this.obligation)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.obligation));
    });
    return all;
  });

  readonly obligation: Rule<Ast.ObligationNode> = this.define("obligation", () => {
    const first = this.here();
    const name = this.SUBRULE(this.word);
    const args: Ast.ObligationArg[] = [];
    this.OPTION(() => {
      this.CONSUME(T.P["("]);
      args.push(this.SUBRULE(this.obligationArg));
      this.MANY(() => {
        this.CONSUME(T.P[","]);
        args.push(this.SUBRULE2(this.obligationArg));
      });
      this.CONSUME(T.P[")"]);
    });
    return { name, args, span: this.since(first) };
  });

  readonly obligationArg: Rule<Ast.ObligationArg> = this.define("obligationArg", () => {
    const first = this.here();
    const value = this.SUBRULE(this.operand);
    const per = this.OPTION(() => {
      this.CONSUME(T.W.per);
      return this.SUBRULE(this.duration);
    });
    return { value, per, span: this.since(first) };
  });

  // ── clauses

  readonly clauses: Rule<Ast.Clause[]> = this.define("clauses", () => {
    const all: Ast.Clause[] = [];
    this.MANY(() => {
      all.push(this.SUBRULE(this.clause));
    });
    return all;
  });

  readonly clause: Rule<Ast.Clause> = this.define("clause", () => {
    const first = this.here();
    return this.OR<Ast.Clause>([
      {
        ALT: () => {
          this.CONSUME(T.W.for);
          return { kind: "for", targets: this.SUBRULE(this.targets), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.on);
          return { kind: "on", targets: this.SUBRULE2(this.targets), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.matching);
          return { kind: "matching", keys: this.SUBRULE(this.keys), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.within);
          return { kind: "within", duration: this.SUBRULE(this.duration), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.where);
          return { kind: "where", condition: this.SUBRULE(this.condition), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.when);
          return { kind: "when", condition: this.SUBRULE2(this.condition), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.with);
          return { kind: "with", obligations: this.SUBRULE(this.obligations), span: this.since(first) };
        },
      },
      { ALT: () => ({ kind: "from", approvers: this.SUBRULE(this.approvers), span: this.since(first) }) },
      {
        ALT: () => {
          this.CONSUME(T.W.else);
          return { kind: "else", outcome: this.SUBRULE(this.outcome), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.then);
          return { kind: "then", outcome: this.SUBRULE2(this.outcome), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.of);
          return { kind: "of", measure: this.SUBRULE(this.operand), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.per);
          return { kind: "per", ledger: this.SUBRULE(this.ledger), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.because);
          return { kind: "because", text: this.SUBRULE(this.text), span: this.since(first) };
        },
      },
      {
        ALT: () => {
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
          this.CONSUME(T.W.maps);
          return { kind: "maps", tags: this.SUBRULE(this.tags), span: this.since(first) };
        },
      },
    ]);
  });

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
    const prior = this.OPTION(() => {
      this.CONSUME(T.P["="]);
      return this.SUBRULE2(this.path);
    });
    return { current, prior, span: this.since(first) };
  });
}
