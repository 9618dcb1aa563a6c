/** What stands once however often it is asked for: arrays of 32-bit numbers with a head of two, and where each was put. */
export interface Pool {
  /** The address of an equal entry, or what `make` returns for a new one. */
  readonly find: (values: ArrayLike<number>, first: number, second: number, make: () => number) => number;
}

export function createPool(): Pool {
  // entries one behind the other: hash, address, length, first, second, values
  let entries = new Int32Array(1 << 12);
  let length = 1;
  // open-addressed: where an entry begins, 0 for none
  let slots = new Int32Array(1 << 10);
  let count = 0;

  function hashOf(values: ArrayLike<number>, first: number, second: number): number {
    let h = Math.imul(first ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(second + values.length, 0xc2b2ae35);
    for (let i = 0; i < values.length; i++) {
      h = Math.imul(h ^ (values[i] as number), 0x01000193);
      h ^= h >>> 15;
    }
    return Math.imul(h ^ (h >>> 13), 0x85ebca6b);
  }
  function isAt(e: number, hash: number, values: ArrayLike<number>, first: number, second: number): boolean {
    if (entries[e] !== hash || entries[e + 2] !== values.length) return false;
    if (entries[e + 3] !== (first | 0) || entries[e + 4] !== (second | 0)) return false;
    for (let i = 0; i < values.length; i++) if (entries[e + 5 + i] !== ((values[i] as number) | 0)) return false;
    return true;
  }
  function add(values: ArrayLike<number>, first: number, second: number, hash: number, address: number): number {
    const e = length;
    length += 5 + values.length;
    if (length > entries.length) {
      const grown = new Int32Array(Math.max(2 * entries.length, length));
      grown.set(entries);
      entries = grown;
    }
    entries[e] = hash;
    entries[e + 1] = address;
    entries[e + 2] = values.length;
    entries[e + 3] = first;
    entries[e + 4] = second;
    for (let i = 0; i < values.length; i++) entries[e + 5 + i] = values[i] as number;
    return e;
  }
  function grow(): void {
    const before = slots;
    slots = new Int32Array(2 * before.length);
    for (const e of before) if (e !== 0) slots[freeSlot(entries[e] as number)] = e;
  }
  function freeSlot(hash: number): number {
    let i = hash & (slots.length - 1);
    while (slots[i] !== 0) i = (i + 1) & (slots.length - 1);
    return i;
  }
  return {
    find(values, first, second, make) {
      const hash = hashOf(values, first, second);
      for (let i = hash & (slots.length - 1); slots[i] !== 0; i = (i + 1) & (slots.length - 1))
        if (isAt(slots[i] as number, hash, values, first, second)) return entries[(slots[i] as number) + 1] as number;
      const address = make();
      if (2 * ++count > slots.length) grow();
      slots[freeSlot(hash)] = add(values, first, second, hash, address);
      return address;
    },
  };
}
