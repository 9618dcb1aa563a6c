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
    const body: (Ast.AgentItem | Ast.RuleNode)[] = [];
    this.CONSUME(T.W.agent);
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P["{"]);
    this.MANY(() => {
      body.push(
        this.OR<Ast.AgentItem | Ast.RuleNode>([
          { GATE: () => this.isNext(":", 2), ALT: () => this.SUBRULE(this.rule) },
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
}
