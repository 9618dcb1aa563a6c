/** Date, Time, Duration (docs/semantics/values.md): exact seconds, since 1970 in UTC or of a length. */
import type { Decimal } from "../contract.ts";
import { compareDecimals, decimal, scaled } from "../decimal.ts";

const DAY = 86_400n;
const FIRST: Decimal = decimal(-62_135_596_800n, 0);
const LAST_BUT: Decimal = decimal(253_402_300_800n, 0);
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function dateValue(text: string): Decimal | undefined {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  const days = parts === null ? undefined : daysSince1970(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return days === undefined ? undefined : decimal(days * DAY, 0);
}

export function timeValue(text: string): Decimal | undefined {
  const date = dateValue(text.slice(0, 10));
  const parts = /^([0-9]{2}):([0-9]{2})(:([0-9]{2})(\.([0-9]{1,9}))?)?([zZ]|([+-])([0-9]{2}):([0-9]{2}))$/.exec(
    text.slice(11),
  );
  if (date === undefined || parts === null || !["T", "t", " "].includes(text[10]!)) return undefined;
  const number = (i: number) => Number(parts[i] ?? "0");
  const [hour, minute, second, zoneHour, zoneMinute] = [number(1), number(2), number(4), number(9), number(10)];
  if (hour! > 23 || minute! > 59 || second! > 59 || zoneHour! > 23 || zoneMinute! > 59) return undefined;
  const local = BigInt(hour! * 3_600 + minute! * 60 + second!);
  const ahead = BigInt(zoneHour! * 3_600 + zoneMinute! * 60) * (parts[8] === "-" ? -1n : 1n);
  const fraction = parts[6] ?? "";
  const value = sum([date, decimal(local - ahead, 0), decimal(BigInt(`0${fraction}`), -fraction.length)]);
  return isTime(value) ? value : undefined;
}

const LENGTHS: Readonly<Record<string, bigint>> = { W: 7n * DAY, D: DAY, H: 3_600n, M: 60n, S: 1n };

export function durationValue(text: string): Decimal | undefined {
  const [days, clock, ...more] = text.split("T");
  if (!days!.startsWith("P") || more.length > 0 || clock === "") return undefined;
  const read = (part: string, order: string) => {
    const found = [...part.matchAll(/([0-9]{1,9})(\.([0-9]{1,9}))?([A-Z])/g)];
    const places = found.map((each) => order.indexOf(each[4]!));
    const isWhole = found.map(([whole]) => whole).join("") === part;
    return isWhole && places.every((place, i) => place >= 0 && (i === 0 || place > places[i - 1]!)) ? found : undefined;
  };
  const date = read(days!.slice(1), days!.includes("W") && clock === undefined ? "W" : "D");
  const time = read(clock ?? "", "HMS");
  if (date === undefined || time === undefined) return undefined;
  const all = [...date, ...time];
  if (all.length === 0 || all.slice(0, -1).some((each) => each[2] !== undefined)) return undefined;
  const value = sum(
    all.map(([, digits, , fraction = "", unit]) => {
      return decimal(BigInt(`${digits}${fraction}`) * LENGTHS[unit!]!, -fraction.length);
    }),
  );
  return isDuration(value) ? value : undefined;
}

export function isDuration({ digits, exponent }: Decimal): boolean {
  return (digits < 0n ? -digits : digits) < 9n * 10n ** 18n && exponent >= -22 && exponent <= 22;
}

export function isTime(value: Decimal): boolean {
  return isDuration(value) && compareDecimals(FIRST, value) <= 0 && compareDecimals(value, LAST_BUT) < 0;
}

export function isDate(value: Decimal): boolean {
  return isTime(value) && value.exponent >= 0 && scaled(value, 0) % DAY === 0n;
}

function sum(values: readonly Decimal[]): Decimal {
  const exponent = Math.min(...values.map((value) => value.exponent));
  return decimal(
    values.reduce((total, value) => total + scaled(value, exponent), 0n),
    exponent,
  );
}

/** Counted from the years and months before, in the Gregorian calendar, also before there was one. */
function daysSince1970(year: number, month: number, day: number): bigint | undefined {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
  if (year < 1 || day < 1 || day > length) return undefined;
  const years = year - 1;
  const before = years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const months = MONTHS.slice(0, month - 1).reduce((days, each) => days + each, 0) + (month > 2 && isLeap ? 1 : 0);
  return BigInt(before + months + day - 1) - 719_162n;
}
