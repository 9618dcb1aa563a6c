// What SQL does (docs/semantics/sql.md): read, write, delete, to which tables, and whether every change says where. Whatever is not surely
// understood makes all of it unknown; the rest is a grammar of what stands around expressions, which are only looked through.
//
// Words have numbers and classes in a table of the compiler's (compiler/src/link/sql-words.ts), so that contracts without Sql carry none.
import { addGiven, addTable, isGiven, noGiven, noNames } from "./sql-names";
import { T_NUMBER, T_PARAMETER, T_QUOTED, T_WORD, cut, isSign, kindOf, lengthOf, textOf, tokenCount, valueOf, writable, written } from "./sql-tokens";
import {
  CLAUSE, FUNCTION, OPENER, RESERVED, SEQUENCE, VERB, WITH_FROM,
  W_ABORT, W_ALL, W_APPLY, W_AS, W_BEGIN, W_BY, W_CASCADE, W_COMMIT, W_CONTINUE, W_CONVERSATION, W_CUBE, W_DEFAULT, W_DELETE, W_DISTINCT, W_DO,
  W_DROP, W_END, W_EXISTS, W_EXPLAIN, W_FAIL, W_FETCH, W_FIRST, W_FOR, W_FROM, W_FULL, W_GET, W_GROUP, W_HAVING, W_IDENTITY, W_IF, W_IGNORE, W_IN,
  W_INNER, W_INSERT, W_INTO, W_IS, W_JOIN, W_JSON, W_KEY, W_LATERAL, W_LIMIT, W_MATERIALIZED, W_MERGE, W_MINUS, W_MOVE, W_NATURAL, W_NEXT, W_NO,
  W_NOT, W_NOTHING, W_NOWAIT, W_OF, W_OFFSET, W_OR, W_ORDER, W_ORDINALITY, W_OUTER, W_OUTPUT, W_PLAN, W_QUERY, W_RECURSIVE, W_REPLACE, W_RESTART,
  W_RESTRICT, W_RETURNING, W_ROLLBACK, W_ROLLUP, W_SELECT, W_SET, W_SHARE, W_SKIP, W_START, W_STRAIGHT_JOIN, W_TABLE, W_THEN, W_TIES, W_TIME,
  W_TRAN, W_TRANSACTION, W_TRUNCATE, W_UNION, W_UPDATE, W_USING, W_VALUE, W_VALUES, W_VIEW, W_WAIT, W_WHEN, W_WHERE, W_WINDOW, W_WITH, W_WITHIN,
  W_WORK, W_XML, isMore, isOneOf,
} from "./sql-words";

const QUERY: u32 = 0;
const INSERT: u32 = 1;
const UPDATE: u32 = 2;
const DELETE: u32 = 3;
const MERGE: u32 = 4;
const EXPRESSION: u32 = 5;

const MOST_STATEMENTS: u32 = 64;
const MOST_DEPTH: u32 = 32;

/** Bits of the answer. */
const READS: u32 = 1;
const WRITES: u32 = 2;
const DELETES: u32 = 4;
const HAS_WHERE: u32 = 8;
const UNDERSTOOD: u32 = 16;

let does: u32 = 0;
/** A change that does not say where. */
let everywhere = false;
let failed = false;
let at: i32 = 0;
let depth: u32 = 0;

// where a part of a statement stands: what began it, and what was said since
let verb: u32 = 0;
/** In a list of tables, where a comma begins the next one. */
let from = false;
/** Behind LIMIT and its like. */
let tail = false;
let where = false;
/** A function whose arguments may hold FROM. */
let withFrom = false;
/** What it returns or inserts was said: a SELECT begins another statement, for SQL Server, unless it is joined to that. */
let chosen = false;

