/**
 * What SQL does (docs/semantics/sql.md): read, write, delete, to which tables, and whether every change says where. Whatever is not
 * surely understood makes all of it unknown; the rest is a grammar of what stands around expressions, which are only looked through.
 */
import { type Token, tokensOf } from "./tokens.ts";
import { CLAUSES, FUNCTIONS, isReserved, OPENERS, SEQUENCE, VERBS, WITH_FROM } from "./words.ts";

export interface Sql {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly deletes: boolean;
  readonly hasWhere: boolean;
  /** Folded, in the order in which they first stand. Undefined: a table of which nobody knows the name. */
  readonly tables: readonly (string | undefined)[];
}

const MOST_STATEMENTS = 64;
const MOST_TABLES = 64;
const MOST_DEPTH = 32;

/** Thrown and caught in this file. */
const UNKNOWN = Symbol("unknown");
function refuse(): never {
  throw UNKNOWN;
}

type Verb = "query" | "insert" | "update" | "delete" | "merge" | "expression";
/** Where a part of a statement stands: what began it, and what was said since. */
interface Frame {
  verb: Verb;
  /** In a list of tables, where a comma begins the next one. */
  from: boolean;
  /** Behind `LIMIT` and its like, where a comma is no list of what a statement names. */
  tail: boolean;
  where: boolean;
  /** A function whose arguments may hold `FROM`. */
  readonly withFrom: boolean;
  /** What it returns or inserts was said: a SELECT begins another statement, for SQL Server, unless it is joined to that. */
  chosen: boolean;
}

export function classifySql(text: string): Sql | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  try {
    return statements(tokens);
  } catch (thrown) {
    if (thrown === UNKNOWN) return undefined;
    throw thrown;
  }
}

