/** The parser's layer of what comes from elsewhere: the registry's services, tools of MCP servers, and what is said of those tools. */
import type * as Ast from "./ast.ts";
import { DeclarationParser } from "./parse-declarations.ts";
import type { Rule } from "./parse-expressions.ts";
import * as T from "./tokens.ts";

export class ImportParser extends DeclarationParser {
  readonly useRegistry: Rule<Ast.UseRegistryNode> = this.define("useRegistry", () => {
    const first = this.here();
    this.CONSUME(T.W.use);
    this.CONSUME(T.W.registry);
    const items = [this.SUBRULE(this.registryItem)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      items.push(this.SUBRULE2(this.registryItem));
    });
    return { kind: "use_registry", items, span: this.since(first) };
  });

  readonly registryItem: Rule<Ast.RegistryItem> = this.define("registryItem", () => {
    const first = this.here();
    const provider = this.SUBRULE(this.word);
    this.CONSUME(T.P["."]);
    const services = this.OR<Ast.Word[] | undefined>([
      {
        ALT: () => {
          this.CONSUME(T.P["*"]);
          return undefined;
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.P["{"]);
          const all = this.SUBRULE(this.words);
          this.CONSUME(T.P["}"]);
          return all;
        },
      },
      { ALT: () => [this.SUBRULE2(this.word)] },
    ]);
    return { provider, services, span: this.since(first) };
  });

  readonly useTools: Rule<Ast.UseToolsNode> = this.define("useTools", () => {
    const first = this.here();
    this.CONSUME(T.W.use);
    this.CONSUME(T.W.tools);
    const file = this.SUBRULE(this.text);
    this.CONSUME(T.W.as);
    const alias = this.SUBRULE(this.word);
    const pin = this.OPTION(() => {
      this.CONSUME(T.W.pin);
      return this.SUBRULE2(this.text);
    });
    return { kind: "use_tools", file, alias, pin, span: this.since(first) };
  });

  readonly useRulesets: Rule<Ast.UseRulesetsNode> = this.define("useRulesets", () => {
    const first = this.here();
    this.CONSUME(T.W.use);
    const items = [this.SUBRULE(this.useRuleset)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      items.push(this.SUBRULE2(this.useRuleset));
    });
    return { kind: "use_rulesets", items, span: this.since(first) };
  });

  readonly useRuleset: Rule<Ast.UseRuleset> = this.define("useRuleset", () => {
    const first = this.here();
    const name = this.SUBRULE(this.text);
    const alias = this.OPTION(() => {
      this.CONSUME(T.W.as);
      return this.SUBRULE(this.word);
    });
    const granting = this.OPTION2(() => this.CONSUME(T.W.granting)) !== undefined;
    return { name, alias, granting, span: this.since(first) };
  });

  readonly classify: Rule<Ast.ClassifyNode> = this.define("classify", () => {
    const first = this.here();
    this.CONSUME(T.W.classify);
    const tools = [this.SUBRULE(this.pattern)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      tools.push(this.SUBRULE2(this.pattern));
    });
    const flags: Ast.FlagNode[] = [];
    this.MANY2(() => {
      flags.push(this.SUBRULE(this.flag));
    });
    return { kind: "classify", tools, flags, span: this.since(first) };
  });

  readonly refine: Rule<Ast.RefineNode> = this.define("refine", () => {
    const first = this.here();
    this.CONSUME(T.W.refine);
    const of = this.SUBRULE(this.pattern);
    const what = this.OR<Ast.RefineNode["what"]>([
      {
        ALT: () => {
          this.CONSUME(T.P[":"]);
          const type = this.SUBRULE(this.type);
          const dest = this.OPTION(() => this.CONSUME(T.W.dest)) !== undefined;
          return { kind: "argument", type, dest };
        },
      },
      { ALT: () => ({ kind: "flag", flag: this.SUBRULE(this.flag) }) },
    ]);
    return { kind: "refine", of, what, span: this.since(first) };
  });
}
