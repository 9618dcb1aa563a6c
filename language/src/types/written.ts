/**
 * What a text was typed to, kept while one contract is checked: large contracts say the same things of thousands of tools. Equal texts
 * over equal arguments mean the same, so the second one is the first one's value, and everyone after the checker knows it again by its
 * identity. Only what was reported nothing of is kept, and only what stands in the contract's own text, letter by letter.
 */
import type { Span } from "../source.ts";
import type { Condition, Param, Tool } from "./contract.ts";

export interface Typed {
  readonly condition: Condition;
  /** Places present when the condition is true, and when it is false. */
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
}

export interface Written {
  /** What stands at a span; undefined where another text stands there, or nothing. */
  readonly at: (span: Span) => string | undefined;
  /** By what decides their meaning, and the text. */
  readonly conditions: Map<string, Typed>;
  readonly params: Map<string, readonly Param[]>;
  /** Equal for rules whose conditions can read the same arguments; undefined: of too many tools to be worth it. */
  readonly argumentsOf: (tools: readonly Tool[]) => number | undefined;
}

/** Of a longer condition only the parts are kept. */
const LONGEST = 400;
const MOST_TOOLS = 4;

export function createWritten(text: string): Written {
  const lists = new Map<readonly Param[], number>();
  const several = new Map<string, number>();
  let count = 0;
  const numberOf = (params: readonly Param[]): number => {
    const known = lists.get(params);
    if (known !== undefined) return known;
    lists.set(params, ++count);
    return count;
  };
  return {
    at: ({ start, end }) => (end <= text.length && end - start <= LONGEST ? text.slice(start, end) : undefined),
    conditions: new Map(),
    params: new Map(),
    argumentsOf(tools) {
      const [only] = tools;
      if (only === undefined || tools.length > MOST_TOOLS) return undefined;
      if (tools.length === 1) return numberOf(only.params);
      const key = tools.map(({ params }) => numberOf(params)).join();
      const known = several.get(key);
      if (known !== undefined) return known;
      several.set(key, ++count);
      return count;
    },
  };
}
