import type { KeyValue, ListResult, RangeOptions } from '@orlop/storage-interface/underlying';
import { type Keys, prefixRange, type RangeAnswer, type RangeRequest } from './messages.ts';
import { saysCompacted } from './translate-error.ts';

/** Keys of the first page, when nobody knows yet how large they are, and of the largest. */
const firstPage = 200;
const largestPage = 10_000;
/** Bytes a page should have: enough to be worth a round trip, few enough not to hold the event loop. */
const pageBytes = 2 ** 21;
/** A list of the present that compaction overtakes begins again so often. */
const restarts = 5;

/** How a page is asked for. @throws CallFailure */
export type ReadRange = (request: RangeRequest) => Promise<RangeAnswer>;

/** Reads a prefix in pages of bounded size, all at the revision of the first. */
export async function list(read: ReadRange, keys: Keys, prefix: string, options: RangeOptions): Promise<ListResult> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await listOnce(read, keys, prefix, options);
    } catch (error) {
      if (options.revision !== undefined || attempt === restarts || !saysCompacted(error)) throw error;
    }
  }
}

async function listOnce(read: ReadRange, keys: Keys, prefix: string, options: RangeOptions): Promise<ListResult> {
  const { limit = 0, keysOnly = false } = options;
  const kvs: KeyValue[] = [];
  let first: RangeAnswer | undefined;
  let from = options.from ?? prefix;
  for (let size = keysOnly ? largestPage : firstPage; ; ) {
    const left = limit === 0 ? size : Math.min(size, limit - kvs.length);
    const revision = options.revision ?? first?.revision ?? 0;
    const page = await read({ ...prefixRange(keys, prefix, from), limit: left, keysOnly, revision });
    first ??= page;
    for (const kv of page.kvs) kvs.push(kv);
    const done = !page.more || (limit > 0 && kvs.length >= limit);
    if (done) {
      return { kvs, more: page.more, count: options.count ? first.count : undefined, revision: first.revision };
    }
    from = `${page.kvs.at(-1)!.key}\0`;
    if (!keysOnly) size = nextSize(page.kvs);
  }
}

/** As many keys as should fill a page, by those of the last one. */
function nextSize(kvs: readonly KeyValue[]): number {
  let bytes = 0;
  for (const kv of kvs) bytes += kv.value.length + kv.key.length + 32;
  return Math.max(1, Math.min(largestPage, Math.floor((pageBytes / bytes) * kvs.length)));
}
