// Where things are. The kernel allocates nothing that outlives an event: fixed buffers below the contract's data,
// regions whose addresses the data's header names, and a bump pointer behind the request.
// Mirrors docs/formats/module.md; the compiler's link/layout.ts writes what is read here.

/** The contract's data (the blob) begins here in every module. */
export const BLOB: usize = 65536;

export const DUP_HASH: usize = 16384; // u32 × 1,032
export const DUP_KEY: usize = 20736; // {u32 address, u32 length} × 1,024
export const SHA_SCHEDULE: usize = 29056; // 256 B
export const SHA_TAIL: usize = 29312; // 128 B
export const ACTION_DIGEST: usize = 29440; // 32 B
export const APPROVAL_DIGEST: usize = 29472; // 32 B
export const SESSION_KEY: usize = 29504; // 16 B
export const HASH_OUT: usize = 29520; // 16 B
export const TEXT: usize = 29696; // 512 B, decimal text
export const FRAMES: usize = 30208; // 16 B a depth: the record that is being read (typed.ts)
export const ROWS: usize = 30720; // u32 × 4,096: the classifier's row of each field
export const ELEMENTS: usize = 47104; // u32 × 80: the element each quantifier stands on
export const DUMMY: usize = 47488; // a value node nobody reads
export const AGENTS: usize = 52736; // u32 × 16: of a call that is made for others (acting.ts)
export const OWN: usize = 52800; // 64 B × 4: id, team, roles, scopes of the principal while a delegator's stand in their places
export const SPELLINGS: usize = 55296; // {address, length} × 3
export const CURRENT_KEYS: usize = 55360; // 16 B × 32: keys of evidence, of a call and of a row
export const SESSION_HASH: usize = 47616; // 16 B
export const CALL_HASH: usize = 47632; // 16 B
export const SCRATCH_NODE: usize = 47680; // 64 B
export const BLAST_OUT: usize = 47744; // 32 B

export const SQL_TABLES: usize = 48128; // {address, length} × 64: of the SQL that is read

export const LEDGERS: usize = 57344; // 64 B × 21, the session's is not used (ledgers.ts)
export const LEDGER_KEY: usize = 58688; // 16 B

/** Values of the request live in nodes of this size (value.ts). */
export const NODE: usize = 64;

