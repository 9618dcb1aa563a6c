/** The parser's layer of grounding: what is asked about, and the sources that a value may come from. */
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { TargetParser } from "./parse-targets.ts";
import * as T from "./tokens.ts";

export class SourceParser extends TargetParser {
  readonly groundedValues: Rule<Ast.GroundedNode[]> = this.define("groundedValues", () => {
    const all = [this.SUBRULE(this.groundedValue)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.groundedValue));
    });
    return all;
  });

  readonly groundedValue: Rule<Ast.GroundedNode> = this.define("groundedValue", () => {
    const first = this.here();
    const tokens = this.OPTION({
      GATE: () => this.isNext("of", 2),
      DEF: () => {
        const word = this.OR<"urls" | "emails">([this.reads(T.W.urls, "urls"), this.reads(T.W.emails, "emails")]);
        this.CONSUME(T.W.of);
        return word;
      },
    });
    return { path: this.SUBRULE(this.path), tokens, span: this.since(first) };
  });

  readonly sources: Rule<Ast.SourceNode[]> = this.define("sources", () => {
    const all = [this.SUBRULE(this.source)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.source));
    });
    return all;
  });

  readonly source: Rule<Ast.SourceNode> = this.define("source", () => {
    const first = this.here();
    const path = this.SUBRULE(this.path);
    const argument = this.OPTION(() => {
      this.CONSUME(T.P["@"]);
      return this.SUBRULE(this.word);
    });
    const contains = this.OPTION2(() => this.CONSUME(T.W.contains)) !== undefined;
    const namedBy = this.OPTION3(() => {
      this.CONSUME(T.W.named);
      this.CONSUME(T.W.by);
      return this.SUBRULE2(this.word);
    });
    return { path, argument, contains, namedBy, span: this.since(first) };
  });
}
