/**
 * The canonical values of Date, Time and Duration (docs/semantics/values.md, "Date, Time, Duration"): exact seconds, since 1970 in UTC where
 * they are of a moment. Dates are RFC 3339's full-date, times its date-time (seconds may be left out, as ISO 8601 allows), durations those of
 * ISO 8601 that have one length: no years, no months.
 */
import type { Decimal } from "../contract.ts";
import { addDecimals, multiplyDecimals, normalise } from "../decimal.ts";

const DAY = 86_400;
/** The first moment of the year 1, and the first behind the year 9999. */
const FIRST = -62_135_596_800n;
const BEHIND = 253_402_300_800n;
const MOST_DIGITS = 9n * 10n ** 18n;

const whole = (value: number): Decimal => normalise({ digits: BigInt(value), exponent: 0 });

/** Undefined when the text has none; so for all three. */
export function canonicalDate(text: string): Decimal | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? daysOf(text) : undefined;
  return day === undefined ? undefined : whole(day * DAY);
}

export function canonicalTime(text: string): Decimal | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(
    text,
  );
  const day = parts === null ? undefined : daysOf(parts[1]!);
  if (parts === null || day === undefined) return undefined;
  const [hour, minute, second, zoneHour, zoneMinute] = [2, 3, 4, 7, 8].map((i) => Number(parts[i] ?? 0)) as [
    ...[number, number, number, number, number],
  ];
  if (hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const offset = (zoneHour * 60 + zoneMinute) * (parts[6] === "-" ? -60 : 60);
  const seconds = day * DAY + hour * 3600 + minute * 60 + second - offset;
  const fraction = parts[5] ?? "";
  const value = addDecimals(whole(seconds), normalise({ digits: BigInt(`0${fraction}`), exponent: -fraction.length }));
  return fitsTime(value) ? value : undefined;
}

const UNITS = { W: 604_800, D: DAY, H: 3600, M: 60, S: 1 } as const;

export function canonicalDuration(text: string): Decimal | undefined {
  const n = "(\\d{1,9}(?:\\.\\d{1,9})?)";
  const parts =
    new RegExp(`^P${n}W$`).exec(text) ??
    new RegExp(`^P()(?:${n}D)?(?:T(?=\\d)(?:${n}H)?(?:${n}M)?(?:${n}S)?)?$`).exec(text);
  if (parts === null || parts.slice(1).every((part) => !part)) return undefined;
  const given = parts.slice(1).flatMap((part, i) => (part ? [[part, Object.values(UNITS)[i]!] as const] : []));
  if (given.slice(0, -1).some(([part]) => part.includes("."))) return undefined;
  const value = given
    .map(([part, unit]) => {
      const [digits, fraction = ""] = part.split(".");
      return multiplyDecimals(
        normalise({ digits: BigInt(digits + fraction), exponent: -fraction.length }),
        whole(unit),
      );
    })
    .reduce(addDecimals);
  return fitsDuration(value) ? value : undefined;
}

/** Days since 1970 of a `YYYY-MM-DD`; undefined when there is no such day. */
function daysOf(text: string): number | undefined {
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay ? date.getTime() / 86_400_000 : undefined;
}

// ── what arithmetic may come to

const floor = ({ digits, exponent }: Decimal): bigint => {
  if (exponent >= 0) return digits * 10n ** BigInt(exponent);
  const unit = 10n ** BigInt(-exponent);
  return digits / unit - (digits < 0n && digits % unit !== 0n ? 1n : 0n);
};

export function fitsDuration({ digits, exponent }: Decimal): boolean {
  const magnitude = digits < 0n ? -digits : digits;
  return magnitude < MOST_DIGITS && exponent >= -22 && exponent <= 22;
}
export function fitsTime(value: Decimal): boolean {
  if (!fitsDuration(value)) return false;
  const seconds = floor(value);
  return seconds >= FIRST && seconds < BEHIND;
}
export function fitsDate(value: Decimal): boolean {
  return fitsTime(value) && value.exponent >= 0 && floor(value) % BigInt(DAY) === 0n;
}

// ── as they are written

/** As a contract has it: `2026-01-31`, `2026-01-31T09:00:00Z`, `15m`. */
export function momentText(kind: "date" | "time" | "duration", value: Decimal): string {
  if (kind === "duration") return durationText(value);
  const seconds = floor(value);
  const iso = new Date(Number(seconds) * 1000).toISOString();
  if (kind === "date") return iso.slice(0, 10);
  const rest = addDecimals(value, { digits: -seconds, exponent: 0 });
  const fraction = rest.digits === 0n ? "" : `.${rest.digits.toString().padStart(-rest.exponent, "0")}`;
  return `${iso.slice(0, 19)}${fraction}Z`;
}

const SPELLED: readonly (readonly [unit: string, ms: bigint])[] = [
  ["d", 86_400_000n],
  ["h", 3_600_000n],
  ["m", 60_000n],
  ["s", 1_000n],
  ["ms", 1n],
];
/** In the largest unit that it is a whole number of; what is finer than a millisecond as ISO 8601 has it. */
function durationText(value: Decimal): string {
  const ms = floor(multiplyDecimals(value, { digits: 1n, exponent: 3 }));
  const isWhole = value.digits >= 0n && value.exponent >= -3;
  const [unit, size] = SPELLED.find(([, each]) => ms % each === 0n)!;
  if (isWhole) return `${ms / size}${unit}`;
  const magnitude = value.digits < 0n ? -value.digits : value.digits;
  const digits = magnitude.toString().padStart(1 - value.exponent, "0");
  const plain =
    value.exponent < 0
      ? `${digits.slice(0, value.exponent)}.${digits.slice(value.exponent)}`
      : `${magnitude * 10n ** BigInt(value.exponent)}`;
  return `"${value.digits < 0n ? "-" : ""}PT${plain}S"`;
}
