/** Times as RFC 3339 writes them, to milliseconds since 1970 (UTC). Strict: a day that does not exist is no time. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?(?:Z|([+-])(\d\d):(\d\d))$/;

export function readTime(text: string): number | undefined {
  const found = TIME.exec(text);
  if (found === null) return undefined;
  const n = (i: number): number => Number(found[i] ?? "0");
  const [year, month, day, hour, minute, second] = [n(1), n(2), n(3), n(4), n(5), n(6)];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > lastDay || hour > 23 || minute > 59 || second > 59) return undefined;
  if (n(9) > 23 || n(10) > 59) return undefined;
  const offset = (found[8] === "-" ? -1 : 1) * (n(9) * 60 + n(10)) * 60_000;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, Number((found[7] ?? "").padEnd(3, "0"))) - offset;
  return ms >= 0 ? ms : undefined;
}
