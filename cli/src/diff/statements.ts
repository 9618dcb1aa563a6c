/** What was written differently: statements added, removed and changed, by kind and name. */
import { type OutlineItem, outline, type Source } from "@thc/language";

export type StatementChange =
  | { readonly change: "added"; readonly kind: string; readonly name: string; readonly text: string }
  | { readonly change: "removed"; readonly kind: string; readonly name: string; readonly text: string }
  | {
      readonly change: "changed";
      readonly kind: string;
      readonly name: string;
      readonly before: string;
      readonly after: string;
    };

export function compareStatements(before: Source, after: Source): readonly StatementChange[] {
  const [old, now] = [byKey(outline(before)), byKey(outline(after))];
  const changes: StatementChange[] = [];
  for (const [key, { kind, name, text }] of old) {
    const other = now.get(key);
    if (other === undefined) changes.push({ change: "removed", kind, name, text });
    else if (other.text !== text) changes.push({ change: "changed", kind, name, before: text, after: other.text });
  }
  for (const [key, { kind, name, text }] of now) if (!old.has(key)) changes.push({ change: "added", kind, name, text });
  return changes;
}

/** Statements of one name (several `use`, say) are told apart by how many came before. */
function byKey(items: readonly OutlineItem[]): ReadonlyMap<string, OutlineItem> {
  const seen = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const key = `${item.kind}\0${item.name}`;
      const n = seen.get(key) ?? 0;
      seen.set(key, n + 1);
      return [`${key}\0${n}`, item];
    }),
  );
}
