import type { Cacher } from '@orlop/cacher';
import type { ListOptions, Storage, StoredList } from '@orlop/storage-interface';
import { randomInterest } from './interest.ts';
import type { Random } from './random.ts';
import { type Vessel, vessels } from './resource.ts';

export interface ReaderParts {
  readonly cache: () => Cacher<Vessel>;
  /** The same objects without a cache. */
  readonly store: () => Storage<Vessel>;
  readonly random: Random;
  /** The newest revision a writer was told. */
  readonly acknowledged: () => number;
  readonly complain: (what: string) => void;
}

/** Reads that could be answered. */
export interface Reads {
  consistent: number;
  paged: number;
  exact: number;
  checks: number;
}

/** What a store that comes and goes, compactions, and a cache that begins anew bring about. */
const expected = new Set(['Unreachable', 'RequestTimeout', 'StorageNotReady', 'Expired', 'TooLargeResourceVersion']);

/** Lists in all manners, and compares what the cache answers with what the store has, until it is told to stop. */
export async function read(parts: ReaderParts, going: () => boolean): Promise<Reads> {
  const { random, complain } = parts;
  const reads: Reads = { consistent: 0, paged: 0, exact: 0, checks: 0 };
  const kinds = { consistent, paged, exact, checks };
  while (going()) {
    const kind = random.pick(['consistent', 'consistent', 'paged', 'paged', 'exact', 'exact', 'checks'] as const);
    try {
      await kinds[kind](parts);
      reads[kind]++;
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!expected.has(code)) complain(`a read (${kind}) failed with ${(error as Error).stack}`);
    }
    await new Promise((resolve) => setTimeout(resolve, random.integer(100)));
  }
  return reads;
}

/** A list without a resourceVersion sees every write that was acknowledged before. */
async function consistent({ cache, acknowledged, random, complain }: ReaderParts): Promise<void> {
  const before = acknowledged();
  const { key, recursive, predicate } = randomInterest(random);
  const list = await cache().getList(key, { recursive, predicate });
  if (list.resourceVersion < before) complain(`a list at ${list.resourceVersion} after a write at ${before}`);
  const newer = list.items.find(({ revision }) => revision > list.resourceVersion);
  if (newer !== undefined) complain(`a list at ${list.resourceVersion} has ${newer.key}@${newer.revision}`);
}

/** Pages are one revision, and what the store had then. */
async function paged({ cache, store, random, complain }: ReaderParts): Promise<void> {
  const { key, predicate } = randomInterest(random);
  const options: ListOptions = { recursive: true, predicate, limit: 1 + random.integer(40) };
  const found: string[] = [];
  let revision = 0;
  let token = '';
  do {
    const page = await cache().getList(key, { ...options, continue: token });
    if (revision !== 0 && page.resourceVersion !== revision)
      complain(`pages of ${revision} and ${page.resourceVersion}`);
    revision = page.resourceVersion;
    found.push(...textOf(page));
    token = page.continue;
  } while (token !== '');
  await compare(parts(key, predicate), store(), revision, found, 'pages', complain);
}

/** A list of the past is what the store had then. */
async function exact({ cache, store, random, acknowledged, complain }: ReaderParts): Promise<void> {
  const { key, predicate } = randomInterest(random);
  const revision = Math.max(1, acknowledged() - random.integer(400));
  const at = { resourceVersion: String(revision), resourceVersionMatch: 'Exact' };
  const list = await cache().getList(key, { recursive: true, predicate, ...at });
  await compare(parts(key, predicate), store(), revision, textOf(list), 'an exact list', complain);
}

async function checks({ cache, random, complain }: ReaderParts): Promise<void> {
  if (!random.chance(0.1)) return;
  const report = await cache().checkConsistency();
  if (!report.consistent) complain(`the cache differs from the store: ${JSON.stringify(report)}`);
}

const parts = (key: string, predicate: ListOptions['predicate']) => ({ key, predicate });
const textOf = (list: StoredList): string[] => list.items.map(({ key, revision }) => `${key}@${revision}`);

async function compare(
  { key, predicate }: ReturnType<typeof parts>,
  store: Storage<Vessel>,
  revision: number,
  found: readonly string[],
  what: string,
  complain: (what: string) => void,
): Promise<void> {
  const at = { resourceVersion: String(revision), resourceVersionMatch: 'Exact' };
  const stored = textOf(
    await store.getList(key, { recursive: true, ...(predicate === undefined ? {} : { predicate }), ...at }),
  );
  if (stored.join() !== found.join()) {
    complain(`${what} below ${key || vessels.prefix} at ${revision}: ${difference(found, stored)}`);
  }
}

/** What one side has and the other has not. */
export function difference(found: readonly string[], expected: readonly string[]): string {
  const [left, right] = [new Set(found), new Set(expected)];
  const extra = found.filter((text) => !right.has(text));
  const missing = expected.filter((text) => !left.has(text));
  if (extra.length === 0 && missing.length === 0) return 'the order differs';
  return `too much [${extra.join(' ')}], missing [${missing.join(' ')}]`;
}
