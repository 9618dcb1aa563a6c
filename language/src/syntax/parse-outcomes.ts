/**
 * The parser's layer of outcomes: what happens where a rule stands in the way, who is asked, what must be carried out.
 *
 * Outcomes are a list, and so are the roles and obligations in it: behind a comma a word of OUTCOME_WORDS begins the next outcome.
 * A role of that name is written in backquotes. A number behind a comma belongs to whoever called (the next step of a `loop`).
 */
import type { IToken } from "chevrotain";
import type * as Ast from "./ast.ts";
import { OUTCOME_WORDS } from "./outcome-words.ts";
import type { Rule } from "./parse-expressions.ts";
import { SourceParser } from "./parse-sources.ts";
import * as T from "./tokens.ts";

export class OutcomeParser extends SourceParser {
  readonly approvers: Rule<Ast.ApproversNode> = this.define("approvers", () => this.approversOf(this.words));

  protected approversOf(names: Rule<Ast.Word[]>): Ast.ApproversNode {
    const first = this.here();
    this.CONSUME(T.W.from);
    const roles = this.OR<Ast.Word[] | undefined>([
      {
        ALT: () => {
          this.CONSUME(T.W.role);
          return this.SUBRULE(names);
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
  }

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
          return this.OR2<Ast.ApprovalOption>([
            {
              ALT: () => {
                this.CONSUME(T.W.all);
                return { kind: "binds all", span: this.since(first) };
              },
            },
            {
              ALT: () => {
                this.CONSUME(T.P["("]);
                const fields = [this.SUBRULE(this.path)];
                this.MANY(() => {
                  this.CONSUME(T.P[","]);
                  fields.push(this.SUBRULE2(this.path));
                });
                this.CONSUME(T.P[")"]);
                return { kind: "binds", fields, span: this.since(first) };
              },
            },
          ]);
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

  // ── outcomes

  readonly outcomes: Rule<Ast.OutcomeNode[]> = this.define("outcomes", () => {
    const all = [this.SUBRULE(this.outcome)];
    this.MANY({
      GATE: () => this.LA(2).tokenType !== T.Num,
      DEF: () => {
        this.CONSUME(T.P[","]);
        all.push(this.SUBRULE2(this.outcome));
      },
    });
    return all;
  });

  readonly outcome: Rule<Ast.OutcomeNode> = this.define("outcome", () => {
    const first = this.here();
    return this.OR<Ast.OutcomeNode>([
      {
        ALT: () => {
          this.CONSUME(T.W.approval);
          return { kind: "approval", approvers: this.SUBRULE(this.askedInList), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.with);
          return { kind: "with", obligations: this.SUBRULE(this.obligationsInList), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.label);
          return { kind: "label", label: this.SUBRULE(this.word), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.suspend);
          const ledger = this.SUBRULE2(this.word);
          const duration = this.OPTION({
            GATE: () => this.LA(2).tokenType === T.Duration,
            DEF: () => {
              this.CONSUME(T.W.for);
              return this.SUBRULE(this.duration);
            },
          });
          return { kind: "suspend", ledger, duration, span: this.since(first) };
        },
      },
      { ALT: () => ({ kind: "word", word: this.SUBRULE3(this.word), span: this.since(first) }) },
    ]);
  });

  readonly askedInList: Rule<Ast.ApproversNode> = this.define("askedInList", () => this.approversOf(this.rolesInList));

  readonly rolesInList: Rule<Ast.Word[]> = this.define("rolesInList", () => {
    const all = [this.SUBRULE(this.word)];
    this.MANY({
      GATE: () => goesOn(this.LA(2), this.LA(3)),
      DEF: () => {
        this.CONSUME(T.P[","]);
        all.push(this.SUBRULE2(this.word));
      },
    });
    return all;
  });

  readonly obligationsInList: Rule<Ast.ObligationNode[]> = this.define("obligationsInList", () => {
    const all = [this.SUBRULE(this.obligation)];
    this.MANY({
      GATE: () => goesOn(this.LA(2), this.LA(3)),
      DEF: () => {
        this.CONSUME(T.P[","]);
        all.push(this.SUBRULE2(this.obligation));
      },
    });
    return all;
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
}

/** Behind a comma in a list of roles or obligations. `redact` is an obligation as well, with what it redacts in parentheses. */
function goesOn({ image, tokenType }: IToken, next: IToken): boolean {
  if (tokenType === T.Num) return false;
  return !OUTCOME_WORDS.has(image) || (image === "redact" && next.image === "(");
}
