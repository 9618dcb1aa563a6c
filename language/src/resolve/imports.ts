/**
 * `use tools`: a list of tools from a file that the caller hands in, against the pin that the contract states. A list that is not the
 * pinned one is an error and is read all the same, so that the rest of the contract is checked in the same run.
 */
import { error, list, quote, type Report } from "../diagnostics/diagnostic.ts";
import { importedTool } from "../import/imported-tool.ts";
import type { JsonObject } from "../import/json.ts";
import { readToolList, type Sha256 } from "../import/tool-list.ts";
import type * as Ast from "../syntax/ast.ts";
import type { ImportedList, Tool } from "../types/contract.ts";
import { byBytes } from "./order.ts";

export type FileRead =
  | { readonly ok: true; readonly text: string }
  /** One line: what could not be read, and why. */
  | { readonly ok: false; readonly message: string };
/** What `use tools` names, as values; paths are as written, relative to the contract. */
export interface ToolFiles {
  readonly read: (path: string) => FileRead;
  readonly sha256: Sha256;
}

/** One import, as later stages look it up. */
export interface Import {
  readonly alias: Ast.Word;
  readonly pin: string;
  readonly tools: readonly Tool[];
  /** Names of tools whose arguments have no types. */
  readonly untyped: readonly string[];
  /** As the server gave them, by name of the tool. */
  readonly definitions: ReadonlyMap<string, JsonObject>;
}

const PIN = /^sha256:[0-9a-f]{64}$/;

/** Undefined when nothing could be read; it was reported. */
export function readImport(node: Ast.UseToolsNode, files: ToolFiles | undefined, report: Report): Import | undefined {
  const { file, alias, pin } = node;
  if (alias.text.includes("."))
    return void report(error("THC2013", "an alias is one name, without a dot", alias.span, "reads as two"));
  if (files === undefined) {
    const help = "the command line brings them; a program hands them to `check`";
    return void report(error("THC2020", "there are no files to read this from", file.span, "", { help }));
  }
  const read = files.read(file.value);
  if (!read.ok) return void report(error("THC2020", read.message, file.span));
  const found = readToolList(read.text, files.sha256);
  if (!found.ok) {
    const where = found.line === undefined ? "" : `line ${found.line}: `;
    const help = "it is what an MCP server answers to `tools/list`, as JSON";
    return void report(error("THC2021", `${quote(file.value)}: ${where}${found.problem}`, file.span, "", { help }));
  }
  const { definitions } = found.value;
  checkPin(node, pin, found.value.pin, report);
  const all = definitions.map((one) => importedTool(`${alias.text}.${one.name}`, one, alias.span));
  const tools = all.map(({ tool }) => tool).sort((a, b) => byBytes(a.name, b.name));
  const untyped = all.flatMap(({ tool, isUntyped }) => (isUntyped ? [tool.name] : [])).sort(byBytes);
  const byName = new Map(definitions.map((one) => [`${alias.text}.${one.name}`, one.whole]));
  return { alias, pin: found.value.pin, tools, untyped, definitions: byName };
}

function checkPin(node: Ast.UseToolsNode, pin: Ast.TextNode | undefined, actual: string, report: Report): void {
  if (pin === undefined) {
    const help = `say which list is meant: \`pin "${actual}"\``;
    report(error("THC1020", "the tools are not pinned", node.span, "", { help }));
  } else if (!PIN.test(pin.value)) {
    const help = `the pin of the file as it is: \`pin "${actual}"\``;
    report(error("THC1020", "a pin is `sha256:` and 64 hex digits", pin.span, "", { help }));
  } else if (pin.value !== actual) {
    const help = `look at what changed (\`thc pin ${node.file.value} --review OLD\`), then write \`pin "${actual}"\``;
    const message = `the tools of \`${node.alias.text}\` are not the ones that were pinned`;
    report(error("THC2022", message, pin.span, "another list", { help }));
  }
}

/** For the contract: by alias. */
export const importedLists = (imports: readonly Import[]): readonly ImportedList[] =>
  imports.map(({ alias, pin }) => ({ alias: alias.text, pin })).sort((a, b) => byBytes(a.alias, b.alias));

/** `a`, `b` and 3 more. */
export function someNames(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => name);
  if (names.length <= most) return list(shown, "and");
  return `${shown.map((name) => `\`${name}\``).join(", ")} and ${names.length - most} more`;
}
