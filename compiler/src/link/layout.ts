/**
 * The stage `layout`: IR to the contract's data, at the addresses where the kernel will find it. docs/formats/module.md
 * says the same byte by byte; runtime/kernel/assembly/memory.ts names the header's offsets.
 */
import { FIRST_FREE_SLOT, type Ir, type IrField, type IrRule, type IrTool, type IrVariant } from "../ir/ir.ts";
import { typeKey } from "../lower/slots.ts";
import { writeActions } from "./actions.ts";
import { createBlockWriter } from "./blocks.ts";
import { BASE, createBuffer, type DataBuffer, NODE_SIZE } from "./buffer.ts";
import { writeCases } from "./cases.ts";
import { writeCommands } from "./commands.ts";
import { type ConditionWriter, createConditionWriter, levelMask, riskMask } from "./conditions.ts";
import { writeBudgets } from "./counters.ts";
import { writeDelegations } from "./delegations.ts";
import { ERROR_CLASS } from "./descriptor-words.ts";
import { createDescriptors } from "./descriptors.ts";
import { writeEvidence } from "./evidence.ts";
import { writeGrounding } from "./grounding.ts";
import { writeInspection } from "./inspection.ts";
import { writeGives } from "./labels.ts";
import { writeObligations } from "./obligations.ts";
import { writeRules } from "./rules.ts";
import { writeSqlWords } from "./sql-words.ts";
import { ledgerPlaces, type StateShape, stateShape } from "./state-shape.ts";
import { writeTeams } from "./teams.ts";
import { writeTouched } from "./touched.ts";

const HEADER_SIZE = 512;
/** The slot of `principal.scopes`. */
const SCOPES = 4;
const TOOL_SIZE = 64;
/** When exceeded budgets have room again. */
const HISTORY_ANSWER = 16;
const LEDGER_RECORD = 32;
/** What the answer says of labels: those seen, those given. */
const FLOW_ANSWER = 16;
/** What inspections found: how many, and a row for each. */
const FINDINGS_ANSWER = 16 + 32 * 16;
/** docs/semantics.md, §8. */

/** Of a rule: the tools at whose calls it is asked, and the addresses of its condition (0: none) and of its atoms. */
export interface Explanation {
  readonly targets: "*" | readonly number[];
  readonly when: number;
  readonly atoms: readonly { readonly text: string; readonly at: number }[];
  readonly narrowed: readonly { readonly tool: number; readonly at: number }[] | undefined;
  /** Whether it holds for the agent. */
  readonly only: number | undefined;
}

export interface Layout {
  readonly data: Uint8Array;
  /** First address that is not needed at load. */
  readonly memoryEnd: number;
  readonly explanations: readonly Explanation[];
  /** Addresses of the terms whose blast radius a decision reports. */
  readonly blasts: readonly number[];
  readonly state: StateShape;
}

