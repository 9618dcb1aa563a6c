/**
 * The tags of `maps`: ids of frameworks, looked up by a function that the caller hands in. Without one they are kept as they are
 * written; with one they are kept as the framework spells them.
 */
import { error, type Report, warning } from "../diagnostics/diagnostic.ts";
import type * as Ast from "../syntax/ast.ts";

export type TagVerdict =
  | { readonly kind: "ok" | "withdrawn"; readonly tag: string }
  | { readonly kind: "unknown"; readonly nearest?: string };
export type CheckTag = (tag: string) => TagVerdict;

/** Sorted, each once. Undefined when one was refused. */
export function readTags(
  written: readonly Ast.TextNode[],
  checkTag: CheckTag | undefined,
  report: Report,
): readonly string[] | undefined {
  const tags = new Set<string>();
  let ok = true;
  for (const { value, span } of written) {
    const verdict: TagVerdict = checkTag?.(value) ?? { kind: "ok", tag: value };
    if (verdict.kind === "unknown") {
      ok = false;
      const help = verdict.nearest === undefined ? undefined : `did you mean \`${verdict.nearest}\`?`;
      report(error("THC2016", `unknown tag \`${value}\``, span, "in no framework", { help }));
      continue;
    }
    if (verdict.kind === "withdrawn")
      report(warning("THC4007", `\`${verdict.tag}\` was withdrawn from its framework`, span));
    tags.add(verdict.tag);
  }
  return ok ? [...tags].sort() : undefined;
}
