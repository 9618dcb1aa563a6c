/** Labels: some orders, some that stand alone; what tools give, and tests of what the session has. */
import { labelsOf } from "../../contracts/build.ts";
import type { Condition, Contract, Gives, Label, Tool, Type } from "../../reference/contract.ts";
import type { Random } from "../random.ts";
import { makeCondition } from "./conditions.ts";
import { join, ofArguments, ofRequest } from "./references.ts";

const ORDERS = ["public < internal < secret", "low < high", "hostile", "from_ticket", "zone"];

/** Half of the contracts have none but the one that is built in. */
export function makeLabels(random: Random): readonly Label[] {
  return labelsOf(random.chance(0.5) ? [] : random.some(ORDERS, 3));
}

/** A third of the tools say something of what they give. */
export function withGives(contract: Contract, random: Random): Contract {
  const tools = contract.tools.map((tool, rank) => (random.chance(0.35) ? giving(tool, rank, contract, random) : tool));
  return { ...contract, tools };
}

function giving(tool: Tool, rank: number, contract: Contract, random: Random): Tool {
  const readable = join(ofArguments(contract, [rank]), ofRequest(contract));
  const scope = { readable, guarded: true, depth: 0, labels: contract.labels };
  const when = (often: number) => (random.chance(often) ? makeCondition(scope, random, 1) : undefined);
  const fields = tool.returns === undefined ? [] : fieldsOf(tool.returns);
  const labels = random.some(
    contract.labels.map((_, label) => label),
    2,
  );
  const gives = labels.map(
    (label): Gives => ({
      label,
      from: fields.length > 0 && random.chance(0.3) ? random.pick(fields) : undefined,
      when: when(0.4),
    }),
  );
  const always: Condition = { kind: "constant", value: true };
  return { ...tool, gives, trusted: random.chance(0.5) ? (when(0.3) ?? always) : undefined };
}

/** Paths of fields of a result, lists entered. */
function fieldsOf(type: Type, path: readonly string[] = []): readonly (readonly string[])[] {
  switch (type.kind) {
    case "optional":
      return fieldsOf(type.of, path);
    case "list":
      return fieldsOf(type.element, path);
    case "record":
      return type.fields.flatMap((f) => [[...path, f.name], ...fieldsOf(f.type, [...path, f.name])]);
    default:
      return [];
  }
}
