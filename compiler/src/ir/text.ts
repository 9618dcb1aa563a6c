/** Conditions in the language's own words: for explanations and for the printed IR. */
import { type Condition, type Decimal, type Literal, momentText, type Reference, type Term } from "@thc/language";

export function decimalText(d: Decimal): string {
  const negative = d.digits < 0n;
  const digits = (negative ? -d.digits : d.digits).toString();
  const body =
    d.exponent >= 0
      ? digits + "0".repeat(d.digits === 0n ? 0 : d.exponent)
      : `${digits.padStart(1 - d.exponent, "0").slice(0, d.exponent)}.${digits.padStart(1 - d.exponent, "0").slice(d.exponent)}`;
  return negative ? `-${body}` : body;
}

function literalText(l: Literal): string {
  if (typeof l.value === "string") return JSON.stringify(l.value);
  if (typeof l.value === "boolean") return String(l.value);
  if (l.type.kind === "date" || l.type.kind === "time" || l.type.kind === "duration")
    return momentText(l.type.kind, l.value);
  return l.type.kind === "money" ? `${decimalText(l.value)} ${l.type.currency}` : decimalText(l.value);
}
export function referenceText(r: Reference): string {
  const member = r.member === undefined ? [] : [r.member.slice(r.member.indexOf(".") + 1)];
  const root = r.root === "element" ? `x${r.depth}` : r.root.replace("prior_", "prior.");
  const keys = new Set(r.maps?.map(({ at }) => at));
  const path = r.path
    .map((name, i) => (r.cases?.includes(i) ? "" : keys.has(i) ? `[${JSON.stringify(name)}]` : `.${name}`))
    .join("");
  const place = `${root}${path}`;
  return r.member === "map.keys" ? `keys(${place})` : [place, ...(r.member === "map.values" ? [] : member)].join(".");
}
function termText(t: Term): string {
  switch (t.kind) {
    case "literal":
      return literalText(t);
    case "reference":
      return referenceText(t);
    case "count":
      return `count(${referenceText(t.list)})`;
    case "blast":
      return "blast";
    case "arithmetic":
      return `${operandText(t.left)} ${t.op} ${operandText(t.right)}`;
    case "fold":
      return `${t.op}(${[referenceText(t.list), ...t.field].join(".")})`;
    case "pick":
      return `${t.op}(${t.of.map(termText).join(", ")})`;
  }
}
const operandText = (t: Term): string => (t.kind === "arithmetic" ? `(${termText(t)})` : termText(t));
export const regexText = (c: { readonly source: string; readonly ignoreCase: boolean }): string =>
  `/${c.source}/${c.ignoreCase ? "i" : ""}`;
const list = (texts: readonly string[]) => `[${texts.join(", ")}]`;

export function conditionText(c: Condition): string {
  switch (c.kind) {
    case "constant":
      return String(c.value);
    case "and":
    case "or":
      return c.parts
        .map((p) => (p.kind === "and" || p.kind === "or" ? `(${conditionText(p)})` : conditionText(p)))
        .join(` ${c.kind} `);
    case "not":
      return `not (${conditionText(c.part)})`;
    case "is": {
      const { path, cases = [] } = c.value;
      const value = { ...c.value, path: path.slice(0, -1), cases: cases.slice(0, -1) };
      return `${referenceText(value)} is ${JSON.stringify(path.at(-1))}`;
    }
    case "has":
      return `has ${referenceText(c.value)}`;
    case "session_has":
      return `session has ${c.label}`;
    case "holds":
      return referenceText(c.value);
    case "compare":
      return `${termText(c.left)} ${c.op} ${termText(c.right)}`;
    case "member":
      return `${termText(c.item)} in ${list(c.values.map(literalText))}`;
    case "host_in":
      return `${termText(c.item)} in ${list(c.patterns.map((p) => JSON.stringify(p)))}`;
    case "ip_in":
      return `${termText(c.item)} in ${list(c.ranges.map((r) => JSON.stringify(r)))}`;
    case "matches":
      return `${termText(c.item)} matches ${list(c.globs.map((p) => JSON.stringify(p)))}`;
    case "regex":
      return `${termText(c.item)} matches ${regexText(c)}`;
    case "under":
      return `${termText(c.item)} under ${termText(c.prefix)}`;
    case "contains":
      return `${termText(c.item)} contains ${JSON.stringify(c.text)}`;
    case "starts_with":
      return `${termText(c.item)} starts with ${JSON.stringify(c.text)}`;
    case "level_is":
      return c.exact ? `level == ${c.levels.join()}` : `level in ${list(c.levels)}`;
    case "level_has":
      return `level(${c.levels.join(", ")})`;
    case "external":
      return "external";
    case "risk_is":
      return `risk in ${list(c.risks)}`;
    case "includes":
      return `${referenceText(c.list)} includes ${termText(c.item)}`;
    case "subset":
    case "overlaps": {
      const { set } = c;
      const of =
        set.kind === "list"
          ? referenceText(set.list)
          : set.kind === "values"
            ? list(set.values.map(literalText))
            : list((set.kind === "hosts" ? set.patterns : set.ranges).map((p) => JSON.stringify(p)));
      return `${referenceText(c.list)} ${c.kind === "subset" ? "subset of" : c.kind} ${of}`;
    }
    case "quantifier":
      return `${c.quantifier} x${c.depth} in ${c.lists.map(referenceText).join(", ")} (${conditionText(c.body)})`;
  }
}