/** Nothing is understood any more: every loop ends. */
function refuse(): void {
  failed = true;
  at = tokenCount;
}
@inline function id(ahead: i32): u32 {
  return kindOf(at + ahead) == T_WORD ? valueOf(at + ahead) & 255 : 0;
}
@inline function flags(ahead: i32): u32 {
  return kindOf(at + ahead) == T_WORD ? valueOf(at + ahead) : 0;
}
@inline function isNext(c: u32): bool {
  return isSign(at, c);
}
@inline function isEnd(): bool {
  return at >= tokenCount || isNext(59);
}
@inline function isClosed(): bool {
  return isEnd() || isNext(41);
}
function take(word: u32): bool {
  if (id(0) != word) return false;
  at++;
  return true;
}
function take2(a: u32, b: u32): bool {
  return take(a) || take(b);
}
function need(word: u32): void {
  if (!take(word)) refuse();
}
function needSign(c: u32): void {
  if (isNext(c)) at++;
  else refuse();
}
function beginsQuery(): bool {
  return isOneOf(id(0), W_SELECT, W_WITH, W_VALUES);
}
function isCounted(): bool {
  return kindOf(at) == T_NUMBER || kindOf(at) == T_PARAMETER;
}

// ── names and tables

/** The part or the name last read; length 0: nobody knows which. */
let partPtr: usize = 0;
let partLen: u32 = 0;
let namePtr: usize = 0;
let nameLen: u32 = 0;
/** The part, and the name, as written: dialects agree which WITH means only of what is not quoted, and in the same letters. 0: none. */
let partRaw: usize = 0;
let nameRaw: usize = 0;

function part(): void {
  partLen = 0;
  const kind = kindOf(at);
  if (kind != T_QUOTED && (kind != T_WORD || valueOf(at) & RESERVED)) return refuse();
  partPtr = textOf(at);
  partLen = lengthOf(at);
  partRaw = kind == T_WORD ? written(partPtr) : 0;
  at++;
}
function name(): void {
  part();
  let isKnown = partLen != 0;
  namePtr = partPtr;
  nameLen = partLen;
  nameRaw = isNext(46) ? 0 : partRaw;
  let parts = 1;
  const out = isNext(46) && isKnown ? writable(partPtr) : 0;
  if (out) {
    memory.copy(out, partPtr, partLen);
    namePtr = out;
  }
  while (isNext(46)) {
    at++;
    part();
    parts++;
    if (!partLen) isKnown = false;
    if (!isKnown) continue;
    store<u8>(out + nameLen, 46);
    memory.copy(out + nameLen + 1, partPtr, partLen);
    nameLen += partLen + 1;
  }
  if (parts > 4) refuse();
  if (!isKnown) nameLen = 0;
}
/** The name last read is a table. */
function touch(): void {
  if (!failed && !addTable(namePtr, nameLen)) refuse();
}
/** The part last read is a name that WITH gives. */
function give(): void {
  if (!failed && partRaw && !addGiven(partRaw, partLen)) refuse();
}
/** A table, a function or a parenthesis in a list of tables, with its other name. changed: no name that WITH gives is meant. */
function tableReference(changed: bool): void {
  if (!changed) does |= READS;
  if (id(0) == W_LATERAL && isSign(at + 1, 40)) at++;
  if (isNext(40)) group(true, false);
  else if (flags(0) & FUNCTION && isSign(at + 1, 40)) {
    at++;
    group(false, false);
  } else {
    name();
    if (isNext(40)) return refuse();
    if (changed || !nameRaw || !isGiven(nameRaw, nameLen)) touch();
  }
  if (take(W_AS)) part();
  else if (kindOf(at) == T_QUOTED || (kindOf(at) == T_WORD && !(valueOf(at) & RESERVED))) at++;
  if (isNext(40)) group(false, false);
  if (!isClosed() && !isNext(44) && !(flags(0) & CLAUSE)) refuse();
}

// ── what stands in parentheses

