/** json-logic: the rules are data, found in a Map by tool and interpreted at every request. */
import jsonLogic from "json-logic-js";
import { type BuildPeer, exactly, flatten } from "./peer.ts";

type Logic = Parameters<typeof jsonLogic.apply>[0];
const read = (name: string): Logic => ({ var: name }) as Logic;
const isIn = (name: string, words: readonly string[]): Logic => ({ in: [read(name), [...words]] }) as Logic;
const above = (name: string, limit: number): Logic => ({ ">": [read(name), limit] }) as Logic;
const same = (name: string, word: string): Logic => ({ "==": [read(name), word] }) as Logic;
const all = (...parts: Logic[]): Logic => ({ and: parts }) as Logic;

export const buildJsonLogic: BuildPeer = async (w) => {
  const start = performance.now();
  jsonLogic.add_operation("ends_with", (text: string, end: string) => text.endsWith(end));
  const common = {
    or: [above("hops", 3), all(same("origin", "web"), isIn("class", ["secret", "pci"])), same("env", "frozen")],
  } as Logic;
  const policies = new Map(
    w.tools.map((t) => {
      const exact = t.hosts.filter((h) => !h.startsWith("*."));
      const below = t.hosts.filter((h) => h.startsWith("*.")).map((h) => ({ ends_with: [read("host"), h.slice(1)] }));
      const inside = { or: [isIn("host", exact), ...below] } as Logic;
      const deny = {
        or: [
          above("amount", t.cap),
          all(isIn("class", t.classes), { "!": [inside] } as Logic),
          all(same("env", "prod"), above("ratio", 9800)),
        ],
      } as Logic;
      return [
        t.name,
        { deny, may: isIn("team", t.teams), log: all(same("env", "prod"), above("amount", t.logAbove)) },
      ] as const;
    }),
  );
  return {
    name: "json-logic",
    says: exactly,
    loadMs: performance.now() - start,
    fromObject(r) {
      const flat = flatten(r);
      const own = flat === undefined ? undefined : policies.get(flat.tool);
      if (flat === undefined || own === undefined) return "deny";
      const holds = (logic: Logic): boolean => jsonLogic.apply(logic, flat) === true;
      if (holds(common) || holds(own.deny) || !holds(own.may)) return "deny";
      return holds(own.log) ? "allow_with_obligations" : "allow";
    },
  };
};