export function layout(ir: Ir): Layout {
  const data = createBuffer();
  const header = data.alloc(HEADER_SIZE);
  const symbols = new Map<string, number>();
  const symbol = (text: string): number => {
    let n = symbols.get(text);
    if (n === undefined) {
      n = symbols.size + 1;
      symbols.set(text, n);
    }
    return n;
  };
  const conditions = createConditionWriter(data, symbol);

  const symbolSlots = new Set<number>();
  const slotKeys = new Map(ir.slots.map((s, i) => [slotKey(s.root, s.path, typeKey(s.type)), FIRST_FREE_SLOT + i]));
  const fields = new Set<IrField>();
  for (const { block } of [{ block: ir.global }, ...ir.tools, ...ir.variants])
    if (block !== undefined) for (const f of block.fields) fields.add(f);
  for (const f of fields) if (f.kind === "symbol" && f.member === undefined) symbolSlots.add(f.slot);
  const delegates = ir.rules.some((r) => r.kind === "delegation");
  const descriptors = createDescriptors(data, {
    find: (root, path, type) => slotKeys.get(slotKey(root, path, typeKey(type))),
    // scopes are compared hop by hop
    isRead: (s) => ir.envelope.includes(s) || (s === SCOPES && delegates),
    delegates,
    symbol,
    wantsSymbol: (s) => symbolSlots.has(s),
  });

  // obligations first: the kinds that a result names must be symbols
  const obligations = writeObligations(data, ir.obligations, symbol);
  const shape = stateShape(ir);
  const { obligationBytes, caps } = shape;

  const kinds = ir.tools.length + ir.variants.length;
  const tools = data.alloc(kinds * TOOL_SIZE);
  const writeBlock = createBlockWriter(data, conditions, ir.rules, kinds, symbol);
  /** What is asked of a tool, or of its variant for the action of the call. */
  const ability = (e: number, t: Pick<IrVariant, "levels" | "risk" | "block">): void => {
    data.u32(e + 4, t.block === undefined ? 0 : writeBlock(t.block));
    data.u32(e + 28, levelMask(t.levels));
    data.u32(e + 40, riskMask([t.risk]));
  };
  for (const [i, v] of ir.variants.entries()) ability(tools + (ir.tools.length + i) * TOOL_SIZE, v);
  for (let i = 0; i < ir.tools.length; i++) {
    const t = ir.tools[i] as IrTool;
    const e = tools + i * TOOL_SIZE;
    const name = data.text(t.name);
    data.u32(e, descriptors.args(t.params, t.open));
    ability(e, t);
    data.u32(e + 8, (t.irreversible ? 1 : 0) | (t.isSource ? 8 : 0) | (t.external ? 16 : 0));
    data.u32(e + 56, t.gives === undefined ? 0 : writeGives(data, conditions, t.gives));
    data.u32(e + 12, t.returns === undefined ? 0 : descriptors.tree(t.returns, ERROR_CLASS.result, true));
    data.u32(e + 16, writeEvidence(data, conditions, t));
    if (t.action !== undefined) {
      data.slot(e + 20, t.action.slot);
      data.u32(e + 24, data.words(t.action.variants.map((v) => (v === undefined ? 0 : v + 1))));
    }
    data.u32(e + 44, t.severity);
    if (t.cases !== undefined) data.u32(e + 48, writeCases(data, conditions, t.cases, t.irreversible));
    if (t.outside !== undefined) data.u32(e + 60, conditions.condition(t.outside));
    if (t.definition !== undefined) data.u32(e + 52, data.text(t.definition).address);
    data.u32(e + 32, name.address);
    data.u32(e + 36, name.length);
  }

  const facts = new Map(ir.facts.map((f) => [`${f.root}.${f.name}`, f]));
  const mustSend = ir.slots.flatMap((s, i) => {
    const fact = facts.get(`${s.root}.${s.path[0]}`);
    const whole =
      fact === undefined || fact.type.kind === "optional" ? undefined : slotKeys.get(slotKey(s.root, [fact.name], ""));
    return whole === undefined ? [] : [{ slot: FIRST_FREE_SLOT + i, whole, depth: s.path.length }];
  });
  mustSend.sort((a, b) => b.depth - a.depth); // parts before the fact they lie in
  const required = data.alloc(mustSend.length * 8 + 8);
  for (const [i, m] of mustSend.entries()) {
    data.slot(required + 8 * i, m.slot);
    data.slot(required + 8 * i + 4, m.whole);
  }

  const budgets = writeBudgets(data, conditions, ir.budgets, shape.counters);
  const budgetTable = data.words(budgets);
  const args = (ir.loops?.args ?? []).map((terms) => [data.words(terms.map(conditions.operand)), terms.length]);
  const loopArgs = args.length === 0 ? 0 : data.words(args.flat());
  const deniedLoops = ir.rules.some((r) => r.detail?.kind === "loop" && r.detail.what === "denied_call");
  const rates = ir.budgets.length > ir.rules.filter((r) => r.kind === "budget").length;
  const places = ledgerPlaces(ir.delegators);
  const ledgers = ir.ledgers.length === 0 ? 0 : data.alloc(LEDGER_RECORD * places.length);
  const rules = writeRules(data, conditions, ir, symbol, budgets);
  const global = ir.global === undefined ? 0 : writeBlock(ir.global);
  const explanations = explain(ir, conditions);
  const blasts = ir.blasts.map(conditions.operand);
  const agents =
    ir.agents.length === 0
      ? 0
      : conditions.automaton(
          ir.agents.flatMap((a, i) => a.ids.map((glob) => ({ glob, style: "text" as const, accept: i + 1 }))),
        );
  const teams = writeTeams(data, ir, symbol);
  const delegations = writeDelegations(data, ir);
  const envelope = descriptors.envelope(ir.facts);
  const toolTable = data.table(ir.tools.map((t, i) => [t.name, i + 1]));
  const actions = writeActions(data, ir.registry?.actions ?? []);
  const commands = ir.readsCommands ? writeCommands(data) : undefined;
  const touched = ir.touched === undefined ? 0 : writeTouched(data, ir.touched);
  const inspection = ir.inspection === undefined ? 0 : writeInspection(data, conditions, ir.inspection);
  const sqlWords = writeSqlWords(data, ir);
  const symbolTable = data.table([...symbols]);

  const observation = writeObservation(data, ir);
  const grounding = writeGrounding(data, conditions, ir, rules.views);

  // regions behind the data
  const aligned = (n: number) => (n + 63) & ~63;
  const { stateful } = ir;
  const stateSize = shape.sizes.get("session")?.most ?? 0;

  let at = aligned(BASE + data.length());
  const region = (size: number): number => {
    const start = at;
    at = aligned(at + size + 32);
    return start;
  };
  const slotsAt = region((FIRST_FREE_SLOT + ir.slots.length) * NODE_SIZE);
  const slotsEnd = slotsAt + (FIRST_FREE_SLOT + ir.slots.length) * NODE_SIZE;
  const stamps = region(ir.rules.length * 8);
  const answerSize = 16 + obligationBytes + ir.rules.length * 8;
  const answer = region(answerSize + FLOW_ANSWER + HISTORY_ANSWER + (inspection === 0 ? 0 : FINDINGS_ANSWER));
  const flowAnswer = ir.labels.length === 0 ? 0 : answer + answerSize;
  const historyAnswer = ir.budgets.length === 0 ? 0 : answer + answerSize + FLOW_ANSWER;
  const findings = inspection === 0 ? 0 : answer + answerSize + FLOW_ANSWER + HISTORY_ANSWER;
  const stateIn = region(stateSize);
  const stateOut = region(stateSize);
  const work = region(
    shape.fixed + shape.rows + shape.evidenceRow + 8 * (ir.budgets.length + ir.delegators * shape.shared) + 64,
  );
  for (const [i, ledger] of places.entries()) {
    const size = shape.sizes.get(ledger)?.most;
    if (size === undefined) continue;
    const e = ledgers + LEDGER_RECORD * i;
    data.u32(e, region(size));
    data.u32(e + 4, region(size));
    data.u32(e + 8, region(size));
    data.u32(e + 12, shape.counters.bytes[ledger]);
  }
  const input = at;

  const head: readonly (readonly [number, number])[] = [
    [0, 0x31434854],
    [4, 1],
    [8, symbolTable.address],
    [12, symbolTable.mask],
    [16, toolTable.address],
    [20, toolTable.mask],
    [24, tools],
    [28, envelope],
    [32, agents],
    [36, global],
    [40, rules.at],
    [44, ir.rules.length],
    [48, slotsAt],
    [52, stamps],
    [56, answer],
    [60, stateIn],
    [64, stateOut],
    [68, work],
    [72, input],
    [76, stateful ? 1 : 0],
    [80, obligations],
    [84, ir.obligations.length],
    [144, data.length()],
    [148, slotsEnd],
    [152, ir.budgets.length],
    [156, ir.priors],
    [160, obligationBytes],
    [164, shape.origins],
    [168, shape.pendingRow],
    [172, shape.evidenceRow],
    [176, shape.keys],
    [180, caps.pending],
    [184, caps.evidence],
    [188, caps.tokens],
    [192, caps.approvals],
    [200, required],
    [204, stateSize],
    [208, actions.slots],
    [212, actions.mask],
    [216, actions.prefixes],
    ...grounding,
    [332, ir.sinces],
    [344, caps.items],
    [348, shape.itemRow],
    [352, ledgers],
    [356, shape.counters.bytes.session],
    [360, budgetTable],
    [364, historyAnswer],
    [368, shape.ids],
    [496, ir.delegators],
    [500, ir.delegators === 0 ? 0 : shape.shared],
    [504, shape.chain],
    [372, shape.attempts],
    [376, loopArgs],
    [380, (ir.suspends ? 1 : 0) | (deniedLoops ? 2 : 0) | (rates ? 4 : 0)],
    [256, touched],
    [384, commands?.programs.address ?? 0],
    [388, commands?.programs.mask ?? 0],
    [392, commands?.options.address ?? 0],
    [396, commands?.options.mask ?? 0],
    [400, ir.labels.length],
    [404, flowAnswer],
    [408, shape.flowRow],
    [412, caps.values],
    [416, Number(ir.valueLabels & 0xffffffffn)],
    [420, Number(ir.valueLabels >> 32n)],
    [424, inspection],
    [428, findings],
    [432, shape.stream],
    [448, teams],
    [456, delegations],
    [472, ir.valid],
    [480, sqlWords?.address ?? 0],
    [484, sqlWords?.mask ?? 0],
    [476, observation],
  ];
  for (const [offset, value] of head) data.u32(header + offset, value);
  data.bytes(header + 96, ir.digest);
  return {
    data: data.finish(slotsAt),
    memoryEnd: input + 65536,
    explanations,
    blasts,
    state: shape,
  };
}