function open(): bool {
  needSign(40);
  if (++depth > MOST_DEPTH) refuse();
  return !failed;
}
function begin(what: u32): void {
  verb = what;
  from = false;
  tail = false;
  where = false;
  withFrom = false;
  chosen = false;
}
/** True: it holds a query. */
function group(tables: bool, hasFrom: bool): bool {
  if (!open()) return false;
  const before = verb;
  const beforeFrom = from;
  const beforeTail = tail;
  const beforeWhere = where;
  const beforeWith = withFrom;
  const beforeChosen = chosen;
  const isQuery = beginsQuery();
  if (isQuery) query();
  else if (tables) {
    begin(QUERY);
    from = true;
    tableReference(false);
    scan();
  } else {
    begin(EXPRESSION);
    withFrom = hasFrom;
    scan();
  }
  needSign(41);
  depth--;
  verb = before;
  from = beforeFrom;
  tail = beforeTail;
  where = beforeWhere;
  withFrom = beforeWith;
  chosen = beforeChosen;
  return isQuery;
}

// ── statements

function statement(): void {
  if (take(W_BEGIN) || take2(W_COMMIT, W_ROLLBACK)) {
    if (!take(W_WORK)) take2(W_TRANSACTION, W_TRAN);
  } else if (take(W_START)) need(W_TRANSACTION);
  else if (take(W_TRUNCATE)) {
    take(W_TABLE);
    removal();
    if (take2(W_RESTART, W_CONTINUE)) need(W_IDENTITY);
    take2(W_CASCADE, W_RESTRICT);
  } else if (take(W_DROP)) {
    if (!take(W_TABLE)) need(W_VIEW);
    if (take(W_IF)) need(W_EXISTS);
    removal();
    take2(W_CASCADE, W_RESTRICT);
  } else {
    if (take(W_EXPLAIN) && take(W_QUERY)) need(W_PLAN);
    if (beginsQuery()) query();
    else change();
  }
  if (!isEnd()) refuse();
}
function removal(): void {
  does |= WRITES | DELETES;
  everywhere = true;
  name();
  touch();
  while (isNext(44)) {
    at++;
    name();
    touch();
  }
}
function query(): void {
  if (take(W_WITH)) {
    const all = take(W_RECURSIVE) && depth == 0;
    do {
      if (isNext(44)) at++;
      part();
      const raw = partRaw;
      const len = partLen;
      if (all) give();
      if (isNext(40)) group(false, false);
      need(W_AS);
      take(W_NOT);
      take(W_MATERIALIZED);
      body();
      partRaw = raw;
      partLen = len;
      if (depth == 0) give();
    } while (isNext(44));
    if (id(0) != W_SELECT && id(0) != W_VALUES) return change();
  }
  begin(QUERY);
  scan();
}
/** Of one name of WITH. */
function body(): void {
  if (!open()) return;
  if (beginsQuery()) query();
  else change();
  needSign(41);
  depth--;
}
function change(): void {
  if (take(W_INSERT)) {
    if (take(W_OR)) alternative();
    else take(W_IGNORE);
    take(W_INTO);
    inserted();
  } else if (take(W_REPLACE)) {
    need(W_INTO);
    does |= DELETES;
    inserted();
  } else if (take(W_UPDATE)) {
    if (take(W_OR)) alternative();
    does |= WRITES;
    changed(UPDATE);
  } else if (take(W_DELETE)) {
    take(W_FROM);
    does |= WRITES | DELETES;
    changed(DELETE);
  } else if (take(W_MERGE)) {
    take(W_INTO);
    does |= READS | WRITES;
    begin(MERGE);
    tableReference(true);
    scan();
  } else refuse();
}
/** SQLite's: what happens to rows that are in the way. */
function alternative(): void {
  if (id(0) == W_REPLACE) does |= DELETES;
  if (!take2(W_ABORT, W_FAIL) && !take2(W_IGNORE, W_REPLACE)) need(W_ROLLBACK);
}
function inserted(): void {
  does |= WRITES;
  begin(INSERT);
  name();
  touch();
  if (take(W_AS)) part();
  if (isNext(40)) chosen = group(false, false);
  if (!isNext(40) && !isClosed()) {
    const next = id(0);
    if (!isOneOf(next, W_VALUES, W_VALUE, W_SELECT) && !isOneOf(next, W_DEFAULT, W_SET, W_OUTPUT)) refuse();
    take(W_DEFAULT);
  }
  scan();
}
function changed(what: u32): void {
  begin(what);
  from = true;
  tableReference(true);
  scan();
  if (!where) everywhere = true;
}

