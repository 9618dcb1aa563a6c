/** What an agent's own string or number leaves behind, class by class (docs/semantics/grounding.md, "A form", "Traces"). */
import { canonicalEmail } from "../canonical/email.ts";
import { canonicalHost } from "../canonical/host.ts";
import { canonicalUrl, partsOfCanonical } from "../canonical/url.ts";
import { decimal, plainDecimal } from "../decimal.ts";
import type { JsonValue } from "../json.ts";
import type { TraceClass } from "./class.ts";
import { chunks, fold, words } from "./text.ts";
import { emailsIn, numberOf, urlsIn } from "./tokens.ts";

export type Scalar = Extract<JsonValue, { kind: "string" | "number" }>;
export interface Trace {
  readonly class: TraceClass;
  readonly form: string;
  /** Of a site: the Url that it is the host of. */
  readonly url?: string;
}
export interface Tracing {
  readonly classes: ReadonlySet<TraceClass>;
  readonly searched: ReadonlySet<TraceClass>;
  readonly minor: boolean;
}

/** Distinct. */
export function tracesOf(scalar: Scalar, { classes, searched, minor }: Tracing): readonly Trace[] {
  const found = new Map<string, Trace>();
  const add = (kind: TraceClass, ...forms: readonly (string | undefined)[]) => {
    if (!classes.has(kind)) return;
    for (const form of forms) if (form !== undefined) found.set(traceKey({ class: kind, form }), { class: kind, form });
  };
  if (scalar.kind === "number") {
    const plain = plainDecimal(scalar.value);
    const { digits, exponent } = scalar.value;
    add("id", plain);
    add("text", plain);
    add("number", plain);
    if (minor) add("amount", plainDecimal(decimal(digits, exponent - 2)));
    add("word", ...words(plain));
    return [...found.values()];
  }
  const sent = scalar.value;
  const parts = chunks(sent);
  const emails = [canonicalEmail(sent), ...parts.flatMap(emailsIn)];
  const urls = [canonicalUrl(sent), ...parts.flatMap(urlsIn)];
  add("id", fold(sent), ...(searched.has("id") ? parts.map(fold) : []));
  add("text", fold(sent));
  add("number", numberOf(sent), ...(searched.has("number") ? parts.map(numberOf) : []));
  add("email", ...emails, ...emails.map(narrowed));
  add("url", ...urls);
  add("host", canonicalHost(sent), ...urls.map((url) => url && partsOfCanonical(url).host));
  add("word", ...words(sent));
  return [...found.values(), ...(classes.has("site") ? sitesOf(canonicalHost(sent), urls) : [])];
}

/** A host that is part of no Url stands for itself. */
function sitesOf(alone: string | undefined, urls: readonly (string | undefined)[]): readonly Trace[] {
  const known = urls.filter((url) => url !== undefined);
  const sites = known.map((url): Trace => ({ class: "site", form: partsOfCanonical(url).host, url }));
  return alone === undefined || sites.length > 0 ? sites : [{ class: "site", form: alone }];
}

/** `to='eve@evil.example`: what a reader takes for the address. */
function narrowed(email: string | undefined): string | undefined {
  const narrow = email && /[a-z0-9._%+-]*@.*$/.exec(email)![0];
  return narrow && canonicalEmail(narrow);
}

export function traceKey({ class: kind, form }: Trace): string {
  return `${kind} ${form}`;
}

/** Every string and number inside, names of members excepted. */
export function scalarsIn(value: JsonValue): readonly Scalar[] {
  switch (value.kind) {
    case "string":
    case "number":
      return [value];
    case "array":
      return value.items.flatMap(scalarsIn);
    case "object":
      return [...value.members.values()].flatMap(scalarsIn);
    default:
      return [];
  }
}

/** Every string inside, names of members too. */
export function stringsIn(value: JsonValue): readonly string[] {
  switch (value.kind) {
    case "string":
      return [value.value];
    case "array":
      return value.items.flatMap(stringsIn);
    case "object":
      return [...value.members].flatMap(([name, member]) => [name, ...stringsIn(member)]);
    default:
      return [];
  }
}
