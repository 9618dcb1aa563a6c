/**
 * A link of `principal.chain`, as the kernel types it: the members of a principal are read as the principal's own are, since they stand in
 * their places while a delegator's rules are asked (runtime/kernel/assembly/chain.ts).
 */
import type { Decimal, Type } from "@thc/language";
import { withoutOptional } from "../lower/slots.ts";
import type { Member } from "./member.ts";

/** Members that a link has of its own; the facts of `principal` stand behind them. */
const OWN = ["id", "team", "roles", "scopes", "at", "user"] as const;

interface Fact {
  readonly root: string;
  readonly name: string;
  readonly type: Type;
  readonly range: { readonly low: Decimal; readonly high: Decimal } | undefined;
}
/** Facts that a link may have, each with its number among the link's members. */
export function linkFacts<F extends Fact>(
  facts: readonly F[],
): readonly { readonly fact: F; readonly index: number }[] {
  const isOne = ({ root, name, type }: F): boolean =>
    root === "principal" && !OWN.some((own) => own === name) && withoutOptional(type).kind !== "map";
  return facts.filter(isOne).map((fact, i) => ({ fact, index: OWN.length + i }));
}

/** `text`: the descriptor of a text that is read as a slot's; `strings`: of a list of texts. */
export function chainMembers(
  text: (slot: number, needed: boolean) => number,
  strings: number,
  scalar: (name: string, type: Type, needed: boolean) => number,
  facts: readonly Fact[],
  fact: (fact: Fact) => number,
): readonly Member[] {
  const members: readonly (readonly [name: string, descriptor: number, required: boolean])[] = [
    ["id", text(1, true), true],
    ["team", text(2, false), false],
    ["roles", strings, false],
    ["scopes", strings, false],
    ["at", scalar("at", { kind: "int" }, true), true],
    ["user", scalar("user", { kind: "bool" }, false), false],
    ...linkFacts(facts).map((each) => [each.fact.name, fact(each.fact), false] as const),
  ];
  return members.map(([name, descriptor, required], index) => ({
    name,
    descriptor,
    target: { kind: "child", index },
    required,
  }));
}
