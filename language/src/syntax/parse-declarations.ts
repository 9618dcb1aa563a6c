/** The parser's layer of declarations: owner, tools with their types, facts, `let`. */
import type * as Ast from "./ast.ts";
import { ClauseParser } from "./parse-clauses.ts";
import type { Rule } from "./parse-expressions.ts";
import * as T from "./tokens.ts";

export class DeclarationParser extends ClauseParser {
  readonly owner: Rule<Ast.OwnerNode> = this.define("owner", () => {
    const first = this.here();
    this.CONSUME(T.W.owner);
    return { kind: "owner", owner: this.SUBRULE(this.text), span: this.since(first) };
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
          const isOf = this.OPTION({ GATE: () => this.isNext("of"), DEF: () => this.CONSUME(T.W.of) }) !== undefined;
          const named = this.SUBRULE(this.word);
          return isOf
            ? { kind: "risk of", argument: named, span: this.since(first) }
            : { kind: "risk", risk: named, span: this.since(first) };
        },
      },
      {
        GATE: () => this.isNext("of", 2),
        ALT: () => {
          this.CONSUME(T.W.level);
          this.CONSUME2(T.W.of);
          return { kind: "level of", argument: this.SUBRULE2(this.word), span: this.since(first) };
        },
      },
      {
        GATE: () => this.LA(2).tokenType === T.CloudAction,
        ALT: () => {
          this.CONSUME(T.W.is);
          return { kind: "is", action: this.SUBRULE(this.action), span: this.since(first) };
        },
      },
      {
        GATE: () => !this.isNext(",", 2),
        ALT: () => {
          this.CONSUME(T.W.gives);
          return { kind: "gives", items: this.SUBRULE(this.givesItems), span: this.since(first) };
        },
      },
      {
        GATE: () => !this.isNext(",", 2),
        ALT: () => {
          this.CONSUME(T.W.accepts);
          return { kind: "accepts", label: this.SUBRULE3(this.word), span: this.since(first) };
        },
      },
      { ALT: () => ({ kind: "words", items: this.SUBRULE(this.flagItems), span: this.since(first) }) },
    ]);
  });

  readonly flagItems: Rule<Ast.FlagItem[]> = this.define("flagItems", () => {
    const all = [this.SUBRULE(this.flagItem)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.flagItem));
    });
    return all;
  });

  readonly flagItem: Rule<Ast.FlagItem> = this.define("flagItem", () => {
    const word = this.SUBRULE(this.word);
    const when = this.OPTION(() => {
      this.CONSUME(T.W.when);
      return this.SUBRULE(this.condition);
    });
    return { word, when };
  });

  readonly inside: Rule<Ast.InsideNode> = this.define("inside", () => {
    const first = this.here();
    this.CONSUME(T.W.inside);
    return { kind: "inside", set: this.SUBRULE(this.set), span: this.since(first) };
  });

  readonly givesItems: Rule<Ast.GivesItem[]> = this.define("givesItems", () => {
    const all = [this.SUBRULE(this.givesItem)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.givesItem));
    });
    return all;
  });

  readonly givesItem: Rule<Ast.GivesItem> = this.define("givesItem", () => {
    const first = this.here();
    const label = this.SUBRULE(this.word);
    const from = this.OPTION(() => {
      this.CONSUME(T.W.from);
      return this.SUBRULE(this.path);
    });
    const when = this.OPTION2(() => {
      this.CONSUME(T.W.when);
      return this.SUBRULE(this.condition);
    });
    return { label, from, when, span: this.since(first) };
  });

  readonly state: Rule<Ast.StateNode> = this.define("state", () => {
    const first = this.here();
    this.CONSUME(T.W.state);
    this.CONSUME(T.P["{"]);
    const items: Ast.StateNode["items"][number][] = [];
    this.MANY(() => {
      items.push(this.SUBRULE(this.stateItem));
    });
    this.CONSUME(T.P["}"]);
    return { kind: "state", items, span: this.since(first) };
  });

  readonly decision: Rule<Ast.DecisionNode> = this.define("decision", () => {
    const first = this.here();
    this.CONSUME(T.W.decision);
    this.CONSUME(T.W.valid);
    return { kind: "decision", valid: this.SUBRULE(this.duration), span: this.since(first) };
  });

  readonly stateItem: Rule<Ast.StateNode["items"][number]> = this.define("stateItem", () => {
    const first = this.here();
    const table = this.SUBRULE(this.word);
    return { table, rows: this.SUBRULE(this.number), span: this.since(first) };
  });

  readonly labels: Rule<Ast.LabelsNode> = this.define("labels", () => {
    const first = this.here();
    this.CONSUME(T.W.labels);
    const chains = [this.SUBRULE(this.labelChain)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      chains.push(this.SUBRULE2(this.labelChain));
    });
    return { kind: "labels", chains, span: this.since(first) };
  });

  readonly labelChain: Rule<Ast.Word[]> = this.define("labelChain", () => {
    const all = [this.SUBRULE(this.word)];
    this.MANY(() => {
      this.CONSUME(T.P["<"]);
      all.push(this.SUBRULE2(this.word));
    });
    return all;
  });

  /** However many marks: twice optional is the error that one more would not change, and it keeps the tree flat. */
  readonly type: Rule<Ast.TypeNode> = this.define("type", () => {
    const first = this.here();
    let type = this.SUBRULE(this.plainType);
    let marks = 0;
    this.MANY(() => {
      this.CONSUME(T.P["?"]);
      if (++marks <= 2) type = { kind: "optional", of: type, span: this.since(first) };
    });
    return type;
  });

  readonly recordType: Rule<Ast.TypeNode> = this.define("recordType", () => {
    const first = this.here();
    const fields: { name: Ast.Word; type: Ast.TypeNode }[] = [];
    this.CONSUME(T.P["{"]);
    fields.push(this.SUBRULE(this.field));
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      fields.push(this.SUBRULE2(this.field));
    });
    this.CONSUME(T.P["}"]);
    return { kind: "record", fields, span: this.since(first) };
  });

  readonly plainType: Rule<Ast.TypeNode> = this.defineOr<Ast.TypeNode>("plainType", () => [
    {
      ALT: () => {
        const first = this.here();
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
        const first = this.here();
        const cases = [this.SUBRULE(this.recordType)];
        this.MANY2(() => {
          this.CONSUME2(T.P["|"]);
          cases.push(this.SUBRULE2(this.recordType));
        });
        return cases.length === 1 ? cases[0]! : { kind: "union", cases, span: this.since(first) };
      },
    },
    {
      ALT: () => {
        const first = this.here();
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
      {
        ALT: () => {
          const written = this.SUBRULE(this.condition);
          return written.kind === "bare" ? written.value : written;
        },
      },
    ]);
    return { kind: "let", name, value, span: this.since(first) };
  });

  readonly set: Rule<Ast.SetNode> = this.define("set", () => {
    const first = this.here();
    const set = this.SUBRULE(this.word);
    this.CONSUME(T.P["["]);
    const values = this.SUBRULE(this.texts);
    this.CONSUME(T.P["]"]);
    return { kind: "set", set, values, span: this.since(first) };
  });
}
