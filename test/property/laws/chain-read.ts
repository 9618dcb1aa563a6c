/** Law 7 of rules that read `principal.chain`: an agent of it sees whoever stands before it, and nobody else. */
import { check } from "@thc/language";
import type { Random } from "../../differential/random.ts";
import { holds, type Law } from "../law.ts";

const TIME = 1_767_225_600_000;

interface Link {
  readonly id: string;
  readonly user?: true;
}

/** Everybody may call, but for what `rule` says inside one of the agents. */
function contractOf(agent: string, rule: string) {
  const inside = (name: string) => (name === agent ? `  ${rule}` : "");
  const agents = ["a", "b", "c"].map((name) => `agent ${name} { id "${name}*"${inside(name)} }`);
  const hops = ["ab", "bc", "bb"].map((hop) => `delegate from ${hop[0]} to ${hop[1]} { only * depth 3 }`);
  const text = `contract "c" version "1.0.0" { ${agents.join(" ")} tool go() write ok: allow go ${hops.join(" ")} }`;
  const { contract, diagnostics } = check({ path: "c.contract", text });
  if (contract === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return contract;
}

/** The principal is the last. */
function makePath(random: Random): readonly Link[] {
  const kinds = random.pick(["a", "b", "ab", "abb", "abc", "bc", "bbc", "abbc"]);
  const agents = [...kinds].map((kind): Link => ({ id: `${kind}${1 + random.below(2)}` }));
  return random.chance(0.3) ? [{ id: "ann", user: true }, ...agents] : agents;
}

export const CHAIN_READ: readonly Law[] = [
  {
    number: 7,
    sentence: "an agent of a chain reads the ids of those that stand before it, the first of nobody",
    trials: 60,
    check: (subject, random) => {
      const agent = random.pick(["a", "b", "c"]);
      const count = random.below(4);
      const whom = random.pick(["a1", "b1", "b2", "ann"]);
      const [rule, isMet] = random.pick<readonly [string, (before: readonly Link[]) => boolean]>([
        count === 0
          ? ["not has principal.chain", (before) => before.length === 0]
          : [`has principal.chain and count(principal.chain) == ${count}`, (before) => before.length === count],
        [`has principal.chain and "${whom}" in principal.chain`, (before) => before.some(({ id }) => id === whom)],
        [
          `has principal.chain and every one in principal.chain (one matches "*1")`,
          (before) => before.length > 0 && before.every(({ id }) => id.endsWith("1")),
        ],
      ]);
      const instance = subject.compile(contractOf(agent, `seen: deny go when ${rule}`));
      for (let i = 0; i < 8; i += 1) {
        const path = makePath(random);
        const links = path.slice(0, -1).map((link) => ({ ...link, at: 0 }));
        const request = {
          event: "call",
          principal: { id: path.at(-1)!.id, ...(links.length === 0 && random.chance(0.5) ? {} : { chain: links }) },
          action: { tool: "go" },
          context: { time: TIME, call_id: `c${i}` },
        };
        const bytes = new TextEncoder().encode(JSON.stringify(request));
        const { outcome } = instance.decide(bytes, new Uint8Array(0)).decision;
        const denied = path.some(({ id, user }, k) => !user && id.startsWith(agent) && isMet(path.slice(0, k)));
        const shown = path.map(({ id }) => id).join(" → ");
        holds(outcome === (denied ? "deny" : "allow"), () => `${shown}, ${agent} denies when ${rule}: ${outcome}`);
      }
    },
  },
];
