/**
 * The catalogue as a contract's checker asks for it: selectors in, actions in the language's own words out.
 *
 * A plain value in that shape; this package does not import the language (the shell brings the two together).
 */

import type { Effect, Level } from "./action.ts";
import { severityOf } from "./blast.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Entry } from "./catalogue-text.ts";
import { keyOf } from "./name.ts";
import { type Selector, selectActions } from "./select.ts";
import { suggestionFor } from "./suggestions.ts";

export interface ContractAction {
  readonly name: string;
  readonly risk: Lowercase<Level>;
  readonly level: Effect;
  readonly severity: number;
}

function actionOf(entry: Entry): ContractAction {
  return {
    name: keyOf(entry.name),
    risk: entry.level.toLowerCase() as Lowercase<Level>,
    level: entry.effect,
    severity: severityOf(entry.level, entry.flags),
  };
}

export function contractCatalogue(catalogue: Catalogue) {
  const { version, digest } = catalogue.identity;
  return {
    version,
    digest,
    providers: catalogue.providers(),
    suggestion(name: string) {
      const found = suggestionFor(name);
      return found === undefined ? undefined : { instead: found.instead, because: found.because };
    },
    select(selector: Selector) {
      const selection = selectActions(catalogue, selector);
      if (!selection.ok) return selection;
      return { ok: true, actions: selection.entries.map(actionOf) } as const;
    },
  };
}
