/** What `use "…"` names: `std/…` is on the shelf, as a value; anything else is a file beside the contract. */
import { dirname, join } from "node:path";
import { type CheckOptions, suggest } from "@thc/language";
import { RULESETS } from "@thc/stdlib-rules";
import { readText } from "../files/read.ts";
import { visible } from "../terminal/visible.ts";

type RulesetFiles = NonNullable<CheckOptions["rulesets"]>;

export function rulesetsFor(contract: string): RulesetFiles {
  const folder = contract === "-" ? "." : dirname(contract);
  return (name) => {
    if (name.startsWith("std/")) return shelved(name);
    if (!/^\.\.?\//.test(name)) {
      const message = `\`${visible(name)}\` names no ruleset: one of the shelf begins with \`std/\`, a file with \`./\``;
      return { ok: false, message };
    }
    const path = join(folder, name);
    const read = readText(path, name);
    return read.ok ? { ok: true, source: { path, text: read.value } } : read;
  };
}

function shelved(name: string): ReturnType<RulesetFiles> {
  const text = Object.hasOwn(RULESETS, name) ? RULESETS[name] : undefined;
  if (text !== undefined) return { ok: true, source: { path: `${name}.contract`, text } };
  const nearest = suggest(name, Object.keys(RULESETS));
  const known =
    nearest === undefined ? `: it has ${Object.keys(RULESETS).join(", ")}` : `: did you mean \`${nearest}\`?`;
  return { ok: false, message: `the shelf has no \`${visible(name)}\`${known}` };
}