// ── header of the blob (offsets)
export const H_MAGIC: usize = 0;
export const H_SYMBOLS: usize = 8; // table, mask
export const H_TOOLS: usize = 16; // table, mask
export const H_TOOL_RECORDS: usize = 24;
export const H_ENVELOPE: usize = 28; // descriptor of the request
export const H_AGENTS: usize = 32; // automaton, or 0
export const H_GLOBAL_BLOCK: usize = 36; // block, or 0
export const H_RULES: usize = 40; // rule records
export const H_RULE_COUNT: usize = 44;
export const H_SLOTS: usize = 48;
export const H_STAMPS: usize = 52; // u32 a rule: met in this event?
export const H_ANSWER: usize = 56;
export const H_STATE_IN: usize = 60;
export const H_STATE_OUT: usize = 64;
export const H_STATE_WORK: usize = 68;
export const H_INPUT: usize = 72;
export const H_STATEFUL: usize = 76;
export const H_OBLIGATIONS: usize = 80; // records
export const H_OBLIGATION_COUNT: usize = 84;
export const H_CONTRACT_DIGEST: usize = 96; // 32 B
export const H_CLASSES: usize = 128; // grounding classes that are kept, as bits
export const H_SOURCE_COUNT: usize = 132;
export const H_STOP_WORDS: usize = 136; // table, mask
export const H_SOURCES: usize = 196;
export const H_BLOB_LENGTH: usize = 144;
export const H_SLOTS_END: usize = 148;
export const H_BUDGETS: usize = 152; // how many
export const H_PRIORS: usize = 156; // how many `require prior` rules
export const H_OBLIGATION_BYTES: usize = 160; // of a pending row's set, a multiple of 8
export const H_ORIGINS: usize = 164; // bytes of a pending row for what its result may ground: 264, or 0 without sources
export const H_PENDING_ROW: usize = 168; // bytes
export const H_EVIDENCE_ROW: usize = 172; // bytes
export const H_KEYS: usize = 176; // most keys of a rule
export const H_PENDING_CAP: usize = 180;
export const H_EVIDENCE_CAP: usize = 184;
export const H_TOKEN_CAP: usize = 188;
export const H_APPROVAL_CAP: usize = 192;
/** {slot, slot of the fact it lies in}: facts that are not optional, and their parts; ends with 0. */
export const H_REQUIRED: usize = 200;
export const H_ACTIONS: usize = 208; // hash slots and mask of the linked cloud actions; 0: none
export const H_ACTION_PREFIXES: usize = 216;
export const H_TOUCHED: usize = 256; // what a call touches (touched.ts), 0: no rule reads it
export const H_LEDGERS: usize = 352; // records of the ledgers beside the session; 0: none
export const H_COUNTERS: usize = 356; // bytes of the session's counters
export const H_BUDGET_TABLE: usize = 360; // address of each budget's record
export const H_HISTORY_ANSWER: usize = 364; // region, or 0 without budgets
export const H_PENDING_IDS: usize = 368; // behind a pending row's reserved units: words of the run's and the team's hash; 0: neither is kept
export const H_LOOP_CAP: usize = 372; // attempts that are kept; 0: no loops
export const H_LOOP_ARGS: usize = 376; // by tool {terms, count}: all its arguments
export const H_HISTORY: usize = 380; // 1 some rule suspends runs, 2 there are loops over denied calls, 4 rates
export const H_COMMANDS: usize = 384; // programs that are no program like any other (command-store.ts), mask; 0: nothing is a Command
export const H_COMMAND_OPTIONS: usize = 392; // options and variables, mask
export const H_LABELS: usize = 400; // how many are kept; 0: no rule reads one
export const H_FLOW_ANSWER: usize = 404; // in the answer region, or 0
export const H_FLOW_ROW: usize = 408; // where a pending row keeps the labels of its call, or 0
export const H_VALUE_CAP: usize = 412;
export const H_VALUE_LABELS: usize = 416; // u64: labels whose values are kept
export const H_SQL_WORDS: usize = 480; // table, mask; 0: the contract has no Sql
export const H_INSPECTION: usize = 424; // what inspections look for (finding.ts), 0: no rule inspects
export const H_STREAM: usize = 432; // where a pending row keeps what is held back of a result, or 0
export const H_FINDINGS_ANSWER: usize = 428; // in the answer region, or 0
export const H_TEAMS: usize = 448; // by agent, or 0
export const H_DELEGATION: usize = 456; // blocks, count, slots of the principal's facts, count; 0: nothing is delegated
export const H_DELEGATORS: usize = 496; // delegators of a call whose own ledgers are counted in; 0: nobody's but the principal's
export const H_SHARED: usize = 500; // how many budgets count per agent or per team, where there are such
export const H_PENDING_CHAIN: usize = 504; // behind a pending row's reserved units: by delegator words of its ledgers' hashes, and units
export const H_VALID: usize = 472; // milliseconds for which a decision counts; 0: for good
export const H_OBSERVE: usize = 476; // record (observed.ts), or 0: everything is enforced

// ── grounding
export const H_MINOR: usize = 320; // some amount stands in minor units: a number may be meant as one
export const H_VIEWS: usize = 324; // grounded requirements that have marks, by address; ends with 0
export const H_TRACED: usize = 328; // classes that are marked, and from bit 16 on those that a `contains` looks for
export const H_SINCE: usize = 332; // rules with `since`
export const H_ENDINGS: usize = 336; // table, mask: endings of file names that are no top-level domain

// ── evidence
export const H_ITEM_CAP: usize = 344; // 512, or 0 when no rule looks into a list
export const H_ITEM_ROW: usize = 348; // bytes

@inline export function H(offset: usize): usize {
  return <usize>load<u32>(BLOB + offset);
}

export let bump: usize = 0;

export function setBump(p: usize): void {
  bump = (p + 15) & ~15;
}

/** `size` fresh bytes, 16-aligned, not cleared; 0 when memory cannot grow any further. */
export function alloc(size: usize): usize {
  const at = bump;
  const end = at + ((size + 15) & ~15);
  if (!reserve(end)) return 0;
  bump = end;
  return at;
}

export function allocClear(size: usize): usize {
  const at = alloc(size);
  if (at) memory.fill(at, 0, size);
  return at;
}

/** Makes sure that memory reaches 64 bytes beyond `end`. */
export function reserve(end: usize): bool {
  const have = <usize>memory.size() << 16;
  if (end + 64 <= have) return true;
  const pages = (end + 64 - have + 65535) >> 16;
  return memory.grow(<i32>(pages + 15)) >= 0 || memory.grow(<i32>pages) >= 0;
}
