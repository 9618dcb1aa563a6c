/** Account (docs/semantics/values.md, "Account"). */
export function canonicalAccount(text: string): string | undefined {
  const groups = text.split(/[ -]/);
  if (!groups.every((group) => /^[A-Za-z0-9]+$/.test(group))) return undefined;
  const account = groups.join("").toUpperCase();
  if (account.length > 128) return undefined;
  return groups.length === 1 || isShapedAsIban(account) ? account : undefined;
}

function isShapedAsIban(account: string): boolean {
  return account.length >= 15 && account.length <= 34 && /^[A-Z]{2}[0-9]{2}/.test(account);
}
