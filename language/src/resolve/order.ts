/** The order of names in a contract: by their UTF-8 bytes, which is the order of their code points. */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    // from the surrogates on the order of the units is not that of the characters
    if (x !== y) return x < SURROGATES || y < SURROGATES ? x - y : byCharacters(a, b);
  }
  return a.length - b.length;
}

const SURROGATES = 0xd800;

function byCharacters(a: string, b: string): number {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [x, y] = [left.next(), right.next()];
    if (x.done === true || y.done === true) return x.done === true ? (y.done === true ? 0 : -1) : 1;
    const difference = x.value.codePointAt(0)! - y.value.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
}
