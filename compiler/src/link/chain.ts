/**
 * A link of `principal.chain`, as the kernel types it: the members of a principal are read as the principal's own are, since they stand in
 * their places while a delegator's rules are asked (runtime/kernel/assembly/chain.ts).
 */
import type { Type } from "@thc/language";
import type { Member } from "./member.ts";

/** `text`: the descriptor of a text that is read as a slot's; `strings`: of a list of texts. */
export function chainMembers(
  text: (slot: number, needed: boolean) => number,
  strings: number,
  scalar: (name: string, type: Type, needed: boolean) => number,
): readonly Member[] {
  const members: readonly (readonly [name: string, descriptor: number, required: boolean])[] = [
    ["id", text(1, true), true],
    ["team", text(2, false), false],
    ["roles", strings, false],
    ["scopes", strings, false],
    ["at", scalar("at", { kind: "int" }, true), true],
    ["user", scalar("user", { kind: "bool" }, false), false],
  ];
  return members.map(([name, descriptor, required], index) => ({
    name,
    descriptor,
    target: { kind: "child", index },
    required,
  }));
}
