/** The IR as text, one construct a line: `thc compile --emit ir`. */
import type { Ir, IrBlock, IrBudget, IrCondition, IrField, IrGives, IrRule, Operand } from "./ir.ts";
import { FIRST_FREE_SLOT } from "./ir.ts";
import { decimalText, regexText } from "./text.ts";

function operandText(o: Operand): string {
  switch (o.kind) {
    case "slot":
      return `$${o.slot}${o.member === undefined ? "" : `.${o.member}`}`;
    case "element":
      return `x${o.depth}${o.path.map((i) => `[${i}]`).join("")}${o.member === undefined ? "" : `.${o.member}`}`;
    case "lookup":
      return `${operandText(o.map)}[${JSON.stringify(o.key)}]${o.path.map((i) => `[${i}]`).join("")}${o.member === undefined ? "" : `.${o.member}`}`;
    case "text":
      return JSON.stringify(o.text);
    case "number":
      return decimalText(o.value);
    case "count":
      return `count(${operandText(o.list)})`;
    case "blast":
      return `blast(${[o.environment, o.count, o.rollback].map((each) => (each === undefined ? "?" : operandText(each))).join(", ")})`;
    case "arithmetic":
      return `(${o.of.map(operandText).join(` ${o.op} `)})`;
    case "pick":
      return `${o.op}(${o.of.map(operandText).join(", ")})`;
    case "fold":
      return `${o.op}(${operandText(o.list)}${o.path.map((i) => `[${i}]`).join("")})`;
    case "row":
    case "item":
      return `${o.kind}[${o.index}]`;
    case "record":
      return `${operandText(o.whole)}{${o.members.map(operandText).join(", ")}}`;
  }
}

function text(c: IrCondition): string {
  switch (c.op) {
    case "constant":
      return String(c.value);
    case "and":
    case "or":
      return `(${c.parts.map(text).join(` ${c.op} `)})`;
    case "not":
      return `not ${text(c.part)}`;
    case "labelled":
      return `labelled 0x${c.labels.toString(16)}`;
    case "has":
    case "is":
    case "holds":
      return `${c.op} ${operandText(c.value)}`;
    case "compare":
      return `${operandText(c.left)} ${c.sign} ${operandText(c.right)}`;
    case "member":
      return `${operandText(c.item)} in {${c.values.map(operandText).join(", ")}}`;
    case "host_in":
      return `${operandText(c.item)} in hosts {${c.patterns.join(", ")}}`;
    case "ip_in":
      return `${operandText(c.item)} in ranges {${c.ranges.join(", ")}}`;
    case "regex":
      return `${operandText(c.item)} matches ${regexText(c)}`;
    case "matches":
      return `${operandText(c.item)} matches ${c.style} {${c.globs.join(", ")}}`;
    case "under":
      return `${operandText(c.item)} under ${operandText(c.prefix)}`;
    case "contains":
    case "starts_with":
      return `${operandText(c.item)} ${c.op} ${JSON.stringify(c.text)}`;
    case "level_is":
      return `level ${c.exact ? "==" : "in"} {${c.levels.join(", ")}}`;
    case "level_has":
      return `level(${c.levels.join(", ")})`;
    case "external":
      return "external";
    case "risk_is":
      return `risk in {${c.risks.join(", ")}}`;
    case "agent_is":
      return `agent in {${c.agents.join(", ")}}`;
    case "acts_for":
      return `acts for ${c.agent}`;
    case "includes":
      return `${operandText(c.list)} includes ${operandText(c.item)}`;
    case "subset":
    case "overlaps":
      return `${operandText(c.list)} ${c.op} ${operandText(c.set)}`;
    case "quantifier":
      return `${c.quantifier} x${c.depth} in ${c.lists.map(operandText).join(", ")} (${text(c.body)})`;
  }
}

