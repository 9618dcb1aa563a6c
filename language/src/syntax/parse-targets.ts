/** The parser's layer of targets: which tools a rule is about, by name, glob, braces or level. */
import type * as Ast from "./ast.ts";
import { ExpressionParser, type Rule } from "./parse-expressions.ts";
import * as T from "./tokens.ts";

export class TargetParser extends ExpressionParser {
  readonly targets: Rule<Ast.TargetsNode> = this.define("targets", () => {
    const first = this.here();
    const include = this.SUBRULE(this.targetList);
    const except =
      this.OPTION(() => {
        this.CONSUME(T.W.except);
        return this.SUBRULE2(this.targetList);
      }) ?? [];
    return { include, except, span: this.since(first) };
  });

  readonly targetList: Rule<Ast.TargetNode[]> = this.define("targetList", () => {
    const all = [this.SUBRULE(this.target)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.target));
    });
    return all;
  });

  readonly target: Rule<Ast.TargetNode> = this.defineOr<Ast.TargetNode>("target", () => [
    {
      GATE: () => !this.isNext(".", 2) && this.LA(1).endOffset !== this.LA(2).startOffset - 1,
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.P["*"]);
        return { kind: "star", span: this.since(first) };
      },
    },
    {
      GATE: () => this.isNext("(", 2),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.level);
        this.CONSUME(T.P["("]);
        const levels = this.SUBRULE(this.words);
        this.CONSUME(T.P[")"]);
        return { kind: "level", levels, span: this.since(first) };
      },
    },
    {
      GATE: () => /^(?:[=!]=|[<>]=?)$/.test(this.LA(2).image),
      ALT: () => {
        const first = this.here();
        this.CONSUME(T.W.risk);
        const op = this.SUBRULE(this.sign);
        const risk = this.SUBRULE(this.word);
        return { kind: "risk", op, risk, span: this.since(first) };
      },
    },
    { ALT: () => this.SUBRULE(this.pattern) },
  ]);

  /** `a or b`, in brackets or not. */
  readonly alternatives: Rule<Ast.PatternNode[]> = this.define("alternatives", () =>
    this.OR<Ast.PatternNode[]>([
      { ALT: () => this.SUBRULE(this.either) },
      {
        ALT: () => {
          this.CONSUME(T.P["("]);
          const all = this.SUBRULE2(this.either);
          this.CONSUME(T.P[")"]);
          return all;
        },
      },
    ]),
  );
  readonly either: Rule<Ast.PatternNode[]> = this.define("either", () => {
    const all = [this.SUBRULE(this.pattern)];
    this.MANY(() => {
      this.CONSUME(T.W.or);
      all.push(this.SUBRULE2(this.pattern));
    });
    return all;
  });
  /** Behind `since last`: targets, or alternatives in brackets. */
  readonly lastTools: Rule<Ast.TargetsNode> = this.define("lastTools", () => {
    const first = this.here();
    return this.OR<Ast.TargetsNode>([
      {
        ALT: () => {
          this.CONSUME(T.P["("]);
          const include = this.SUBRULE(this.either);
          this.CONSUME(T.P[")"]);
          return { include, except: [], span: this.since(first) };
        },
      },
      { ALT: () => this.SUBRULE(this.targets) },
    ]);
  });

  readonly words: Rule<Ast.Word[]> = this.define("words", () => {
    const all = [this.SUBRULE(this.word)];
    this.MANY(() => {
      this.CONSUME(T.P[","]);
      all.push(this.SUBRULE2(this.word));
    });
    return all;
  });

  readonly pattern: Rule<Ast.PatternNode> = this.define("pattern", () => {
    const first = this.here();
    const pieces: Ast.Piece[] = [];
    const add = (found: readonly Ast.Piece[]): void => this.ACTION(() => void pieces.push(...found));
    add(this.SUBRULE(this.piece));
    this.MANY({
      GATE: () => this.isNext(".") || this.isGlued(),
      DEF: () => {
        this.OPTION(() => {
          this.CONSUME(T.P["."]);
          add([{ kind: "dot" }]);
        });
        add(this.SUBRULE2(this.piece));
      },
    });
    return { kind: "pattern", pieces, span: this.since(first) };
  });

  readonly piece: Rule<Ast.Piece[]> = this.defineOr<Ast.Piece[]>("piece", () => [
    { ALT: () => this.SUBRULE(this.plainPiece) },
    {
      ALT: () => {
        this.CONSUME(T.P["{"]);
        const choices = [this.SUBRULE(this.choice)];
        this.MANY(() => {
          this.CONSUME(T.P[","]);
          choices.push(this.SUBRULE2(this.choice));
        });
        this.CONSUME(T.P["}"]);
        return [{ kind: "braces", choices }];
      },
    },
  ]);

  readonly plainPiece: Rule<Ast.Piece[]> = this.defineOr<Ast.Piece[]>("plainPiece", () => [
    {
      ALT: () => {
        const { text } = this.SUBRULE(this.word);
        return [{ kind: "text", text }];
      },
    },
    {
      ALT: () => {
        const { image } = this.CONSUME(T.Glob);
        const pieces: Ast.Piece[] = [];
        for (const part of image.split(/(\*+)/)) {
          if (part.startsWith("*")) pieces.push({ kind: "any" });
          else if (part !== "") pieces.push({ kind: "text", text: part });
        }
        return pieces;
      },
    },
    {
      ALT: () => {
        this.CONSUME(T.P["*"]);
        return [{ kind: "any" }];
      },
    },
  ]);

  readonly choice: Rule<Ast.Piece[]> = this.define("choice", () => {
    const pieces: Ast.Piece[] = [];
    const add = (found: readonly Ast.Piece[]): void => this.ACTION(() => void pieces.push(...found));
    add(this.SUBRULE(this.plainPiece));
    this.MANY({
      GATE: () => this.isNext(".") || this.isGlued(),
      DEF: () => {
        this.OPTION(() => {
          this.CONSUME(T.P["."]);
          add([{ kind: "dot" }]);
        });
        add(this.SUBRULE2(this.plainPiece));
      },
    });
    return pieces;
  });
}
