/**
 * The parser's layer of the header and of rules: one parser rule a statement. `parse.ts` picks it by the statement's first words, so
 * a new statement is a parser rule here, a line there and a node in `ast.ts`.
 */
import type * as Ast from "./ast.ts";
import type { Rule } from "./parse-expressions.ts";
import { TestParser } from "./parse-tests.ts";
import * as T from "./tokens.ts";

export class StatementParser extends TestParser {
  readonly header: Rule<Ast.ContractNode> = this.define("header", () => {
    const first = this.here();
    const kind = this.OR<"contract" | "ruleset">([
      this.reads(T.W.contract, "contract"),
      this.reads(T.W.ruleset, "ruleset"),
    ]);
    const name = this.SUBRULE(this.text);
    this.CONSUME(T.W.version);
    const version = this.SUBRULE2(this.text);
    this.CONSUME(T.P["{"]);
    return { kind, name, version, span: this.since(first) };
  });

  readonly rule: Rule<Ast.RuleNode> = this.define("rule", () => {
    const first = this.here();
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P[":"]);
    const observe = this.OPTION(() => this.SUBRULE(this.observe));
    const head = this.SUBRULE(this.head);
    const clauses = this.SUBRULE(this.clauses);
    return { kind: "rule", name, observe, head, clauses, span: this.since(first) };
  });

  readonly observe: Rule<Ast.ObserveNode> = this.define("observe", () => {
    const first = this.here();
    this.CONSUME(T.W.observe);
    const until = this.OPTION(() => {
      this.CONSUME(T.W.until);
      const token = this.CONSUME(T.Moment) as T.Token;
      return { text: token.image, span: T.spanOf(token) };
    });
    return { kind: "observe", until, span: this.since(first) };
  });

  readonly head: Rule<Ast.Head> = this.defineOr<Ast.Head>("head", () => [
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.allow);
        return { kind: "allow", targets: this.SUBRULE(this.targets), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.deny);
        return { kind: "deny", targets: this.SUBRULE2(this.targets), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.oblige);
        return { kind: "oblige", targets: this.SUBRULE3(this.targets), span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.budget);
        return { kind: "budget", limit: this.SUBRULE(this.limit), span: this.since(first) };
      },
    },
    { ALT: () => this.SUBRULE(this.flow) },
    { ALT: () => this.SUBRULE(this.loop) },
    { ALT: () => this.SUBRULE(this.inspect) },
    { ALT: () => this.SUBRULE(this.requirement) },
  ]);

  readonly flow: Rule<Ast.Head> = this.define("flow", () => {
    const first = this.here();
    this.CONSUME(T.W.flow);
    const labels = [this.SUBRULE(this.flowLabel)];
    const join = this.OR<"and" | "or">([
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => {
            this.CONSUME(T.W.or);
            labels.push(this.SUBRULE2(this.flowLabel));
          });
          return "or";
        },
      },
      {
        ALT: () => {
          this.MANY(() => {
            this.CONSUME(T.W.and);
            labels.push(this.SUBRULE3(this.flowLabel));
          });
          return "and";
        },
      },
    ]);
    this.CONSUME(T.W.into);
    return { kind: "flow", join, labels, targets: this.SUBRULE(this.targets), span: this.since(first) };
  });

  readonly flowLabel: Rule<Ast.FlowLabelNode> = this.define("flowLabel", () => {
    const first = this.here();
    const above =
      this.OPTION({
        GATE: () => !/^(?:and|or|into)$/.test(this.LA(2).image),
        DEF: () => this.CONSUME(T.W.above),
      }) !== undefined;
    return { above, label: this.SUBRULE(this.word), span: this.since(first) };
  });

  readonly inspect: Rule<Ast.Head> = this.define("inspect", () => {
    const first = this.here();
    this.CONSUME(T.W.inspect);
    const what = this.SUBRULE(this.word);
    this.CONSUME(T.W.of);
    const targets = this.SUBRULE(this.targets);
    this.CONSUME(T.W.for);
    const inspector = this.SUBRULE2(this.word);
    const classes =
      this.OPTION(() => {
        this.CONSUME(T.P["("]);
        const words = this.SUBRULE(this.words);
        this.CONSUME(T.P[")"]);
        return words;
      }) ?? [];
    this.CONSUME(T.P[">="]);
    const atLeast = this.SUBRULE3(this.word);
    return { kind: "inspect", what, targets, inspector, classes, atLeast, span: this.since(first) };
  });

  readonly loop: Rule<Ast.Head> = this.define("loop", () => {
    const first = this.here();
    this.CONSUME(T.W.loop);
    const what = this.OR<"same call" | "cycle" | "denied call">([
      {
        ALT: () => {
          this.CONSUME(T.W.same);
          this.CONSUME(T.W.call);
          return "same call";
        },
      },
      this.reads(T.W.cycle, "cycle"),
      {
        ALT: () => {
          this.CONSUME(T.W.denied);
          this.CONSUME2(T.W.call);
          return "denied call";
        },
      },
    ]);
    const steps = [this.SUBRULE(this.loopStep)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      steps.push(this.SUBRULE2(this.loopStep));
    });
    return { kind: "loop", what, steps, span: this.since(first) };
  });

  readonly loopStep: Rule<Ast.LoopStepNode> = this.define("loopStep", () => {
    const first = this.here();
    const count = this.SUBRULE(this.number);
    this.CONSUME(T.W.in);
    const calls = this.SUBRULE2(this.number);
    this.CONSUME(T.W.calls);
    this.CONSUME(T.W.then);
    return { count, calls, outcomes: this.SUBRULE(this.outcomes), span: this.since(first) };
  });

  readonly limit: Rule<Ast.NumberNode | Ast.DurationNode> = this.define("limit", () => {
    const first = this.here();
    return this.OR<Ast.NumberNode | Ast.DurationNode>([
      {
        ALT: () => {
          const number = this.SUBRULE(this.number);
          // `200 calls`: the measure's name stands where a currency would
          const unit = this.OPTION({
            GATE: () => !/^(?:of|on|per|maps)$/.test(this.LA(1).image),
            DEF: () => this.SUBRULE(this.word),
          });
          return unit === undefined ? number : { ...number, unit, span: this.since(first) };
        },
      },
      { ALT: () => this.SUBRULE(this.duration) },
    ]);
  });

  readonly requirement: Rule<Ast.Head> = this.define("requirement", () => {
    const first = this.here();
    this.CONSUME(T.W.require);
    return this.OR<Ast.Head>([
      {
        ALT: () => {
          this.CONSUME(T.W.approval);
          return { kind: "approval", span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.scope);
          return { kind: "scope", scope: this.SUBRULE2(this.text), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.that);
          return { kind: "that", condition: this.SUBRULE(this.condition), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.grounded);
          const values = this.SUBRULE(this.groundedValues);
          this.CONSUME(T.W.in);
          return { kind: "grounded", values, sources: this.SUBRULE(this.sources), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          const negated = this.OPTION(() => this.CONSUME(T.W.no)) !== undefined;
          this.CONSUME(T.W.prior);
          const completion =
            this.OPTION2(() =>
              this.OR2<"ok" | "allowed">([this.reads(T.W.ok, "ok"), this.reads(T.W.allowed, "allowed")]),
            ) ?? "ok";
          return {
            kind: "prior",
            negated,
            completion,
            tools: this.SUBRULE(this.alternatives),
            span: this.since(first),
          };
        },
      },
    ]);
  });
}
