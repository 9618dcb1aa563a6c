/**
 * casbin: ABAC rules as policy lines that its matcher evaluates; a denial overrides. It says allow or deny and knows no obligations,
 * so its answers are compared without them.
 */
import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import { type BuildPeer, flatten, withoutObligations } from "./peer.ts";

const MODEL = `
[request_definition]
r = sub, obj
[policy_definition]
p = rule, obj, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = (p.obj == '*' || r.obj == p.obj) && eval(p.rule)
`;
const quoted = (text: string): string => `'${text}'`;
const isIn = (name: string, words: readonly string[]): string =>
  `(${words.map((word) => `r.sub.${name} == ${quoted(word)}`).join(" || ")})`;

export const buildCasbin: BuildPeer = async (w) => {
  const line = (rule: string, tool: string, effect: "allow" | "deny"): string => `p, "${rule}", ${tool}, ${effect}`;
  const lines = [
    line("r.sub.hops > 3", "*", "deny"),
    line(`r.sub.origin == 'web' && ${isIn("class", ["secret", "pci"])}`, "*", "deny"),
    line("r.sub.env == 'frozen'", "*", "deny"),
    ...w.tools.flatMap((t) => {
      const hosts = t.hosts.map((h) =>
        h.startsWith("*.") ? `endsWith(r.sub.host, ${quoted(h.slice(1))})` : `r.sub.host == ${quoted(h)}`,
      );
      return [
        line(`r.sub.amount > ${t.cap}`, t.name, "deny"),
        line(`${isIn("class", t.classes)} && !(${hosts.join(" || ")})`, t.name, "deny"),
        line("r.sub.env == 'prod' && r.sub.ratio > 9800", t.name, "deny"),
        line(isIn("team", t.teams), t.name, "allow"),
      ];
    }),
  ];
  const start = performance.now();
  const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(lines.join("\n")));
  await enforcer.addFunction("endsWith", (text: unknown, end: unknown) => String(text).endsWith(String(end)));
  return {
    name: "casbin",
    says: withoutObligations,
    loadMs: performance.now() - start,
    fromObject(r) {
      const flat = flatten(r);
      return flat !== undefined && enforcer.enforceSync(flat, flat.tool) ? "allow" : "deny";
    },
  };
};