function explain(ir: Ir, conditions: ConditionWriter): readonly Explanation[] {
  const known = new Map<IrRule["atoms"], Explanation["atoms"]>();
  const atomsOf = (all: IrRule["atoms"]): Explanation["atoms"] => {
    const before = known.get(all);
    if (before !== undefined) return before;
    const made = all.map((a) => ({ text: a.text, at: conditions.condition(a.condition) }));
    if (all.every((a) => conditions.stands(a.condition))) known.set(all, made);
    return made;
  };
  return ir.rules.map((r) => {
    const when = r.when === undefined ? 0 : conditions.condition(r.when);
    const atoms = atomsOf(r.atoms);
    const narrowed =
      r.narrowed.length === 0
        ? undefined
        : r.narrowed.map((n) => ({ tool: n.tool, at: conditions.condition(n.condition) }));
    const only = r.agent === undefined ? undefined : conditions.condition(r.agent.condition);
    const targets = r.targets.length === ir.tools.length ? "*" : r.targets;
    return { targets: r.isAboutCalls ? targets : [], when, atoms, narrowed, only };
  });
}

/** 16 bytes, 0 when nothing is observed: 1 when some rule is; at 8 until when the whole contract is, as in a rule's record. */
function writeObservation(data: DataBuffer, { rules, observed }: Ir): number {
  const some = rules.some((r) => r.observed !== undefined);
  if (!some && observed === undefined) return 0;
  const at = data.alloc(16);
  data.u32(at, some ? 1 : 0);
  if (observed !== undefined) data.i64(at + 8, observed === "for good" ? -1n : BigInt(observed));
  return at;
}

function slotKey(root: string, path: readonly string[], type: string): string {
  return root === "args" ? `args\0${path.join("\0")}\0${type}` : `${root}\0${path.join("\0")}`;
}
