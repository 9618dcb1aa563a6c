/** `thc pin`: the pin of a list of tools, and what changed since another one, for people to look at before they write it down. */
import type { ToolList } from "@thc/language/tool-lists";
import { EXIT, type Exit } from "../exit.ts";
import { problem, type Read, readText } from "../files/read.ts";
import { driftLines } from "../reports/drift.ts";
import { printJson, printLines, type Shell } from "../terminal/shell.ts";
import { visible } from "../terminal/visible.ts";
import { sha256 } from "../toolchain/sha256.ts";
import { examples, unreadable, type Verb } from "./verb.ts";

interface Options {
  readonly review?: string;
  readonly json?: true;
}

export const pin: Verb = (program, run) => {
  program
    .command("pin")
    .description("print the pin of a list of tools, or what changed since another list")
    .argument("<file>", "what an MCP server answers to `tools/list`, as JSON; `-` for standard input")
    .option("--review <old>", "show what changed since the list in this file; exit code 1 when anything did")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples(
        "thc pin mcp/orders.tools.json",
        "git show HEAD:mcp/orders.tools.json | thc pin mcp/orders.tools.json --review -",
      ),
    )
    .action((file: string, options: Options) => run((shell) => pinOne(file, options, shell)));
};

async function pinOne(path: string, { review, json }: Options, shell: Shell): Promise<Exit> {
  const { driftBetween } = await import("@thc/language/tool-lists");
  const now = await readList(path);
  if (!now.ok) return unreadable(shell, now.message);
  if (review === undefined) {
    if (json === true) printJson(shell, { pin: now.value.pin, tools: digests(now.value) });
    else printLines(shell, [now.value.pin]);
    return EXIT.fine;
  }
  const before = await readList(review);
  if (!before.ok) return unreadable(shell, before.message);
  const drift = driftBetween(before.value, now.value);
  const found = await foundIn(now.value, new Set(drift.map(({ tool }) => tool)));
  if (json === true) printJson(shell, { was: before.value.pin, pin: now.value.pin, drift, found });
  else printLines(shell, [...driftLines(before.value.pin, now.value.pin, drift, shell.paint), ...foundLines(found)]);
  return drift.length === 0 ? EXIT.fine : EXIT.findings;
}

interface Found {
  readonly tool: string;
  readonly class: string;
  readonly place: string;
}

/** What addresses the model instead of the reader, in the definitions that are new or changed. A short list of phrases, no proof of anything. */
async function foundIn({ definitions }: ToolList, tools: ReadonlySet<string>): Promise<readonly Found[]> {
  const { look } = await import("@thc/language/tool-lists");
  const { INSPECTORS } = await import("@thc/stdlib-rules");
  const inspector = INSPECTORS.find(({ name }) => name === "prompt_injection")!;
  return definitions.flatMap(({ name, whole }): readonly Found[] => {
    if (!tools.has(name)) return [];
    const { found, overLimit } = look(whole, inspector, undefined, "medium");
    if (overLimit) return [{ tool: name, class: "encoded too deep", place: "" }];
    return found.map((each) => ({ tool: name, class: each.class, place: each.place }));
  });
}

const foundLines = (found: readonly Found[]): readonly string[] =>
  found.map(({ tool, class: kind, place }) => {
    const where = place === "" ? "" : ` in ${visible(place)}`;
    return `! ${visible(tool)}  looks like a prompt injection (${kind})${where}`;
  });

async function readList(path: string): Promise<Read<ToolList>> {
  const text = readText(path);
  if (!text.ok) return text;
  const { readToolList } = await import("@thc/language/tool-lists");
  const read = readToolList(text.value, sha256);
  if (read.ok) return read;
  const where = read.line === undefined ? "" : `line ${read.line}: `;
  return problem(`\`${visible(path)}\` is no list of tools: ${where}${visible(read.problem)}`);
}

const digests = ({ definitions }: ToolList): object =>
  Object.fromEntries(definitions.map(({ name, digest }) => [name, digest]));
