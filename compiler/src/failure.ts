/** What a well-typed contract can still ask too much of: thrown deep inside the compiler, a value at its door (compile.ts). */
const NAME = "ContractTooLarge";

export function contractTooLarge(message: string): Error {
  return Object.assign(new Error(message), { name: NAME });
}
export function isContractTooLarge(e: unknown): e is Error {
  return e instanceof Error && e.name === NAME;
}
export function patternTooComplex(globs: readonly string[]): Error {
  const shown = globs.slice(0, 3).map((g) => `\`${g}\``);
  return contractTooLarge(
    `the patterns ${shown.join(", ")}${globs.length > 3 ? ", …" : ""} need more states than an automaton may have`,
  );
}