function fieldText(f: IrField): string {
  switch (f.kind) {
    case "number":
      return `number $${f.slot} at ${f.equal === "own" ? "" : `the end of what is ${f.equal} `}${f.thresholds.map(decimalText).join(", ")}`;
    case "symbol":
      return `symbol $${f.slot}${f.member === undefined ? "" : `.${f.member}`} of ${f.texts.map((t) => JSON.stringify(t)).join(", ")}`;
    case "bool":
    case "has":
      return `${f.kind} $${f.slot}`;
    case "host":
      return `host $${f.slot}${f.member === undefined ? "" : `.${f.member}`} in ${f.patterns.join(", ")}`;
    case "tool":
    case "agent":
      return f.kind;
  }
}

function blockLines(ir: Ir, b: IrBlock): string[] {
  return [
    ...b.fields.map((f, i) => `  field ${i}: ${fieldText(f)}`),
    ...b.terms.map((t) => {
      const literals = t.literals.map((l) => `f${l.field}:${l.accepts.join("")}`);
      const residual = t.residual === undefined ? [] : [`if ${t.polarity} ${text(t.residual)}`];
      return `  term ${ir.rules[t.rule]?.name} ${t.purpose} ${[...literals, ...residual].join(" ")}`.trimEnd();
    }),
  ];
}

function touchedLines({ touched, tools }: Ir): string[] {
  if (touched === undefined) return [];
  const lists = touched.lists.flatMap((slot) => (slot === undefined ? [] : [`$${slot}`]));
  const from = touched.tools.map((entries, i) => `${tools[i]?.name} ${entries.map((e) => `$${e.slot}`).join(" ")}`);
  return [`touched ${lists.join(" ")}`, ...from.map((line) => `  of ${line}`.trimEnd())];
}

export function printIr(ir: Ir): string {
  const lines = [
    `contract ${JSON.stringify(ir.name)} version ${JSON.stringify(ir.version)}`,
    ...(ir.observed === undefined ? [] : [observedText(ir.observed).trim()]),
    ...(ir.valid === 0 ? [] : [`valid ${ir.valid}ms`]),
    ...ir.agents.map((a) => `agent ${a.name}: ${a.ids.join(" | ")}${a.team === undefined ? "" : ` team ${a.team}`}`),
    ...ir.slots.map((s, i) => `slot $${FIRST_FREE_SLOT + i}: ${s.root}.${s.path.join(".")} ${s.type.kind}`),
    ...touchedLines(ir),
    ...ir.sources.map((s, i) => {
      const named = s.named === undefined ? "" : ` named by $${s.named.slot}`;
      const at = s.argument === undefined ? `[${s.path.join(" ")}]` : `@$${s.argument.slot}`;
      return `source ${i}: ${ir.tools[s.tool]?.name} ${at}${s.contains ? " contains" : ""} ${s.class}${named}`;
    }),
    ...ir.labels.map((label, i) => `label ${i}: ${label}`),
    ...ir.obligations.map((o, i) => `obligation ${i}: ${JSON.stringify(o)}`),
    ...(ir.inspection?.kinds ?? []).map((k, i) => `finding ${i}: ${k.inspector} ${k.class} ${k.severity}`),
    ...ir.budgets.map((b, i) => `budget ${i}: ${budgetText(b)}`),
    ...ir.rules.flatMap((r, i) => [
      `rule ${i} ${r.name}: ${observedText(r.observed)}${r.kind}${r.agent === undefined ? "" : ` for ${ir.agents[r.agent.number]?.name}`}${r.when === undefined ? "" : ` when ${text(r.when)}`}${r.kind.startsWith("require") || ["budget", "loop", "inspect"].includes(r.kind) ? ` else ${r.otherwise.join(", ")}` : ""}`,
      ...(r.rates.length === 0 ? [] : [`  rates ${r.rates.map((index) => `budget ${index}`).join(", ")}`]),
      ...(r.detail === undefined ? [] : [`  ${detailText(r.detail)}`]),
    ]),
    ...ir.tools.flatMap((t) => [
      `tool ${t.name} (${t.levels.join(" ")})`,
      ...(t.gives === undefined ? [] : [`  ${givesText(t.gives)}`]),
      ...(t.block === undefined ? [] : blockLines(ir, t.block)),
    ]),
    ...ir.variants.flatMap((v) => [
      `tool ${ir.tools[v.tool]?.name} for actions (${v.levels.join(" ")}, risk ${v.risk})`,
      ...(v.block === undefined ? [] : blockLines(ir, v.block)),
    ]),
    ...(ir.registry === undefined
      ? []
      : [`actions ${ir.registry.actions.length} of ${ir.registry.selectors.join(", ")}`]),
    ...(ir.global === undefined ? [] : ["all tools", ...blockLines(ir, ir.global)]),
  ];
  return `${lines.join("\n")}\n`;
}

