/** Cedar (cedar-wasm), stateful: the policies are parsed once. A permit that stands for the obligation names itself in the reasons. */
import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { type BuildPeer, exactly, flatten } from "./peer.ts";

const texts = (words: readonly string[]): string => JSON.stringify(words);

export const buildCedar: BuildPeer = async (w) => {
  const staticPolicies: Record<string, string> = {
    deep: "forbid(principal, action, resource) when { context.hops > 3 };",
    leak: 'forbid(principal, action, resource) when { context.origin == "web" && ["secret", "pci"].contains(context.class) };',
    frozen: 'forbid(principal, action, resource) when { context.env == "frozen" };',
  };
  for (const [i, t] of w.tools.entries()) {
    const head = `(principal, action, resource == Tool::${JSON.stringify(t.name)})`;
    const exact = t.hosts.filter((h) => !h.startsWith("*."));
    const hosts = [
      `${texts(exact)}.contains(context.host)`,
      ...t.hosts.filter((h) => h.startsWith("*.")).map((h) => `context.host like ${JSON.stringify(h)}`),
    ].join(" || ");
    const may = `${texts(t.teams)}.contains(context.team)`;
    staticPolicies[`cap${i}`] = `forbid${head} when { context.amount > ${t.cap} };`;
    staticPolicies[`out${i}`] = `forbid${head} when { ${texts(t.classes)}.contains(context.class) && !(${hosts}) };`;
    staticPolicies[`odd${i}`] = `forbid${head} when { context.env == "prod" && context.ratio > 9800 };`;
    staticPolicies[`log${i}`] =
      `permit${head} when { context.env == "prod" && context.amount > ${t.logAbove} && ${may} };`;
    staticPolicies[`may${i}`] = `permit${head} when { ${may} };`;
  }
  const id = `bench${w.rules}`;
  const start = performance.now();
  const parsed = cedar.preparsePolicySet(id, { staticPolicies });
  const loadMs = performance.now() - start;
  if (parsed.type !== "success") throw new Error(JSON.stringify(parsed).slice(0, 300));
  const action = { type: "Action", id: "call" };
  return {
    name: "Cedar (WASM, stateful)",
    says: exactly,
    loadMs,
    fromObject(r) {
      const context = flatten(r);
      if (context === undefined) return "deny";
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "Agent", id: r.principal.id },
        action,
        resource: { type: "Tool", id: context.tool },
        context: { ...context },
        entities: [],
        preparsedPolicySetId: id,
        validateRequest: false,
      });
      if (answer.type !== "success") throw new Error(JSON.stringify(answer).slice(0, 300));
      const { decision, diagnostics } = answer.response;
      if (decision === "deny") return "deny";
      return diagnostics.reason.some((reason) => reason.startsWith("log")) ? "allow_with_obligations" : "allow";
    },
  };
};
