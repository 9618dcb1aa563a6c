// Account (docs/semantics/values.md): capital letters and digits. Spaces and hyphens mean nothing in an IBAN, whose places have the meaning; in
// any other number they may, so there a text that has some has no form.
import { alloc } from "./memory";
import { N_LEN, N_PTR } from "./value";

const LONGEST: u32 = 128;

export function canonicalAccount(p: usize, len: u32, node: usize): bool {
  if (len - 1 > 2 * LONGEST - 1) return false;
  const out = alloc(len + 16);
  if (!out) return false;
  let n: u32 = 0;
  let separated = false;
  let before: u32 = 0; // 0: a separator, or nothing
  for (let i: u32 = 0; i < len; i++) {
    let c: u32 = load<u8>(p + i);
    if (c == 32 || c == 45) {
      if (!before) return false;
      separated = true;
      before = 0;
      continue;
    }
    if (c - 97 < 26) c -= 32;
    if (!(c - 48 < 10 || c - 65 < 26)) return false;
    store<u8>(out + n++, c);
    before = c;
  }
  if (!before || n > LONGEST || (separated && !shapedAsIban(out, n))) return false;
  store<u32>(node, <u32>out, N_PTR);
  store<u32>(node, n, N_LEN);
  return true;
}

/** Two letters, two digits, 11 to 30 more. */
function shapedAsIban(p: usize, n: u32): bool {
  return n - 15 < 20 && load<u8>(p) > 64 && load<u8>(p, 1) > 64 && load<u8>(p, 2) < 65 && load<u8>(p, 3) < 65;
}
