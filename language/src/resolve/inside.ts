/** `inside hosts […]`: what is ours. Several lines add up. */
import { error, type Report } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";
import { canonicalHostPattern } from "../types/canonical/host.ts";
import { badHostPattern } from "../types/lets.ts";

export function readInside({ set }: Ast.InsideNode, report: Report): readonly string[] {
  if (set.set.text !== "hosts") {
    const help = 'write `inside hosts ["*.acme.example"]`';
    report(error("THC2011", `only hosts can be inside, not \`${set.set.text}\``, set.set.span, "", { help }));
    return [];
  }
  return set.values.flatMap(({ value, span }) => {
    const pattern = canonicalHostPattern(value);
    if (pattern === undefined) report(badHostPattern(span));
    return pattern ?? [];
  });
}