// ── the rest of a statement, up to its end or the parenthesis that closes it

function scan(): void {
  const first = at;
  while (!isClosed()) {
    if (isNext(40)) parenthesis(first);
    else if (isNext(44)) {
      at++;
      if (from) tableReference(false);
      else if (tail && !isCounted()) refuse();
    } else if (valueOf(at) & SEQUENCE) refuse();
    else if (kindOf(at) == T_WORD && !isSign(at - 1, 46)) {
      const value = valueOf(at++);
      clause(value & 255, value);
    } else at++;
  }
  if (isNext(59) && depth > 0) refuse();
}
/** Behind a word stands one only if the word may be followed by one. */
function parenthesis(first: i32): void {
  const called = flags(-1);
  const isWord = kindOf(at - 1) == T_WORD;
  if (kindOf(at - 1) == T_QUOTED || (isWord && (isSign(at - 2, 46) || !(called & OPENER)))) return refuse();
  const isFirst = at == first && verb == EXPRESSION;
  if (!group(false, (called & WITH_FROM) != 0)) return;
  if (isFirst) verb = QUERY;
  chosen = true;
}
function isDistinctFrom(): bool {
  return id(-2) == W_DISTINCT && (id(-3) == W_IS || (id(-3) == W_NOT && id(-4) == W_IS));
}
/** A word that ends a list of tables, and that some dialects take for a name: what follows must say which it is. */
function ends(isClause: bool, counts: bool): void {
  if (!from) return;
  if (!isClause) return refuse();
  from = false;
  tail = counts;
}
function leave(): void {
  from = false;
  tail = false;
}

function clause(word: u32, value: u32): void {
  // SQLite: what stands in a table
  if (word == W_IN && !withFrom && !isNext(40) && kindOf(at) != T_PARAMETER) return refuse();
  const next = id(0);
  // NEXT VALUE FOR moves a sequence
  const isLock = isOneOf(next, W_UPDATE, W_SHARE, W_NO) || isOneOf(next, W_KEY, W_JSON, W_XML);
  if (word == W_FOR && (id(-2) == W_VALUE || !(withFrom || isLock))) return refuse();
  if (word == W_CONVERSATION && isOneOf(id(-2), W_END, W_GET, W_MOVE)) return refuse();
  if (verb == EXPRESSION) return inExpression(word, value);
  if (word == W_SELECT) {
    const before = id(-2);
    const isJoined = before == W_ALL || before == W_DISTINCT || (before >= W_UNION && before <= W_MINUS);
    if ((verb != QUERY && verb != INSERT) || (chosen && !isJoined)) return refuse();
    chosen = true;
    does |= READS;
    leave();
  } else if (word == W_VALUES) {
    chosen = true;
    if (verb == QUERY) does |= READS;
  } else if (word == W_FROM) {
    if (isDistinctFrom()) return;
    if (verb == MERGE) return refuse();
    from = true;
    tail = false;
    tableReference(false);
  } else if (word == W_JOIN || word == W_STRAIGHT_JOIN) {
    if (!from) return refuse();
    tableReference(false);
  } else if (word == W_APPLY) {
    if (from) tableReference(false);
  } else if (word >= W_INNER && word <= W_NATURAL) {
    const joins = next == W_JOIN || (next >= W_APPLY && next <= W_FULL) || next == W_OUTER;
    if (from && !isNext(40) && !joins) refuse();
  } else if (word == W_USING) {
    if (verb == DELETE || verb == MERGE) {
      from = true;
      tableReference(false);
    } else if (from && !isNext(40)) refuse();
  } else if (word == W_WHERE) {
    where = true;
    leave();
  } else if (word == W_HAVING) from = false;
  else if (word == W_WHEN) {
    if (verb == MERGE) from = false;
  } else if (word == W_GROUP || word == W_ORDER) {
    if (word == W_GROUP && id(-2) == W_WITHIN && isNext(40)) return;
    if (next != W_BY) return refuse();
    from = false;
  } else if (word >= W_UNION && word <= W_MINUS) {
    if (verb != QUERY && verb != INSERT) return refuse();
    take2(W_ALL, W_DISTINCT);
    // SQL Server takes `minus (nolock)` for another name of a table, and its hint
    const isGroup = isNext(40);
    if (!isOneOf(id(isGroup ? 1 : 0), W_SELECT, W_VALUES, isGroup ? W_WITH : W_SELECT)) return refuse();
    leave();
  } else if (word == W_LIMIT || word == W_OFFSET) ends(isCounted(), true);
  else if (word == W_FETCH) ends(next == W_FIRST || next == W_NEXT, true);
  else if (word == W_FOR) ends(isLock, true);
  else if (word == W_WINDOW) ends(id(1) == W_AS, true);
  else if (word == W_RETURNING || word == W_OUTPUT) {
    ends(verb != QUERY && !isNext(44) && !isClosed(), false);
    if (verb != QUERY) does |= READS;
  } else if (word == W_WITH) {
    if (!isNext(40) && !isMore(next)) refuse();
  } else if (value & VERB) verbs(word, next);
}

