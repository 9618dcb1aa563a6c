/**
 * The canonical form of an Account (docs/semantics/values.md, "Account"): capital letters and digits. In an IBAN (ISO 13616-1) the place of a
 * character says what it means, so spaces and hyphens mean nothing; in any other number they may (`19-2000145399` and `1-92000145399` are
 * two accounts), so there a text with separators has no form.
 */
const PLAIN = /^[A-Z0-9]{1,128}$/;
const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/;
const SEPARATED = /^[A-Z0-9]+([ -][A-Z0-9]+)*$/;

/** Undefined when the text has none. */
export function canonicalAccount(text: string): string | undefined {
  if (text.length > 256 || !/^[A-Za-z0-9 -]*$/.test(text)) return undefined;
  const capital = text.toUpperCase();
  if (PLAIN.test(capital)) return capital;
  const joined = capital.replace(/[ -]/g, "");
  return SEPARATED.test(capital) && IBAN.test(joined) ? joined : undefined;
}
