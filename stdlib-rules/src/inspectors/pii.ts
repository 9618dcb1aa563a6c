/**
 * What looks like a person's data, as far as literals can say it: something around an `@`, and account numbers of countries whose IBAN is
 * digits alone (their length, not their check digits). Names, addresses and telephone numbers have no literal, and are not found.
 */
import { exact, type Inspector } from "./inspector.ts";

/** Digits behind the country's letters, of ISO 13616 registrations without letters in them. */
const IBAN_DIGITS: readonly (readonly [country: string, digits: number])[] = [
  ["AT", 18],
  ["BE", 14],
  ["CZ", 22],
  ["DE", 20],
  ["DK", 16],
  ["EE", 18],
  ["ES", 22],
  ["FI", 16],
  ["HR", 19],
  ["HU", 26],
  ["LT", 18],
  ["NO", 13],
  ["PL", 26],
  ["PT", 23],
  ["SE", 22],
  ["SI", 17],
  ["SK", 22],
];

export const pii: Inspector = {
  name: "pii",
  patterns: [
    exact("email", "low", "@", {
      before: { of: "A-Za-z0-9._%+-", least: 1 },
      after: { of: "A-Za-z0-9.-", least: 4 },
    }),
    ...IBAN_DIGITS.map(([country, least]) =>
      exact("iban", "high", country, { starts: true, after: { of: "0-9", least } }),
    ),
  ],
};
