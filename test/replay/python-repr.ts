/**
 * What Python prints for a value, by its documented rules (Library reference, `repr`; Language reference, "String and Bytes literals"):
 * single quotes, unless the text has a single quote and no double one; `\\`, the quote, `\n`, `\r`, `\t` and what is not printable escaped.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
/** A list that is printed as a tuple. */
export interface Printed {
  readonly tuples: boolean;
}

export function repr(value: Value, how: Printed = { tuples: false }): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return reprNumber(value);
  if (typeof value === "string") return reprText(value);
  if (isList(value)) {
    const items = value.map((item) => repr(item, how));
    if (!how.tuples) return `[${items.join(", ")}]`;
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
  }
  return `{${Object.entries(value)
    .map(([name, member]) => `${reprText(name)}: ${repr(member, how)}`)
    .join(", ")}}`;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** An integer without a point; a float with its shortest digits, in powers of ten below 1e-4 and from 1e16. */
function reprNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const [mantissa, exponent] = value.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    const digits = String(Math.abs(power)).padStart(2, "0");
    return `${mantissa}e${power < 0 ? "-" : "+"}${digits}`;
  }
  const plain = Object.is(value, -0) ? "-0" : value.toFixed(Math.max(0, decimals(mantissa) - power));
  return plain.includes(".") ? plain : `${plain}.0`;
}

const decimals = (mantissa: string): number => (mantissa.split(".")[1] ?? "").length;

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${[...text].map((char) => reprChar(char, quote)).join("")}${quote}`;
}

function reprChar(char: string, quote: string): string {
  if (char === "\\" || char === quote) return `\\${char}`;
  if (char === "\n") return "\\n";
  if (char === "\r") return "\\r";
  if (char === "\t") return "\\t";
  // Python's "printable": nothing of Other (controls, formats, surrogates, private, unassigned) or Separator but the space.
  if (char === " " || !/[\p{C}\p{Z}]/u.test(char)) return char;
  const point = char.codePointAt(0)!;
  const hex = (digits: number) => point.toString(16).padStart(digits, "0");
  return point < 0x100 ? `\\x${hex(2)}` : point < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
