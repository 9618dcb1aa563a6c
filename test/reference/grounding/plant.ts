/**
 * What calls do to the table (docs/semantics/grounding.md, "Traces", "Planted").
 *
 * An agent must not be able to launder a value of its own: neither by writing it somewhere and reading it back (marks),
 * nor by a tool that repeats its arguments (echo).
 */

import type { CallClass } from "../call-class.ts";
import { partsOfCanonical } from "../canonical/url.ts";
import { evaluate } from "../condition.ts";
import type { Contract } from "../contract.ts";
import { plainDecimal } from "../decimal.ts";
import type { JsonObject } from "../json.ts";
import type { Environment } from "../read.ts";
import { certain } from "../truth.ts";
import { UNKNOWN, type Value } from "../value.ts";
import {
  allPlaces,
  type GroundingClass,
  hasMinorAmounts,
  type Place,
  searchedClasses,
  type TraceClass,
  type View,
  viewsOf,
} from "./class.ts";
import { formOf, heldBySource, isSaid, saidByUser, siteHeld } from "./grounded.ts";
import { addMark, type Table } from "./table.ts";
import { fold } from "./text.ts";
import { type Scalar, scalarsIn, type Trace, traceKey, tracesOf } from "./traces.ts";

const MOST_ECHOES = 32;

/** A call that is let through. Every trace is judged by the table as it was before the call. */
export function plant(table: Table, contract: Contract, call: CallClass, args: JsonObject): Table {
  const views = viewsOf(contract);
  if (views.length === 0 || !call.levels.some((level) => level !== "read")) return table;
  const tracing = {
    classes: new Set(views.flatMap((view) => [...view.classes])),
    searched: searchedClasses(contract),
    minor: hasMinorAmounts(contract),
  };
  const planted = scalarsIn(args).flatMap((scalar) =>
    tracesOf(scalar, tracing).map((trace) => ({
      trace,
      marks: views
        .filter((view) => view.classes.has(trace.class) && !stands(trace, scalar, view, table))
        .map((v) => v.mark),
    })),
  );
  return planted.reduce((next, { trace, marks }) => addMark(next, trace, marks), table);
}

/** Would the rule find it grounded, whether or not `user` is one of its sources? */
function stands(trace: Trace, scalar: Scalar, view: View, table: Table): boolean {
  const { rule } = view;
  if (trace.class === "site") {
    const { form, url } = trace;
    if (url !== undefined) return stands({ class: "url", form: url }, scalar, view, table);
    return table.tokens.has(`bare ${form}`) || siteHeld(rule, form, table);
  }
  const [kind, form] = asValue(trace, scalar);
  if (saidByUser(kind, form, table) || heldBySource(rule, kind, form, table)) return true;
  return kind === "url" && siteHeld(rule, partsOfCanonical(form).host, table);
}

function asValue({ class: kind, form }: Trace, scalar: Scalar): readonly [GroundingClass, string] {
  if (kind === "site") return ["host", form];
  if (kind === "amount") return ["number", form];
  if (kind !== "word") return [kind, form];
  return ["text", scalar.kind === "number" ? plainDecimal(scalar.value) : fold(scalar.value)];
}

/** The traces of a call's arguments; undefined when there are too many, and then its result grounds nothing. */
export function echoesOf(contract: Contract, tool: number, args: JsonObject): ReadonlySet<string> | undefined {
  const places = allPlaces(contract).filter((place) => place.tool === tool && place.argument === undefined);
  const searched = searchedClasses(contract);
  const minor = hasMinorAmounts(contract);
  const classes = new Set<TraceClass>(places.map((place) => place.class));
  if (minor && places.some((place) => place.class === "number" && place.money)) classes.add("amount");
  if (places.some((place) => place.class === "text" && place.contains)) classes.add("word");
  if (places.some((place) => place.class === "url" && place.contains)) classes.add("site");
  const traces = scalarsIn(args).flatMap((scalar) => tracesOf(scalar, { classes, searched, minor }));
  const keys = new Set(traces.map(traceKey));
  return keys.size > MOST_ECHOES ? undefined : keys;
}

/** Of the arguments that name a result: those that the user said. */
export function namesSaid(contract: Contract, tool: number, args: Value, table: Table): ReadonlySet<string> {
  const naming = allPlaces(contract).flatMap((place) =>
    place.tool === tool && place.namedBy !== undefined ? [place.namedBy] : [],
  );
  const fields = args.kind === "record" ? args.fields : new Map<string, Value>();
  return new Set(
    naming.filter((name) => {
      const { type } = contract.tools[tool]!.params.find((param) => param.name === name)!;
      return isSaid(fields.get(name)!, type, table);
    }),
  );
}

const MOST_ASKED = 8;

/** What its arguments ground once the call has ended well, by place; undefined: too much. */
export function askedBy(contract: Contract, environment: Environment): Asked | undefined {
  const { tool } = environment;
  const isTrusted = tool.trusted !== undefined && certain(evaluate(tool.trusted, environment));
  const places = allPlaces(contract).filter((p) => p.argument !== undefined && contract.tools[p.tool] === tool);
  const asked = isTrusted ? places.flatMap((place) => formsIn(place, environment)) : [];
  const distinct = new Map(asked.map((each) => [JSON.stringify(each), each]));
  return distinct.size > MOST_ASKED ? undefined : [...distinct.values()];
}
export type Asked = readonly { readonly place: string; readonly form: string }[];

function formsIn({ key, argument }: Place, { tool, args }: Environment): Asked {
  const { type } = tool.params.find((param) => param.name === argument)!;
  const value = args.kind === "record" ? args.fields.get(argument!)! : UNKNOWN;
  const known = (v: Value): readonly Value[] => (v.kind === "list" ? v.items.flatMap(known) : [v]);
  return known(value).flatMap((v) =>
    v.kind === "text" || v.kind === "number" ? [{ place: key, form: formOf(type, v) }] : [],
  );
}
