/**
 * The parser's top layer: one rule a statement. `parse.ts` picks the rule by the statement's first words, so a new statement is a
 * rule here, a line there and a node in `ast.ts`.
 */
import type { IParserErrorMessageProvider } from "chevrotain";
import type * as Ast from "./ast.ts";
import { ClauseParser } from "./parse-clauses.ts";
import type { Rule } from "./parse-expressions.ts";
import * as T from "./tokens.ts";

export class StatementParser extends ClauseParser {
  constructor(errorMessageProvider: IParserErrorMessageProvider, validate = false) {
    super(errorMessageProvider, validate);
    this.performSelfAnalysis();
  }

  readonly header: Rule<Ast.ContractNode> = this.define("header", () => {
    const first = this.here();
    this.CONSUME(T.W.contract);
    const name = this.SUBRULE(this.text);
    this.CONSUME(T.W.version);
    const version = this.SUBRULE2(this.text);
    this.CONSUME(T.P["{"]);
    return { name, version, span: this.since(first) };
  });

  // ── declarations

  readonly owner: Rule<Ast.OwnerNode> = this.define("owner", () => {
    const first = this.here();
    this.CONSUME(T.W.owner);
    return { kind: "owner", owner: this.SUBRULE(this.text), span: this.since(first) };
  });

