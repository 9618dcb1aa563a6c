// Counters of budgets: what one ledger has counted, for good, in a turn, in a day, week or month (UTC), or in a rolling window of 60
// buckets. Times are those of the calls: a figure that is put right later goes where its call stands.
//
// for good, 8 B: used i64 · turn, day, week, month, 16 B: period + 1 (u64; 0: none yet), used i64 ·
// rolling, 504 B: number of the newest bucket + 1 (u64; 0: none yet), sum i64, buckets 61 × i64 (bucket i at i mod 61).
// INVARIANT: a counter is never below 0 nor above MOST, and the sum is that of the buckets.
export const W_NONE: u32 = 0;
export const W_ROLLING: u32 = 1;
export const W_DAY: u32 = 2;
export const W_WEEK: u32 = 3;
export const W_MONTH: u32 = 4;
export const W_TURN: u32 = 5;

export const MOST: i64 = 9000000000000000000;
/** 60 that lie wholly inside, and the one that lies partly outside. */
const BUCKETS: u64 = 61;
const DAY: u64 = 86400000;

@inline function bucket(c: usize, i: u64): usize {
  return c + 16 + ((<usize>(i % BUCKETS)) << 3);
}

// ── the calendar

/** Months since 1970 of a day since 1970 (Hinnant, days_from_civil backwards). */
function monthOf(day: u64): u64 {
  const z = day + 719468;
  const era = z / 146097;
  const doe = z - era * 146097;
  const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const mp = (5 * doy + 2) / 153;
  const m = mp < 10 ? mp + 3 : mp - 9;
  const y = yoe + era * 400 + (m <= 2 ? 1 : 0);
  return (y - 1970) * 12 + m - 1;
}
/** The first day of a month, both since 1970. */
function dayOfMonth(month: u64): u64 {
  const m = (month % 12) + 1;
  const y = month / 12 + 1970 - (m <= 2 ? 1 : 0);
  const era = y / 400;
  const yoe = y - era * 400;
  const doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}
/** The period of a day, week (from Monday) or month in which a time lies. */
function periodOf(window: u32, time: u64): u64 {
  const day = time / DAY;
  return window == W_DAY ? day : window == W_WEEK ? (day + 3) / 7 : monthOf(day);
}
function startOf(window: u32, period: u64): u64 {
  return (window == W_DAY ? period : window == W_WEEK ? period * 7 - 3 : dayOfMonth(period)) * DAY;
}

// ── reading

/** What counts at `time`; −1: forgotten (a turn that another came after). `width`: of a bucket, or the turn. */
export function used(c: usize, window: u32, width: u64, time: u64): i64 {
  if (window == W_NONE) return load<i64>(c);
  const head = load<u64>(c);
  if (!head) return 0;
  if (window == W_ROLLING) {
    const now = time / width;
    let sum = load<i64>(c, 8);
    if (now + 1 <= head) return sum;
    if (now + 1 - head >= BUCKETS) return 0;
    // buckets that have left since: head − 61 … now − 61
    for (let i = head - 1 > 60 ? head - 61 : 0; i + 60 < now; i++) sum -= load<i64>(bucket(c, i));
    return sum;
  }
  if (window == W_TURN) return head > width + 1 ? -1 : head == width + 1 ? load<i64>(c, 8) : 0;
  return head == periodOf(window, time) + 1 ? load<i64>(c, 8) : 0;
}

/** Milliseconds from `time` until `units` more fit below `limit`; −1: they never will. */
export function wait(c: usize, window: u32, width: u64, time: u64, units: i64, limit: i64): i64 {
  if (units > limit || window == W_NONE || window == W_TURN) return -1;
  if (window != W_ROLLING) return <i64>(startOf(window, periodOf(window, time) + 1) - time);
  let left = used(c, window, width, time);
  const now = time / width;
  for (let i = now > 60 ? now - 60 : 0; i < load<u64>(c); i++) {
    left -= load<i64>(bucket(c, i));
    if (left + units <= limit) return <i64>((i + BUCKETS) * width - time);
  }
  return -1;
}

// ── writing

@inline function bounded(before: i64, delta: i64): i64 {
  if (delta > 0) return before > MOST - delta ? MOST : before + delta;
  return before + delta < 0 ? 0 : before + delta;
}

/** Counts a call that happens at `time`. */
export function add(c: usize, window: u32, width: u64, time: u64, units: i64): void {
  if (window == W_NONE) return store<i64>(c, bounded(load<i64>(c), units));
  const head = load<u64>(c);
  if (window == W_ROLLING) {
    let now = time / width;
    if (now + 1 < head) now = head - 1;
    if (!head || now + 1 - head >= BUCKETS) memory.fill(c, 0, 504);
    else {
      for (let i = head; i <= now; i++) {
        const b = bucket(c, i);
        store<i64>(c, load<i64>(c, 8) - load<i64>(b), 8);
        store<i64>(b, 0);
      }
    }
    store<u64>(c, now + 1);
    return put(c, bucket(c, now), units);
  }
  const period = (window == W_TURN ? width : periodOf(window, time)) + 1;
  store<i64>(c, bounded(head == period ? load<i64>(c, 8) : 0, units), 8);
  store<u64>(c, period);
}
/** Into a bucket, as much as the sum can hold. */
function put(c: usize, b: usize, delta: i64): void {
  const one = load<i64>(b);
  const sum = load<i64>(c, 8);
  const change = delta < 0 && one + delta < 0 ? -one : bounded(sum, delta) - sum;
  store<i64>(b, one + change);
  store<i64>(c, sum + change, 8);
}

/** Puts right what a call at `time` counts for; where its place has gone, nothing. */
export function shift(c: usize, window: u32, width: u64, time: u64, delta: i64): void {
  if (window == W_NONE) return store<i64>(c, bounded(load<i64>(c), delta));
  const head = load<u64>(c);
  if (window == W_ROLLING) {
    const i = time / width;
    if (i < head && head - i <= BUCKETS) put(c, bucket(c, i), delta);
    return;
  }
  if (head == (window == W_TURN ? width : periodOf(window, time)) + 1) store<i64>(c, bounded(load<i64>(c, 8), delta), 8);
}
