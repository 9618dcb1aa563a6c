/** Arguments by name: a tool may have thousands, and each of its rules looks some of them up. */
import type { Param } from "./contract.ts";

const indexes = new WeakMap<readonly Param[], ReadonlyMap<string, Param>>();
/** Of so many one is found without a table. */
const FEW = 16;

export function paramNamed(params: readonly Param[], name: string): Param | undefined {
  if (params.length <= FEW) return params.find((param) => param.name === name);
  let index = indexes.get(params);
  if (index === undefined) {
    index = new Map(params.map((param) => [param.name, param]));
    indexes.set(params, index);
  }
  return index.get(name);
}
