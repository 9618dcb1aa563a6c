/**
 * What a name looks like: two names with the same skeleton are easily taken for each other (case, `l` and `1`, `0` and `o`, letters of
 * other scripts that look Latin). A short table after UTS 39, not the whole of it: this warns, it decides nothing.
 */
const LOOKALIKE: { readonly [letter: string]: string } = {
  "0": "o",
  "1": "l",
  i: "l",
  "|": "l",
  "-": "_",
  а: "a",
  в: "b",
  е: "e",
  к: "k",
  м: "m",
  н: "h",
  о: "o",
  р: "p",
  с: "c",
  т: "t",
  у: "y",
  х: "x",
  ѕ: "s",
  і: "l",
  ј: "j",
  ԁ: "d",
  ɡ: "g",
  ӏ: "l",
  α: "a",
  ε: "e",
  ι: "l",
  κ: "k",
  ν: "v",
  ο: "o",
  ρ: "p",
  τ: "t",
  υ: "u",
  χ: "x",
  ı: "l",
};

const isAscii = (name: string): boolean => /^[ -~]*$/.test(name);

export function skeleton(name: string): string {
  const alike = isAscii(name)
    ? name.toLowerCase().replace(/[01i|-]/g, (c) => LOOKALIKE[c]!)
    : [...name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map((c) => LOOKALIKE[c] ?? c).join("");
  return alike.replaceAll("rn", "m").replaceAll("vv", "w");
}