/** A word that begins a statement, in the middle of one. */
function verbs(word: u32, next: u32): void {
  const before = id(-2);
  const merges = verb == MERGE && before == W_THEN;
  if (word == W_SET) {
    if (verb == QUERY || verb == DELETE) return refuse();
    from = false;
  } else if (word == W_INTO) {
    if (verb != QUERY) return refuse();
    does |= WRITES;
    from = false;
    name();
    touch();
    if (!isClosed() && !(flags(0) & CLAUSE)) refuse();
  } else if (word == W_DO) {
    const isKnown = verb == INSERT ? next == W_UPDATE || next == W_NOTHING : verb == MERGE && next == W_NOTHING;
    if (!isKnown) refuse();
  } else if (word == W_UPDATE) {
    const locks = before == W_FOR || (before == W_KEY && id(-3) == W_NO);
    if (verb == QUERY && locks && (isClosed() || isOneOf(next, W_OF, W_NOWAIT, W_SKIP) || next == W_WAIT)) return;
    if (merges) return;
    if (verb != INSERT || (before != W_DO && before != W_KEY)) return refuse();
    from = false;
  } else if (word == W_DELETE && merges) {
    does |= DELETES;
    everywhere = true;
  } else if (word == W_INSERT && merges) {
    if (isNext(40)) group(false, false);
  } else refuse();
}
function inExpression(word: u32, value: u32): void {
  if (word == W_FROM && (withFrom || isDistinctFrom())) return;
  if (word == W_WITH && isMore(id(0))) return;
  const never = word == W_SELECT || word == W_WITH || (word >= W_FROM && word <= W_STRAIGHT_JOIN) || (word >= W_UNION && word <= W_MINUS);
  if (value & VERB || never) refuse();
}

/** What the text does, as bits; 0: nobody knows. Its tables stand in SQL_TABLES as {address, length}; length 0: nobody knows which. */
export function classifySql(p: usize, len: u32): u32 {
  failed = false;
  does = 0;
  everywhere = false;
  if (!noNames() || !cut(p, len)) return 0;
  at = 0;
  depth = 0;
  let count: u32 = 0;
  for (;;) {
    while (isNext(59)) at++;
    if (at >= tokenCount) break;
    if (++count > MOST_STATEMENTS) return 0;
    noGiven();
    statement();
  }
  if (failed || !count) return 0;
  return does | (everywhere ? 0 : HAS_WHERE) | UNDERSTOOD;
}
