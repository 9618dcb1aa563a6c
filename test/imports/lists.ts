/** Contracts that import a list given as a value, checked, compiled and asked. */
import { compile } from "@thc/compiler";
import { type Checked, type Contract, check, renderDiagnostic } from "@thc/language";
import { type Decision, loadSync } from "@thc/runtime";
import { sha256 } from "../differential/generate/imports.ts";
import { kernelBytes } from "../differential/kernel-subject.ts";

export const tool = (name: string, properties: object = {}, required: readonly string[] = [], rest: object = {}) => ({
  name,
  inputSchema: { type: "object", properties, required },
  ...rest,
});

/** `PIN` in the text stands for the pin of the list, which is imported as `srv` from `list.json`. */
export function checkWith(list: unknown, lines: readonly string[]): Checked {
  const text = typeof list === "string" ? list : JSON.stringify(list);
  const files = { sha256, read: () => ({ ok: true, text }) as const };
  const head = ['contract "x" version "1" {', 'agent bot { id "bot" }', 'use tools "list.json" as srv pin "PIN"'];
  const source = (pin: string) => ({
    path: "x.contract",
    text: [...head, ...lines, "}"].join("\n").replace("PIN", pin),
  });
  // the help of an error says which pin is right
  const first = check(source("unknown"), { files });
  const pin = /sha256:[0-9a-f]{64}/.exec(first.diagnostics.map((d) => d.help).join())?.[0] ?? "sha256:";
  return check(source(pin), { files });
}

export function contractWith(list: unknown, lines: readonly string[]): Contract {
  const { contract, diagnostics } = checkWith(list, lines);
  if (contract !== undefined) return contract;
  const source = { path: "x.contract", text: "" };
  throw new Error(diagnostics.map((d) => renderDiagnostic(d, source, { color: false })).join("\n"));
}

export const codesOf = ({ diagnostics }: Checked): readonly string[] => diagnostics.map((d) => d.code);

/** Asks one call of a fresh session. */
export function asker(contract: Contract): (tool: string, args: unknown, action?: object) => Decision {
  const compiled = compile(contract, kernelBytes());
  if ("error" in compiled) throw new Error(compiled.error);
  const runtime = loadSync(compiled.bytes);
  return (name, args, action = {}) =>
    runtime.decide({
      event: "call",
      principal: { id: "bot" },
      action: { tool: name, args, ...action },
      context: { time: 1_767_225_600_000, call_id: "c1", cwd: "/srv/app" },
    });
}
