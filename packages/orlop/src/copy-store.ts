import { compactorClockKey } from '@orlop/storage';
import { compareKeys, isCompacted, type KeyValue, type UnderlyingStorage } from '@orlop/storage-interface/underlying';
import { BoundedWork } from './bounded-work.ts';

/**
 * What leaves a copy undone. What has been written stays; after every one of them the same copy may be run again and goes
 * on where it was.
 */
export class CopyError extends Error {
  override readonly name = 'CopyError';
  readonly code: 'TargetNotEmpty' | 'TargetChanged' | 'SourceCompacted' | 'Different' | 'Stopped';

  constructor(code: CopyError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export interface CopyStoreOptions {
  /** Only keys that begin with it, in both stores. @default '', all keys */
  readonly prefix?: string;
  /** Keys that begin with one of these are left out, in both stores. @default [] */
  readonly exclude?: readonly string[];
  /**
   * Makes the target like the source whatever it holds: other values are overwritten, and keys that only the target has are
   * deleted. Without it a target is refused that holds anything but parts of this very copy. @default false
   */
  readonly replace?: boolean;
  /** Told often how far it is; must not throw. */
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Stops between two writes, with CopyError Stopped. */
  readonly signal?: AbortSignal;
}

export interface CopyProgress {
  readonly phase: 'compare' | 'copy' | 'verify';
  /** Keys of the source that are done in this phase. */
  readonly done: number;
  /** Keys there are to do, left-out ones included. */
  readonly total: number;
}

export interface CopyResult {
  /** Keys that both stores hold alike, verified. */
  readonly keys: number;
  /** Bytes of their values. */
  readonly bytes: number;
  /** Keys that this run wrote. */
  readonly written: number;
  /** Keys that this run deleted from the target. */
  readonly deleted: number;
  /** The state of the source that was copied. */
  readonly sourceRevision: number;
  readonly targetRevision: number;
}

/**
 * Copies keys and values as they are from one store to another, compares both, and says what was done. A copy that ended
 * early is gone on with by running it again: keys that are equal in both stores are not written again.
 *
 * The copy is of one revision of the source where that can read the past (capability `exactReads`), so others may write to
 * it meanwhile. Nobody else may write to the target. Revisions are not copied: the target gives its own, in key order.
 * Nor are deadlines, which no store tells: a key that was to expire stays for good in the target.
 *
 * @throws CopyError, and what either store says (TooLarge, NoSpace, Unavailable, …)
 */
export async function copyStore(
  source: UnderlyingStorage,
  target: UnderlyingStorage,
  options: CopyStoreOptions = {},
): Promise<CopyResult> {
  const revision = await source.currentRevision();
  try {
    const copy = new Copy(source, target, revision, options);
    if (!options.replace) await copy.refuseForeignTarget();
    await copy.write();
    return await copy.verify();
  } catch (error) {
    if (!isCompacted(error)) throw error;
    const message = `the source forgot revision ${revision} while it was copied; run the same copy again`;
    throw new CopyError('SourceCompacted', message, error);
  }
}

/** Writes under way at once: enough for a store that commits many together. */
const concurrentWrites = 64;
/** A page of values should have about this many bytes. */
const pageBytes = 4 * 1024 * 1024;
const largestPage = 1_000;

/** A key, and what each store has under it. */
interface Pair {
  readonly key: string;
  readonly from: KeyValue | undefined;
  readonly to: KeyValue | undefined;
}

class Copy {
  readonly #source: UnderlyingStorage;
  readonly #target: UnderlyingStorage;
  readonly #revision: number;
  readonly #options: CopyStoreOptions;
  #total: number | undefined;
  #written = 0;
  #deleted = 0;

  constructor(source: UnderlyingStorage, target: UnderlyingStorage, revision: number, options: CopyStoreOptions) {
    this.#source = source;
    this.#target = target;
    this.#revision = revision;
    this.#options = options;
  }

  /** Writes nothing. A target whose every key is in the source with the same value is what an earlier run left. */
  async refuseForeignTarget(): Promise<void> {
    const { prefix = '' } = this.#options;
    if ((await this.#target.count(prefix)) === 0) return;
    let foreign = 0;
    let first = '';
    for await (const { key, from, to } of this.#pairs('compare')) {
      if (to === undefined || same(from, to)) continue;
      if (foreign++ === 0) first = key;
    }
    if (foreign === 0) return;
    const what = foreign === 1 ? `a key that is` : `${foreign} keys that are`;
    throw new CopyError(
      'TargetNotEmpty',
      `the target holds ${what} not in the source, or not with this value: ${first}${foreign > 1 ? ', …' : ''}`,
    );
  }

  async write(): Promise<void> {
    const writes = new BoundedWork(concurrentWrites);
    try {
      for await (const { key, from, to } of this.#pairs('copy')) {
        if (same(from, to)) continue;
        // It was not there when the target was looked through.
        if (to && !this.#options.replace) throw targetChanged(key);
        const expected = to?.modRevision ?? 0;
        await writes.start(async () => {
          const { succeeded } = from
            ? await this.#target.put(key, from.value, expected)
            : await this.#target.delete(key, expected);
          if (!succeeded) throw targetChanged(key);
          if (from) this.#written++;
          else this.#deleted++;
        });
      }
    } finally {
      await writes.settled();
    }
    writes.throwFailure();
  }

  /** Reads both stores again, from the first key to the last. */
  async verify(): Promise<CopyResult> {
    let keys = 0;
    let bytes = 0;
    for await (const { key, from, to } of this.#pairs('verify')) {
      if (!from || !to || !same(from, to)) {
        const how = !to ? 'is missing there' : !from ? 'is not in the source' : 'has another value there';
        throw new CopyError('Different', `the target is not like the source: ${key} ${how}; run the same copy again`);
      }
      keys++;
      bytes += to.value.length;
    }
    const targetRevision = await this.#target.currentRevision();
    const [written, deleted] = [this.#written, this.#deleted];
    return { keys, bytes, written, deleted, sourceRevision: this.#revision, targetRevision };
  }

  /** All keys of either store, in order. */
  async *#pairs(phase: CopyProgress['phase']): AsyncGenerator<Pair> {
    const revision = this.#source.capabilities.exactReads ? this.#revision : undefined;
    const sources = this.#keys(this.#source, revision);
    const targets = this.#keys(this.#target, undefined);
    const total = await this.#count(revision);
    let done = 0;
    this.#report({ phase, done, total });
    let from = await next(sources);
    let to = await next(targets);
    while (from || to) {
      if (this.#options.signal?.aborted) throw new CopyError('Stopped', 'stopped; run the same copy again to go on');
      const order = !to ? -1 : !from ? 1 : compareKeys(from.key, to.key);
      const key = order > 0 ? to!.key : from!.key;
      yield { key, from: order <= 0 ? from : undefined, to: order >= 0 ? to : undefined };
      if (order >= 0) to = await next(targets);
      if (order > 0) continue;
      from = await next(sources);
      this.#report({ phase, done: ++done, total });
    }
    this.#report({ phase, done: total, total });
  }

  async #count(revision: number | undefined): Promise<number> {
    if (this.#total === undefined) {
      const options = { limit: 1, keysOnly: true, count: true, ...(revision !== undefined && { revision }) };
      this.#total = (await this.#source.list(this.#options.prefix ?? '', options)).count ?? 0;
    }
    return this.#total;
  }

  async *#keys(store: UnderlyingStorage, revision: number | undefined): AsyncGenerator<KeyValue> {
    const { prefix = '', exclude = [] } = this.#options;
    for await (const kv of everyKey(store, prefix, revision)) {
      // The compactor's clock is about the revisions of one store and means nothing in another.
      if (kv.key === compactorClockKey || exclude.some((left) => kv.key.startsWith(left))) continue;
      yield kv;
    }
  }

  #report(progress: CopyProgress): void {
    this.#options.onProgress?.(progress);
  }
}

const targetChanged = (key: string): CopyError =>
  new CopyError(
    'TargetChanged',
    `somebody else writes to the target: ${key} has changed; stop that, and run this again`,
  );

/** All keys with a prefix, in pages whose size follows that of the values. */
async function* everyKey(
  store: UnderlyingStorage,
  prefix: string,
  revision: number | undefined,
): AsyncGenerator<KeyValue> {
  let limit = 100;
  for (let from: string | undefined; ; ) {
    const options = { limit, ...(from !== undefined && { from }), ...(revision !== undefined && { revision }) };
    const { kvs, more } = await store.list(prefix, options);
    yield* kvs;
    if (!more) return;
    from = `${kvs.at(-1)!.key}\0`;
    const bytes = kvs.reduce((sum, { value }) => sum + value.length, 1);
    limit = Math.max(1, Math.min(largestPage, Math.floor((pageBytes / bytes) * kvs.length)));
  }
}

async function next(keys: AsyncGenerator<KeyValue>): Promise<KeyValue | undefined> {
  const { done, value } = await keys.next();
  return done ? undefined : value;
}

function same(a: KeyValue | undefined, b: KeyValue | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a.value, b.value) === 0;
}
