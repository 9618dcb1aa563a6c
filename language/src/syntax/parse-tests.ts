/** The parser's layer of tests: the steps, in the words of the statements they try. */
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { ImportParser } from "./parse-imports.ts";
import * as T from "./tokens.ts";

export class TestParser extends ImportParser {
  readonly test: Rule<Ast.TestNode> = this.define("test", () => {
    const first = this.here();
    const steps: Ast.StepNode[] = [];
    this.CONSUME(T.W.test);
    const name = this.SUBRULE(this.text);
    this.CONSUME(T.P["{"]);
    this.MANY(() => {
      steps.push(this.SUBRULE(this.step));
    });
    this.CONSUME(T.P["}"]);
    return { kind: "test", name, steps, span: this.since(first) };
  });

  readonly callee: Rule<Ast.CallNode> = this.define("callee", () => {
    const first = this.here();
    const tool = this.SUBRULE(this.dotted);
    this.CONSUME(T.P["("]);
    const args = this.SUBRULE(this.entries);
    this.CONSUME(T.P[")"]);
    return { tool, args, span: this.since(first) };
  });

  readonly step: Rule<Ast.StepNode> = this.define("step", () => {
    const first = this.here();
    return this.OR<Ast.StepNode>([
      {
        ALT: () => {
          this.CONSUME(T.W.as);
          const agent = this.SUBRULE(this.word);
          const of = this.OPTION2(() => {
            this.CONSUME(T.W.for);
            return this.SUBRULE2(this.word);
          });
          const scopes =
            this.OPTION(() => {
              this.CONSUME(T.W.scopes);
              return this.SUBRULE(this.texts);
            }) ?? [];
          return { kind: "as", agent, of, scopes, span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.fact);
          const path = this.SUBRULE(this.path);
          this.CONSUME(T.P["="]);
          return { kind: "fact", path, value: this.SUBRULE(this.operand), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.at);
          return { kind: "at", time: this.SUBRULE(this.text), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.after);
          return { kind: "after", duration: this.SUBRULE(this.duration), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.user);
          this.CONSUME(T.W.says);
          return { kind: "user_says", text: this.SUBRULE2(this.text), span: this.since(first) };
        },
      },
      { ALT: () => this.SUBRULE(this.priorStep) },
      {
        ALT: () => {
          this.CONSUME(T.W.attempt);
          return { kind: "attempt", call: this.SUBRULE(this.callee), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.call);
          return { kind: "call", call: this.SUBRULE2(this.callee), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.result);
          return { kind: "result", value: this.SUBRULE2(this.operand), span: this.since(first) };
        },
      },
      { ALT: () => this.SUBRULE(this.chunkStep) },
      { ALT: () => this.SUBRULE(this.approvedStep) },
      { ALT: () => this.SUBRULE(this.expectStep) },
    ]);
  });

  readonly priorStep: Rule<Ast.StepNode> = this.define("priorStep", () => {
    const first = this.here();
    this.CONSUME(T.W.prior);
    const call = this.SUBRULE(this.callee);
    const ok = this.OR<boolean>([this.reads(T.W.ok, true), this.reads(T.W.failed, false)]);
    const returns = this.OPTION(() => {
      this.CONSUME(T.W.returns);
      return this.SUBRULE(this.operand);
    });
    return { kind: "prior", call, ok, returns, span: this.since(first) };
  });

  readonly chunkStep: Rule<Ast.StepNode> = this.define("chunkStep", () => {
    const first = this.here();
    this.CONSUME(T.W.chunk);
    const text = this.SUBRULE(this.text);
    const last = this.OPTION(() => this.CONSUME(T.W.last)) !== undefined;
    return { kind: "chunk", text, last, span: this.since(first) };
  });

  readonly approvedStep: Rule<Ast.StepNode> = this.define("approvedStep", () => {
    const first = this.here();
    this.CONSUME(T.W.approved);
    const rule = this.SUBRULE(this.dotted);
    this.CONSUME(T.W.by);
    const by = this.SUBRULE(this.text);
    const role = this.OPTION(() => {
      this.CONSUME(T.W.role);
      return this.SUBRULE2(this.word);
    });
    return { kind: "approved", rule, by, role, span: this.since(first) };
  });

  readonly expectStep: Rule<Ast.StepNode> = this.define("expectStep", () => {
    const first = this.here();
    this.CONSUME(T.W.expect);
    const outcome = this.SUBRULE(this.word);
    let only = false;
    const by =
      this.OPTION(() => {
        this.CONSUME(T.W.by);
        this.OPTION2({
          GATE: () => T.isName(this.LA(2)),
          DEF: () => {
            this.CONSUME(T.W.only);
            only = true;
          },
        });
        return this.SUBRULE(this.ruleNames);
      }) ?? [];
    const obligations =
      this.OPTION3(() => {
        this.CONSUME(T.W.with);
        return this.SUBRULE(this.obligations);
      }) ?? [];
    const observed =
      this.OPTION4(() => {
        this.CONSUME(T.W.observed);
        return this.SUBRULE2(this.ruleNames);
      }) ?? [];
    return { kind: "expect", outcome, by, only, obligations, observed, span: this.since(first) };
  });

  readonly ruleNames: Rule<Ast.RuleName[]> = this.define("ruleNames", () => {
    const all: Ast.RuleName[] = [this.SUBRULE(this.dotted)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.dotted));
    });
    return all;
  });
}
