// The class of a call: levels, risks, and whether it goes outside, as bits (docs/semantics/tools.md, "The class of a call"). Where
// nobody knows a level may be one of the call's: then it is among the possible ones and not among the sure ones. Set once a call, by
// cases.ts; conditions read it from here, so that neither file needs the other.

/** Levels: 1 read, 2 write, 4 delete, 8 execute. Risks: 1 read, 2 write, 4 destructive, 8 critical. */
export let sureLevels: u32 = 0;
export let possibleLevels: u32 = 0;
export let possibleRisks: u32 = 0;
/** 0 no, 1 unknown, 2 yes. */
export let goesOutside: u32 = 0;

export function setClass(sure: u32, possible: u32, risks: u32): void {
  sureLevels = sure;
  possibleLevels = possible;
  possibleRisks = risks;
}
export function setExternal(truth: u32): void {
  goesOutside = truth;
}

/** The levels are among `want`; exact: they are `want`. */
@inline export function levelIs(want: u32, exact: bool): u32 {
  // a call has at least one level
  if (sureLevels & ~want || !(possibleLevels & want) || (exact && want & ~possibleLevels)) return 0;
  return (possibleLevels & ~want) == 0 && (!exact || sureLevels == want) ? 2 : 1;
}
/** One of the levels is among `want`. */
@inline export function levelHas(want: u32): u32 {
  return sureLevels & want || (possibleLevels & ~want) == 0 ? 2 : possibleLevels & want ? 1 : 0;
}
/** The risk is among `want`. */
@inline export function riskIs(want: u32): u32 {
  return (possibleRisks & ~want) == 0 ? 2 : possibleRisks & want ? 1 : 0;
}