function statements(tokens: readonly Token[]): Sql {
  let [reads, writes, deletes, everywhere] = [false, false, false, true];
  const tables: (string | undefined)[] = [];
  /** Names that the statement's own `WITH` gives, as far as they are in force. */
  let common = new Set<string>();
  let at = 0;
  let depth = 0;

  const word = (ahead = 0): string => {
    const token = tokens[at + ahead];
    return token?.kind === "word" ? token.text : "";
  };
  const isSign = (text: string, ahead = 0): boolean => {
    const token = tokens[at + ahead];
    return token?.kind === "sign" && token.text === text;
  };
  const isEnd = (): boolean => at === tokens.length || isSign(";");
  const take = (...wanted: readonly string[]): boolean => {
    if (!wanted.includes(word())) return false;
    at += 1;
    return true;
  };
  const need = (...wanted: readonly string[]): void => {
    if (!take(...wanted)) refuse();
  };
  const needSign = (text: string): void => {
    if (!isSign(text)) refuse();
    at += 1;
  };

  // ── names and tables

  /** One part: a word that is no reserved one, or anything quoted. */
  function part(): string | undefined {
    const token = tokens[at];
    at += 1;
    if (token?.kind === "quoted") return token.name;
    if (token?.kind !== "word" || isReserved(token.text)) return refuse();
    return token.text;
  }
  function name(): string | undefined {
    const parts = [part()];
    while (isSign(".")) {
      at += 1;
      parts.push(part());
    }
    if (parts.length > 4) refuse();
    return parts.includes(undefined) ? undefined : parts.join(".");
  }
  function touch(table: string | undefined): void {
    if (tables.includes(table)) return;
    if (tables.length === MOST_TABLES) refuse();
    tables.push(table);
  }
  /** Dialects agree which name of a WITH is meant only of what is not quoted, and in the same letters; else empty. */
  function asWritten(): string {
    const token = tokens[at];
    return token?.kind === "word" ? token.written : "";
  }
  function give(given: string): void {
    if (given !== "") common.add(given);
    if (common.size > MOST_TABLES) refuse();
  }
  /** A table, a function or a parenthesis in a list of tables, with its other name. `changed`: it is no name that `WITH` gives. */
  function tableReference(changed: boolean): void {
    if (!changed) reads = true;
    if (word() === "lateral" && isSign("(", 1)) at += 1;
    if (isSign("(")) group({ tables: true, withFrom: false });
    else if (FUNCTIONS.has(word()) && isSign("(", 1)) {
      at += 1;
      group({ tables: false, withFrom: false });
    } else {
      const written = isSign(".", 1) ? "" : asWritten();
      const table = name();
      if (isSign("(")) refuse();
      if (changed || !common.has(written)) touch(table);
    }
    if (take("as")) part();
    else if (tokens[at]?.kind === "quoted" || (word() !== "" && !isReserved(word()))) at += 1;
    if (isSign("(")) group({ tables: false, withFrom: false });
    if (!isEnd() && !isSign(")") && !isSign(",") && !CLAUSES.has(word())) refuse();
  }

  // ── what stands in parentheses

  /** True: it holds a query. */
  function group({ tables, withFrom }: { readonly tables: boolean; readonly withFrom: boolean }): boolean {
    needSign("(");
    depth += 1;
    if (depth > MOST_DEPTH) refuse();
    const isQuery = ["select", "with", "values"].includes(word());
    if (isQuery) query();
    else if (tables) {
      const frame = start("query");
      frame.from = true;
      tableReference(false);
      scan(frame);
    } else scan({ ...start("expression"), withFrom });
    needSign(")");
    depth -= 1;
    return isQuery;
  }

  // ── statements

  const start = (verb: Verb): Frame => ({
    verb,
    from: false,
    tail: false,
    where: false,
    withFrom: false,
    chosen: false,
  });

  function statement(): void {
    if (take("begin", "commit", "rollback")) take("work", "transaction", "tran");
    else if (take("start")) need("transaction");
    else if (take("truncate")) {
      take("table");
      removal();
      if (take("restart", "continue")) need("identity");
      take("cascade", "restrict");
    } else if (take("drop")) {
      need("table", "view");
      if (take("if")) need("exists");
      removal();
      take("cascade", "restrict");
    } else {
      if (take("explain") && take("query")) need("plan");
      if (["select", "with", "values"].includes(word())) query();
      else change();
    }
    if (!isEnd()) refuse();
  }
  function removal(): void {
    [writes, deletes, everywhere] = [true, true, false];
    touch(name());
    while (isSign(",")) {
      at += 1;
      touch(name());
    }
  }
  function query(): void {
    if (take("with")) {
      const isAll = depth === 0 && word() === "recursive";
      take("recursive");
      do {
        if (isSign(",")) at += 1;
        const given = asWritten();
        part();
        if (isAll) give(given);
        if (isSign("(")) group({ tables: false, withFrom: false });
        need("as");
        take("not");
        take("materialized");
        body();
        if (depth === 0) give(given);
      } while (isSign(","));
      if (!["select", "values"].includes(word())) {
        change();
        return;
      }
    }
    scan(start("query"));
  }
  /** Of one name of `WITH`. */
  function body(): void {
    needSign("(");
    depth += 1;
    if (depth > MOST_DEPTH) refuse();
    if (["select", "with", "values"].includes(word())) query();
    else change();
    needSign(")");
    depth -= 1;
  }
  function change(): void {
    if (take("insert")) {
      if (take("or")) alternative();
      else take("ignore");
      take("into");
      inserted();
    } else if (take("replace")) {
      need("into");
      deletes = true;
      inserted();
    } else if (take("update")) {
      if (take("or")) alternative();
      writes = true;
      changed("update");
    } else if (take("delete")) {
      take("from");
      [writes, deletes] = [true, true];
      changed("delete");
    } else if (take("merge")) {
      take("into");
      [reads, writes] = [true, true];
      tableReference(true);
      scan(start("merge"));
    } else refuse();
  }
  /** SQLite's: what happens to rows that are in the way. */
  function alternative(): void {
    if (word() === "replace") deletes = true;
    need("abort", "fail", "ignore", "replace", "rollback");
  }
  function inserted(): void {
    writes = true;
    touch(name());
    if (take("as")) part();
    const frame = start("insert");
    if (isSign("(")) frame.chosen = group({ tables: false, withFrom: false });
    if (!isSign("(") && !isEnd() && !isSign(")")) {
      if (!["values", "value", "select", "default", "set", "output"].includes(word())) refuse();
      take("default");
    }
    scan(frame);
  }
  function changed(verb: "update" | "delete"): void {
    const frame = start(verb);
    frame.from = true;
    tableReference(true);
    scan(frame);
    if (!frame.where) everywhere = false;
  }

  // ── the rest of a statement, up to its end or the parenthesis that closes it

  function scan(frame: Frame): void {
    const first = at;
    while (!isEnd() && !isSign(")")) {
      const token = tokens[at]!;
      if (isSign("(")) parenthesis(frame, first);
      else if (isSign(",")) {
        at += 1;
        if (frame.from) tableReference(false);
        else if (frame.tail && !["number", "parameter"].includes(tokens[at]?.kind ?? "")) refuse();
      } else if ((token.kind === "word" || token.kind === "quoted") && SEQUENCE.has(token.text)) refuse();
      else if (token.kind === "word" && !isSign(".", -1)) clause(frame, token.text);
      else at += 1;
    }
    if (isSign(";") && depth > 0) refuse();
  }
  /** Behind a word stands one only if the word may be followed by one. */
  function parenthesis(frame: Frame, first: number): void {
    const before = tokens[at - 1];
    const called = before?.kind === "word" ? before.text : "";
    const isPart = isSign(".", -2);
    if (before?.kind === "quoted" || (called !== "" && (isPart || !(OPENERS.has(called) || FUNCTIONS.has(called)))))
      refuse();
    const isFirst = at === first && frame.verb === "expression";
    const isQuery = group({ tables: false, withFrom: WITH_FROM.has(called) });
    if (!isQuery) return;
    if (isFirst) frame.verb = "query";
    frame.chosen = true;
  }
  function clause(frame: Frame, text: string): void {
    at += 1;
    // SQLite: what stands in a table
    if (text === "in" && !frame.withFrom && !isSign("(") && tokens[at]?.kind !== "parameter") refuse();
    const isLock = ["update", "share", "no", "key", "json", "xml"].includes(word());
    // NEXT VALUE FOR moves a sequence
    if (text === "for" && (word(-2) === "value" || !(frame.withFrom || isLock))) refuse();
    if (text === "conversation" && ["end", "get", "move"].includes(word(-2))) refuse();
    if (frame.verb === "expression") {
      inExpression(frame, text);
      return;
    }
    const isNext = (...wanted: readonly string[]) => wanted.includes(word());
    const isCounted = () => ["number", "parameter"].includes(tokens[at]?.kind ?? "");
    /** A word that ends a list of tables, and that some dialects take for a name: what follows must say which it is. */
    const ends = (isClause: boolean, tail = true): void => {
      if (!frame.from) return;
      if (!isClause) refuse();
      [frame.from, frame.tail] = [false, tail];
    };
    const before = word(-2);
    switch (text) {
      case "select":
        if (frame.verb !== "query" && frame.verb !== "insert") refuse();
        if (frame.chosen && !["union", "intersect", "except", "minus", "all", "distinct"].includes(before)) refuse();
        frame.chosen = true;
        [reads, frame.from, frame.tail] = [true, false, false];
        break;
      case "values":
        if (frame.verb === "query") reads = true;
        frame.chosen = true;
        break;
      case "from":
        if (isDistinctFrom()) break;
        if (frame.verb === "merge") refuse();
        [frame.from, frame.tail] = [true, false];
        tableReference(false);
        break;
      case "join":
      case "straight_join":
        if (!frame.from) refuse();
        tableReference(false);
        break;
      case "apply":
        if (frame.from) tableReference(false);
        break;
      case "inner":
      case "left":
      case "right":
      case "full":
      case "cross":
      case "outer":
      case "natural":
        if (frame.from && !isSign("(") && !isNext("join", "inner", "left", "right", "full", "outer", "apply")) refuse();
        break;
      case "using":
        if (frame.verb === "delete" || frame.verb === "merge") {
          frame.from = true;
          tableReference(false);
        } else if (frame.from && !isSign("(")) refuse();
        break;
      case "where":
        [frame.where, frame.from, frame.tail] = [true, false, false];
        break;
      case "having":
        frame.from = false;
        break;
      case "when":
        if (frame.verb === "merge") frame.from = false;
        break;
      case "group":
        if (before === "within" && isSign("(")) break;
        if (!isNext("by")) refuse();
        frame.from = false;
        break;
      case "order":
        if (!isNext("by")) refuse();
        frame.from = false;
        break;
      case "union":
      case "intersect":
      case "except":
      case "minus":
        if (frame.verb !== "query" && frame.verb !== "insert") refuse();
        take("all", "distinct");
        // SQL Server takes `minus (nolock)` for another name of a table, and its hint
        if (!["select", "values", ...(isSign("(") ? ["with"] : [])].includes(word(isSign("(") ? 1 : 0))) refuse();
        [frame.from, frame.tail] = [false, false];
        break;
      case "limit":
      case "offset":
        ends(isCounted());
        break;
      case "fetch":
        ends(isNext("first", "next"));
        break;
      case "for":
        ends(isLock);
        break;
      case "window":
        ends(word(1) === "as");
        break;
      case "returning":
      case "output":
        ends(frame.verb !== "query" && !isSign(",") && !isSign(")") && !isEnd(), false);
        if (frame.verb !== "query") reads = true;
        break;
      case "with":
        if (!isSign("(") && !isNext("ties", "ordinality", "rollup", "cube", "time")) refuse();
        break;
      case "set":
        if (frame.verb === "query" || frame.verb === "delete") refuse();
        frame.from = false;
        break;
      case "into":
        if (frame.verb !== "query") refuse();
        [writes, frame.from] = [true, false];
        touch(name());
        if (!isEnd() && !isSign(")") && !CLAUSES.has(word())) refuse();
        break;
      case "do":
        if (frame.verb === "insert" ? !isNext("update", "nothing") : frame.verb !== "merge" || !isNext("nothing"))
          refuse();
        break;
      case "update":
        updated(frame, before);
        break;
      case "delete":
        if (frame.verb !== "merge" || before !== "then") refuse();
        [deletes, everywhere] = [true, false];
        break;
      case "insert":
        if (frame.verb !== "merge" || before !== "then") refuse();
        if (isSign("(")) group({ tables: false, withFrom: false });
        break;
      default:
        if (VERBS.has(text)) refuse();
    }
  }
  function inExpression(frame: Frame, text: string): void {
    if (text === "from" && (frame.withFrom || isDistinctFrom())) return;
    if (text === "with" && ["ties", "ordinality", "rollup", "cube", "time"].includes(word())) return;
    const never = ["select", "from", "join", "straight_join", "union", "intersect", "except", "minus", "with"];
    if (VERBS.has(text) || never.includes(text)) refuse();
  }
  function updated(frame: Frame, before: string): void {
    const locks = before === "for" || (before === "key" && word(-3) === "no");
    if (
      frame.verb === "query" &&
      locks &&
      (isEnd() || isSign(")") || ["of", "nowait", "skip", "wait"].includes(word()))
    )
      return;
    if (frame.verb === "merge" && before === "then") return;
    if (frame.verb !== "insert" || (before !== "do" && before !== "key")) refuse();
    frame.from = false;
  }
  function isDistinctFrom(): boolean {
    return word(-2) === "distinct" && (word(-3) === "is" || (word(-3) === "not" && word(-4) === "is"));
  }

  let count = 0;
  for (;;) {
    while (isSign(";")) at += 1;
    if (at === tokens.length) break;
    count += 1;
    if (count > MOST_STATEMENTS) refuse();
    common = new Set();
    statement();
  }
  if (count === 0) refuse();
  return { reads, writes, deletes, hasWhere: everywhere, tables };
}
