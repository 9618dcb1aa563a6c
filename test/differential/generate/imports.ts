/**
 * Some of a contract's tools as imported ones: the list that an MCP server would give for them, its digests computed here and not by the
 * checker, and the text that imports it. So reading a printed contract again also reads schemas, refinements and classifications.
 */
import { createHash } from "node:crypto";
import type { ToolFiles } from "@thc/language";
import type { Contract, Field, Tool, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";

type Schema = { readonly [name: string]: unknown };

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** All tools below one first name become imports of it. */
export function withImports(contract: Contract, random: Random): Contract {
  const aliases = [...new Set(contract.tools.flatMap(({ name }) => (name.includes(".") ? [name.split(".")[0]!] : [])))];
  if (aliases.length === 0 || !random.chance(0.3)) return contract;
  const alias = random.pick(aliases);
  const tools = contract.tools.map((tool) => (isOf(alias, tool) ? imported(tool, alias) : tool));
  const digests = tools.filter((tool) => isOf(alias, tool)).map((tool) => [shortName(tool, alias), tool.definition]);
  return { ...contract, tools, imports: [{ alias, pin: `sha256:${sha256(canonical(Object.fromEntries(digests)))}` }] };
}

const isOf = (alias: string, { name }: Tool): boolean => name.startsWith(`${alias}.`);
const shortName = ({ name }: Tool, alias: string): string => name.slice(alias.length + 1);

function imported(tool: Tool, alias: string): Tool {
  const params = [...tool.params].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { action } = tool;
  const moved = action?.kind === "named" ? params.indexOf(tool.params[action.param]!) : 0;
  const sorted: Tool = { ...tool, params, action: action?.kind === "named" ? { ...action, param: moved } : action };
  return { ...sorted, definition: sha256(canonical(definitionOf(sorted, alias))) };
}

function definitionOf(tool: Tool, alias: string): Schema {
  const { params, open } = tool;
  return {
    name: shortName(tool, alias),
    description: "What a server says of its tool is not believed.",
    inputSchema: { ...objectOf(params), additionalProperties: open },
    annotations: { readOnlyHint: true },
  };
}

function objectOf(fields: readonly Field[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(fields.map(({ name, type }) => [name, schemaOf(type)])),
    required: fields.flatMap(({ name, type }) => (type.kind === "optional" ? [] : [name])),
    additionalProperties: false,
  };
}

function schemaOf(type: Type): Schema {
  switch (type.kind) {
    case "optional":
      return schemaOf(type.of);
    case "bool":
      return { type: "boolean" };
    case "int":
      return { type: "integer", minimum: -1 };
    case "decimal":
    case "money":
      return { type: "number" };
    case "literals":
      return { type: "string", enum: type.values };
    case "list":
      return { type: "array", items: schemaOf(type.element) };
    case "union":
      return { oneOf: type.cases.map((each) => schemaOf(each.type)) };
    case "map":
      return { type: "object", additionalProperties: schemaOf(type.value) };
    case "record":
      return objectOf(type.fields);
    case "json":
      return {};
    default:
      return { type: "string" };
  }
}

/** Members by name; the names here are ASCII. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

// ── for the checker

export function filesOf(contract: Contract): ToolFiles {
  return {
    sha256,
    read(path) {
      const list = contract.imports.find(({ alias }) => path === `${alias}.json`);
      if (list === undefined) return { ok: false, message: "there is no such file" };
      const tools = contract.tools.filter((tool) => isOf(list.alias, tool)).reverse();
      return { ok: true, text: JSON.stringify({ tools: tools.map((tool) => definitionOf(tool, list.alias)) }) };
    },
  };
}
