/** As `thc check` does: the language's diagnostics, and what only shows once the module is made. */
import { compile } from "@thc/compiler";
import { type Checked, type CheckOptions, check, type Source } from "@thc/language";
import { kernelBytes } from "../differential/kernel-subject.ts";

const kernel = kernelBytes();

export function checkWhole(source: Source, options: CheckOptions = {}): Checked {
  const checked = check(source, options);
  if (checked.contract === undefined) return checked;
  const module = compile(checked.contract, kernel);
  const more = "error" in module ? [module.diagnostic] : module.warnings;
  const contract = "error" in module ? undefined : checked.contract;
  return { ...checked, contract, diagnostics: [...checked.diagnostics, ...more] };
}