const observedText = (until: IrRule["observed"]): string =>
  until === undefined ? "" : until === "for good" ? "observed " : `observed until ${until} `;

function givesText({ always, alwaysPart, conditional, untrusted, trusted }: IrGives): string {
  const shown = (labels: bigint) => `0x${labels.toString(16)}`;
  const some = conditional
    .map((c) => ` ${c.part ? "in part " : ""}${shown(c.labels)} if possible ${text(c.when)}`)
    .join("");
  const except = trusted === undefined ? "" : ` unless certain ${text(trusted)}`;
  return `gives ${shown(always)} in part ${shown(alwaysPart)}${some}${untrusted === 0n ? "" : ` untrusted ${shown(untrusted)}${except}`}`;
}

function budgetText({ ledger, ofDelegator, window, measure, actual, scale, limit }: IrBudget): string {
  const within = window === undefined ? "" : ` per ${window.kind === "rolling" ? `${window.ms}ms` : window.kind}`;
  const then = actual === undefined ? "" : `, then ${operandText(actual)}`;
  return `${limit} × 10^-${scale} of ${measure === undefined ? "calls" : operandText(measure)}${then} per ${ofDelegator ? "delegating " : ""}${ledger}${within}`;
}

function detailText(d: NonNullable<Ir["rules"][number]["detail"]>): string {
  switch (d.kind) {
    case "prior":
      return `prior ${d.negated ? "no " : ""}${d.completion} tools ${d.tools.join(" ")} keys ${d.current.map((key, i) => `${operandText(key)}${d.kinds[i] === "one" ? "" : ` of a ${d.kinds[i]}`}`).join(", ")}${d.since === undefined ? "" : ` since ${d.since}`}${d.where === undefined ? "" : ` where ${text(d.where)}`}`;
    case "that":
      return `that ${text(d.condition)}`;
    case "grounded":
      return `grounded ${d.values.map((v) => `${v.tokens ? "tokens of " : ""}$${v.slot}:${v.class}`).join(", ")} in ${[...(d.user ? ["user"] : []), ...d.self.map((s) => `self $${s.slot}`), ...d.sources.map((s) => `source ${s}`)].join(", ")}`;
    case "values":
      return `values of ${d.every ? "every" : "any"} ${d.labels.map((l) => `0x${l.toString(16)}`).join(" ")}`;
    case "budget":
      return `budget ${d.index}`;
    case "delegation": {
      const lines = d.lines.map(
        (line) => `${line.targets.join(" ")}${line.when === undefined ? "" : ` when ${text(line.when)}`}`,
      );
      return `delegation from ${d.from} to ${d.to} depth ${d.depth}${d.ttl === undefined ? "" : ` ttl ${d.ttl}ms`} only ${lines.join(" | ")}`;
    }
    case "inspection":
      return `finds ${d.kinds.join(" ")}`;
    case "loop": {
      const steps = d.steps.map((s) => `${s.count} in ${s.calls} then ${s.otherwise.join(", ")}`);
      return `${d.what} ${steps.join(" | ")}`;
    }
  }
}