  readonly agent: Rule<Ast.AgentNode> = this.define("agent", () => {
    const first = this.here();
    const items: { word: Ast.Word; values: Ast.TextNode[] }[] = [];
    this.CONSUME(T.W.agent);
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P["{"]);
    this.MANY(() => {
      items.push({ word: this.SUBRULE2(this.word), values: this.SUBRULE(this.texts) });
    });
    this.CONSUME(T.P["}"]);
    return { kind: "agent", name, items, span: this.since(first) };
  });

  readonly tool: Rule<Ast.ToolNode> = this.define("tool", () => {
    const first = this.here();
    const params: Ast.ParamNode[] = [];
    const flags: Ast.FlagNode[] = [];
    this.CONSUME(T.W.tool);
    const name = this.SUBRULE(this.dotted);
    this.CONSUME(T.P["("]);
    this.OPTION(() => {
      params.push(this.SUBRULE(this.param));
      this.MANY(() => {
        this.CONSUME(T.P[","]);
        params.push(this.SUBRULE2(this.param));
      });
    });
    this.CONSUME(T.P[")"]);
    this.MANY2(() => {
      flags.push(this.SUBRULE(this.flag));
    });
    return { kind: "tool", name, params, flags, span: this.since(first) };
  });

  readonly dotted: Rule<Ast.Word[]> = this.define("dotted", () => {
    const all = [this.SUBRULE(this.word)];
    this.MANY(() => {
      this.CONSUME(T.P["."]);
      all.push(this.SUBRULE2(this.word));
    });
    return all;
  });

  readonly param: Rule<Ast.ParamNode> = this.define("param", () => {
    const first = this.here();
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P[":"]);
    const type = this.SUBRULE(this.type);
    const dest = this.OPTION(() => this.CONSUME(T.W.dest)) !== undefined;
    return { name, type, dest, span: this.since(first) };
  });

  readonly flag: Rule<Ast.FlagNode> = this.define("flag", () => {
    const first = this.here();
    return this.OR<Ast.FlagNode>([
      {
        ALT: () => {
          this.CONSUME(T.W.returns);
          return { kind: "returns", type: this.SUBRULE(this.type), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.risk);
          return { kind: "risk", risk: this.SUBRULE(this.word), span: this.since(first) };
        },
      },
      { ALT: () => ({ kind: "words", words: this.SUBRULE(this.words), span: this.since(first) }) },
    ]);
  });

  readonly type: Rule<Ast.TypeNode> = this.define("type", () => {
    const first = this.here();
    let type = this.SUBRULE(this.plainType);
    this.MANY(() => {
      this.CONSUME(T.P["?"]);
      type = { kind: "optional", of: type, span: this.since(first) };
    });
    return type;
  });

  readonly plainType: Rule<Ast.TypeNode> = this.define("plainType", () => {
    const first = this.here();
    return this.OR<Ast.TypeNode>([
      {
        ALT: () => {
          const values = [this.SUBRULE(this.text)];
          this.MANY(() => {
            this.CONSUME(T.P["|"]);
            values.push(this.SUBRULE2(this.text));
          });
          return { kind: "literals", values, span: this.since(first) };
        },
      },
      {
        ALT: () => {
          const fields: { name: Ast.Word; type: Ast.TypeNode }[] = [];
          this.CONSUME(T.P["{"]);
          fields.push(this.SUBRULE(this.field));
          this.MANY2(() => {
            this.CONSUME(T.P[","]);
            fields.push(this.SUBRULE2(this.field));
          });
          this.CONSUME(T.P["}"]);
          return { kind: "record", fields, span: this.since(first) };
        },
      },
      {
        ALT: () => {
          const name = this.SUBRULE(this.word);
          const args: Ast.TypeNode[] = [];
          this.OPTION(() => {
            this.CONSUME(T.P["<"]);
            args.push(this.SUBRULE(this.type));
            this.MANY3(() => {
              this.CONSUME2(T.P[","]);
              args.push(this.SUBRULE2(this.type));
            });
            this.CONSUME(T.P[">"]);
          });
          return { kind: "named", name, args, span: this.since(first) };
        },
      },
    ]);
  });

  readonly field: Rule<{ name: Ast.Word; type: Ast.TypeNode }> = this.define("field", () => {
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P[":"]);
    return { name, type: this.SUBRULE(this.type) };
  });

  readonly fact: Rule<Ast.FactNode> = this.define("fact", () => {
    const first = this.here();
    this.CONSUME(T.W.fact);
    const path = this.SUBRULE(this.path);
    this.CONSUME(T.P[":"]);
    const declared = this.SUBRULE(this.type);
    let optional = false;
    const range = this.OPTION(() => {
      this.CONSUME(T.W.in);
      const low = this.SUBRULE(this.number);
      this.CONSUME(T.P[".."]);
      const high = this.SUBRULE2(this.number);
      this.OPTION2(() => {
        this.CONSUME(T.P["?"]);
        optional = true;
      });
      return { low, high };
    });
    const type: Ast.TypeNode = optional ? { kind: "optional", of: declared, span: declared.span } : declared;
    return { kind: "fact", path, type, range, span: this.since(first) };
  });

  readonly let: Rule<Ast.LetNode> = this.define("let", () => {
    const first = this.here();
    this.CONSUME(T.W.let);
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P["="]);
    const value = this.OR<Ast.LetNode["value"]>([
      { GATE: () => this.isNext("[", 2), ALT: () => this.SUBRULE(this.set) },
      { ALT: () => this.SUBRULE(this.operand) },
    ]);
    return { kind: "let", name, value, span: this.since(first) };
  });

  readonly set: Rule<Exclude<Ast.LetNode["value"], Ast.Operand>> = this.define("set", () => {
    const first = this.here();
    const set = this.SUBRULE(this.word);
    this.CONSUME(T.P["["]);
    const values = this.SUBRULE(this.texts);
    this.CONSUME(T.P["]"]);
    return { kind: "set", set, values, span: this.since(first) };
  });

  // ── rules

  readonly rule: Rule<Ast.RuleNode> = this.define("rule", () => {
    const first = this.here();
    const name = this.SUBRULE(this.word);
    this.CONSUME(T.P[":"]);
    const head = this.SUBRULE(this.head);
    const clauses = this.SUBRULE(this.clauses);
    return { kind: "rule", name, head, clauses, span: this.since(first) };
  });

  readonly head: Rule<Ast.Head> = this.define("head", () => {
    const first = this.here();
    return this.OR<Ast.Head>([
      {
        ALT: () => {
          this.CONSUME(T.W.allow);
          return { kind: "allow", targets: this.SUBRULE(this.targets), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.deny);
          return { kind: "deny", targets: this.SUBRULE2(this.targets), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.oblige);
          return { kind: "oblige", targets: this.SUBRULE3(this.targets), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.budget);
          return { kind: "budget", limit: this.SUBRULE(this.limit), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.require);
          return this.SUBRULE(this.requirement);
        },
      },
    ]);
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
    return this.OR<Ast.Head>([
      {
        ALT: () => {
          this.CONSUME(T.W.approval);
          return { kind: "approval", span: this.since(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.grounded);
          const values = this.SUBRULE(this.paths);
          this.CONSUME(T.W.in);
          return { kind: "grounded", values, sources: this.SUBRULE2(this.paths), span: this.since(first) };
        },
      },
      {
        ALT: () => {
          const negated = this.OPTION(() => this.CONSUME(T.W.no)) !== undefined;
          this.CONSUME(T.W.prior);
          const completion =
            this.OPTION2(() =>
              this.OR2<"ok" | "allowed">([
                { ALT: () => (this.CONSUME(T.W.ok), "ok") },
                { ALT: () => (this.CONSUME(T.W.allowed), "allowed") },
              ]),
            ) ?? "ok";
          return { kind: "prior", negated, completion, tools: this.SUBRULE(this.alternatives), span: this.since(first) };
        },
      },
    ]);
  });

  readonly alternatives: Rule<Ast.PatternNode[]> = this.define("alternatives", () =>
    this.OR<Ast.PatternNode[]>([
      { ALT: () => [this.SUBRULE(this.pattern)] },
      {
        ALT: () => {
          this.CONSUME(T.P["("]);
          const all = [this.SUBRULE2(this.pattern)];
          this.MANY(() => {
            this.CONSUME(T.W.or);
            all.push(this.SUBRULE3(this.pattern));
          });
          this.CONSUME(T.P[")"]);
          return all;
        },
      },
    ]),
  );

  // ── tests

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
          const scopes =
            this.OPTION(() => {
              this.CONSUME(T.W.scopes);
              return this.SUBRULE(this.texts);
            }) ?? [];
          return { kind: "as", agent, scopes, span: this.since(first) };
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
      { ALT: () => this.SUBRULE(this.approvedStep) },
      { ALT: () => this.SUBRULE(this.expectStep) },
    ]);
  });

  readonly priorStep: Rule<Ast.StepNode> = this.define("priorStep", () => {
    const first = this.here();
    this.CONSUME(T.W.prior);
    const call = this.SUBRULE(this.callee);
    const ok = this.OR<boolean>([
      { ALT: () => (this.CONSUME(T.W.ok), true) },
      { ALT: () => (this.CONSUME(T.W.failed), false) },
    ]);
    const returns = this.OPTION(() => {
      this.CONSUME(T.W.returns);
      return this.SUBRULE(this.operand);
    });
    return { kind: "prior", call, ok, returns, span: this.since(first) };
  });

  readonly approvedStep: Rule<Ast.StepNode> = this.define("approvedStep", () => {
    const first = this.here();
    this.CONSUME(T.W.approved);
    const rule = this.SUBRULE(this.word);
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
        return this.SUBRULE(this.words);
      }) ?? [];
    const obligations =
      this.OPTION3(() => {
        this.CONSUME(T.W.with);
        return this.SUBRULE(this.obligations);
      }) ?? [];
    return { kind: "expect", outcome, by, only, obligations, span: this.since(first) };
  });
}
