/** The parser's top layer: statements that hold others, of which an agent with its rules is one. Here the grammar is complete. */
import type { IParserErrorMessageProvider } from "chevrotain";
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { StatementParser } from "./parse-statements.ts";
import * as T from "./tokens.ts";

export class ContractParser extends StatementParser {
  constructor(errorMessageProvider: IParserErrorMessageProvider, validate = false) {
    super(errorMessageProvider, validate);
    this.performSelfAnalysis();
  }

  readonly agent: Rule<Ast.AgentNode> = this.define("agent", () => {
    const first = this.here();
    const body: Ast.AgentNode["body"][number][] = [];
    this.CONSUME(T.W.agent);
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P["{"]);
    this.MANY(() => {
      body.push(
        this.OR<Ast.AgentNode["body"][number]>([
          { GATE: () => this.isNext(":", 2), ALT: () => this.SUBRULE(this.rule) },
          { GATE: () => this.LA(2).tokenType !== T.Text, ALT: () => this.SUBRULE(this.delegate) },
          { ALT: () => this.SUBRULE(this.agentItem) },
        ]),
      );
    });
    this.CONSUME(T.P["}"]);
    return { kind: "agent", name, body, span: this.since(first) };
  });

  readonly agentItem: Rule<Ast.AgentItem> = this.define("agentItem", () => {
    const first = this.here();
    const word = this.SUBRULE(this.word);
    return { kind: "item", word, values: this.SUBRULE(this.texts), span: this.since(first) };
  });

  readonly delegate: Rule<Ast.DelegateNode> = this.define("delegate", () => {
    const first = this.here();
    const items: Ast.DelegateItem[] = [];
    this.CONSUME(T.W.delegate);
    const from = this.OPTION(() => {
      this.CONSUME(T.W.from);
      return this.SUBRULE(this.word);
    });
    this.CONSUME(T.W.to);
    const to = this.SUBRULE2(this.word);
    this.CONSUME(T.P["{"]);
    this.MANY(() => {
      items.push(this.SUBRULE(this.delegateItem));
    });
    this.CONSUME(T.P["}"]);
    return { kind: "delegate", from, to, items, span: this.since(first) };
  });

  readonly delegateItem: Rule<Ast.DelegateItem> = this.define("delegateItem", () => {
    const first = this.here();
    return this.OR<Ast.DelegateItem>([
      {
        ALT: () => {
          this.CONSUME(T.W.only);
          const targets = this.SUBRULE(this.targets);
          const condition = this.OPTION(() => {
            this.CONSUME(T.W.when);
            return this.SUBRULE(this.condition);
          });
          return { kind: "only", targets, condition, span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.budgets);
          const token = this.CONSUME(T.Percent) as T.Token;
          return { kind: "budgets", share: { text: token.image, span: T.spanOf(token) }, span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.depth);
          return { kind: "depth", count: this.SUBRULE(this.number), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.ttl);
          return { kind: "ttl", duration: this.SUBRULE(this.duration), span: this.since(first) };
        },
      },
    ]);
  });
}
