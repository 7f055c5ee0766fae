import type { KeyValue, RangeOptions } from '@orlop/storage-interface/underlying';
import { type KeyRange, type Reader, rangeOf } from './reader.ts';
import { rowsPerTurn, type Turn } from './reader-pool.ts';

export interface Listed {
  readonly kvs: readonly KeyValue[];
  readonly more: boolean;
  readonly count: number | undefined;
  /** The store's revision in the snapshot. */
  readonly revision: number;
}

/** Lists the present, in steps that each hold the thread for about two milliseconds. */
export async function listNow(reader: Reader, turn: Turn, prefix: string, options: RangeOptions): Promise<Listed> {
  const whole = rangeOf(prefix, options.from);
  const revision = reader.revision();
  const count = options.count ? reader.count(whole) : undefined;
  const limit = options.limit || Number.POSITIVE_INFINITY;
  const kvs: KeyValue[] = [];
  for (let range = whole; ; ) {
    // One more than asked for tells whether keys follow.
    const wanted = Math.min(rowsPerTurn, limit + 1 - kvs.length);
    const rows = options.keysOnly ? reader.keys(range, wanted) : reader.list(range, wanted);
    for (const kv of rows) kvs.push(kv);
    if (rows.length < wanted || kvs.length > limit) break;
    range = behind(rows.at(-1)!.key, range);
    if (turn) await turn();
  }
  const more = kvs.length > limit;
  if (more) kvs.pop();
  return { kvs, more, count, revision };
}

/** Lists what was there at a revision. Counting has to look at every version, so it costs as much as listing all. */
export async function listAt(
  reader: Reader,
  turn: Turn,
  prefix: string,
  at: number,
  options: RangeOptions,
): Promise<Listed> {
  const revision = reader.revision();
  const limit = options.limit || Number.POSITIVE_INFINITY;
  const kvs: KeyValue[] = [];
  let count = 0;
  for (let range = rangeOf(prefix, options.from); ; ) {
    const page = reader.versionsAt(range, at, rowsPerTurn);
    for (const kv of page.kvs) {
      count++;
      if (kvs.length < limit) kvs.push(options.keysOnly ? { ...kv, value: nothing } : kv);
    }
    if (!page.next || (count > limit && !options.count)) break;
    range = { from: page.next, end: range.end };
    if (turn) await turn();
  }
  return { kvs, more: count > kvs.length, count: options.count ? count : undefined, revision };
}

const nothing = new Uint8Array(0);

const behind = (key: string, { end }: KeyRange): KeyRange => ({ from: Buffer.from(`${key}\0`), end });
