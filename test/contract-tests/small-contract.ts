/** A typed contract to run tests over: two tools, one fact, three rules whose names are all that counts here. */
import type { Contract, Rule, Tool } from "@thc/language";

const span = { start: 0, end: 0 };

const tool = (name: string, returns: Tool["returns"]): Tool => ({
  name,
  params: [],
  returns,
  levels: ["read"],
  external: false,
  irreversible: false,
  risk: "read",
  action: undefined,
  cases: [],
  riskByLevel: true,
  open: false,
  definition: undefined,
  gives: [],
  trusted: undefined,
  severity: 20,
  span,
});
const rule = (name: string): Rule => ({
  kind: "allow",
  name,
  targets: [0, 1],
  narrowed: [],
  because: undefined,
  suggest: undefined,
  maps: [],
  span,
  when: undefined,
  obligations: [],
});

export function contractWith(changes: Partial<Contract>): Contract {
  return {
    name: "small",
    version: "1.0.0",
    owner: undefined,
    agents: [{ name: "bot", ids: ["bot-*"], team: undefined, span }],
    inside: [],
    imports: [],
    tools: [
      tool("look", { kind: "record", fields: [{ name: "id", type: { kind: "id" } }] }),
      tool("total", { kind: "money", currency: "USD", minor: false }),
    ],
    facts: [{ path: "resource.env", root: "resource", name: "env", type: { kind: "text" }, range: undefined, span }],
    labels: [],
    rules: ["allow_all", "ask", "never"].map(rule),
    tests: [],
    registry: undefined,
    ...changes,
  };
}
