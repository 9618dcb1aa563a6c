/** Ranges of addresses, as `in` and list operators take them: `"10.0.0.0/8"`, or one address. */
import { error } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { canonicalRange } from "./canonical/ip.ts";
import type { Scope } from "./scope.ts";

export const isRange = (text: string): boolean => canonicalRange(text).kind !== "none";

/** Each once, canonical; undefined when one was reported. */
export function readRanges(items: readonly Ast.Operand[], { report }: Scope): readonly string[] | undefined {
  const ranges: string[] = [];
  let ok = true;
  for (const item of items) {
    const range = item.kind === "text" ? canonicalRange(item.value) : { kind: "none" as const };
    if (range.kind === "range") ranges.push(range.text);
    else {
      ok = false;
      const help =
        range.kind === "inside"
          ? `the range begins elsewhere: \`${range.text}\``
          : "a range is written `10.0.0.0/8` or `2001:db8::/32`";
      report(error("THC3005", "this is no range of addresses", item.span, "", { help }));
    }
  }
  return ok ? [...new Set(ranges)] : undefined;
}
