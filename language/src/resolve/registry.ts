/**
 * Cloud actions and services against the registry that the caller hands in. What `use registry` selects and what conditions name is
 * linked: a CloudAction can be one of these and nothing else. Globs expand here, so an action that a provider adds later is not
 * covered silently. Where the catalogue comes from is the shell's business; without one every use is an error.
 */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Span } from "../source.ts";
import type * as Ast from "../syntax/ast.ts";
import type { CloudAction, LinkedRegistry, Suggestion } from "../types/contract.ts";
import { byBytes } from "./order.ts";

export type Selector =
  | { readonly kind: "pattern"; readonly text: string }
  | { readonly kind: "service"; readonly provider: string; readonly service: string }
  | { readonly kind: "provider"; readonly provider: string };
export type Selected =
  | { readonly ok: true; readonly actions: readonly CloudAction[] }
  | { readonly ok: false; readonly nearest: readonly string[] };

/** The registry as a value; `select` never answers with an empty success. */
export interface ActionCatalogue {
  readonly version: string;
  readonly digest: string;
  readonly providers: readonly string[];
  readonly select: (selector: Selector) => Selected;
  /** A safer action for a well-known dangerous one. */
  readonly suggestion: (name: string) => { readonly instead: string; readonly because: string } | undefined;
}

export interface Linker {
  /** Links what is selected. */
  readonly use: (node: Ast.UseRegistryNode) => void;
  /** The actions that a name or glob means, linked; undefined when it was reported. */
  readonly link: (text: string, span: Span) => readonly CloudAction[] | undefined;
  /** One action, not linked: what a tool is, or what is suggested. */
  readonly find: (node: Ast.ActionNode) => CloudAction | undefined;
  readonly suggestion: (name: string) => Suggestion | undefined;
  readonly linked: () => LinkedRegistry | undefined;
}

export function createLinker(load: (() => ActionCatalogue) | undefined, report: Report): Linker {
  let catalogue: ActionCatalogue | undefined;
  const actions = new Map<string, CloudAction>();
  const selectors = new Set<string>();
  const open = (span: Span): ActionCatalogue | undefined => {
    catalogue ??= load?.();
    if (catalogue === undefined) report(noRegistry(span));
    return catalogue;
  };
  const add = (written: string, found: readonly CloudAction[]): void => {
    selectors.add(written);
    for (const action of found) actions.set(action.name, action);
  };
  const select = (text: string, span: Span): readonly CloudAction[] | undefined => {
    const selected = open(span)?.select({ kind: "pattern", text });
    if (selected === undefined || selected.ok) return selected?.actions;
    return void report(unknownAction(text, span, selected.nearest));
  };
  return {
    use(node) {
      for (const item of node.items) {
        const provider = item.provider.text;
        const at = open(item.span);
        if (at === undefined) return;
        if (!at.providers.includes(provider)) {
          const help = didYouMean(provider, at.providers) ?? `providers are ${at.providers.join(", ")}`;
          report(error("THC2014", `unknown provider \`${provider}\``, item.provider.span, "", { help }));
          continue;
        }
        for (const service of item.services ?? [undefined]) {
          const selector: Selector =
            service === undefined
              ? { kind: "provider", provider }
              : { kind: "service", provider, service: service.text };
          const selected = at.select(selector);
          if (selected.ok) add(`${provider}.${service?.text ?? "*"}`, selected.actions);
          else report(unknownService(provider, service ?? item.provider, selected.nearest));
        }
      }
    },
    link(text, span) {
      const found = select(text, span);
      if (found !== undefined) add(text, found);
      return found;
    },
    find({ text, span }) {
      if (text.includes("*"))
        return void report(error("THC2015", "one action is needed here", span, "a glob means several"));
      return select(text, span)?.[0];
    },
    suggestion: (name) => catalogue?.suggestion(name),
    linked() {
      if (catalogue === undefined) return undefined;
      const { version, digest } = catalogue;
      return {
        version,
        digest,
        selectors: [...selectors].sort(byBytes),
        actions: [...actions.values()].sort((a, b) => byBytes(a.name, b.name)),
      };
    },
  };
}

const oneOf = (nearest: readonly string[]): string | undefined =>
  nearest.length === 0 ? undefined : `did you mean ${nearest.map((name) => `\`${name}\``).join(", or ")}?`;

const noRegistry = (span: Span) =>
  error("THC5001", "there is no registry to look this up in", span, "", {
    help: "the command line brings one; a program hands it to `check`",
  });

const unknownService = (provider: string, word: Ast.Word, nearest: readonly string[]) =>
  error("THC2014", `\`${provider}\` has no service \`${word.text}\``, word.span, "not in the registry", {
    help: oneOf(nearest),
  });

function unknownAction(text: string, span: Span, nearest: readonly string[]) {
  const message = text.includes("*") ? `no action matches \`${text}\`` : `unknown action \`${text}\``;
  return error("THC2015", message, span, "not in the registry", { help: oneOf(nearest) });
}
