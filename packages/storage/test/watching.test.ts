import { createMemoryBackend } from '@orlop/backend-memory';
import { manualRuntime } from '@orlop/conformance';
import { type Vessel, vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import {
  internalStorageError,
  type Storage,
  type Stored,
  type StoredEvent,
  systemRuntime,
  unreachable,
  watchExpired,
} from '@orlop/storage-interface';
import { merge, Subject, takeUntil, takeWhile } from 'rxjs';
import { map } from 'rxjs/operators';
import { beforeEach, describe, expect, it } from 'vitest';
import { collect, createInformer, createStorage, pulled, resuming, type WatchStart } from '../src/index.ts';

const resource = { ...vessels, type: compileSchema(vesselSchema) };
const settle = (): Promise<void> => new Promise((resolve) => void systemRuntime().timers.after(10, resolve));
const textOf = (event: StoredEvent<Vessel>): string => {
  if (event.type === 'ERROR') return `ERROR ${event.error.message}`;
  if (event.type === 'BOOKMARK') return event.initialEventsEnd ? 'SYNCED' : 'BOOKMARK';
  return `${event.type} ${event.object.key.slice(9)}@${event.object.revision}`;
};

let storage: Storage<Vessel>;
let starts: WatchStart[];
let runtime: ReturnType<typeof manualRuntime>;
let ends: Subject<void>;
let errors: Subject<Error>;
let log: string[];

beforeEach(() => {
  storage = createStorage<Vessel>({ backend: createMemoryBackend(), resource });
  starts = [];
  runtime = manualRuntime(0);
  ends = new Subject();
  errors = new Subject();
  log = [];
});

/** A watch that can be made to end or to fail. */
const open = (start: WatchStart) => {
  starts.push(start);
  const failing = errors.pipe(map((error): StoredEvent<Vessel> => ({ type: 'ERROR', error })));
  return merge(storage.watch('/vessels/', { recursive: true, ...start }), failing).pipe(
    takeUntil(ends),
    takeWhile(({ type }) => type !== 'ERROR', true),
  );
};
const put = async (place: string, berth: string): Promise<number> =>
  (
    await storage.guaranteedUpdate(`/vessels/${place}`, () => ({ object: vessel(place, { berth }) }), {
      ignoreNotFound: true,
    })
  ).revision;
const remove = async (place: string): Promise<number> => (await storage.delete(`/vessels/${place}`)).revision;

describe('resuming', () => {
  it('goes on where a watch ended', async () => {
    const a = await put('ns/a', '1');
    const subscription = resuming(open, { runtime }).subscribe((event) => log.push(textOf(event)));
    await settle();
    ends.next();
    const b = await put('ns/b', '1');
    await settle();
    expect(log).toEqual([`ADDED ns/a@${a}`, 'SYNCED']);
    await runtime.advance(100);
    await settle();
    expect(log.slice(2)).toEqual([`ADDED ns/b@${b}`]);
    expect(starts[1]).toEqual({ resourceVersion: String(a), allowWatchBookmarks: true });
    subscription.unsubscribe();
    await runtime.advance(60_000);
    expect(starts).toHaveLength(2);
  });

  it('begins anew after 410, and tells only what has changed', async () => {
    const [, b, c] = [await put('ns/a', '1'), await put('ns/b', '1'), await put('ns/c', '1')];
    resuming(open, { runtime }).subscribe((event) => log.push(textOf(event)));
    await settle();
    log.length = 0;
    errors.next(watchExpired());
    const a2 = await put('ns/a', '2');
    await remove('ns/c');
    const d = await put('ns/d', '1');
    await runtime.advance(100);
    await settle();
    expect(log).toEqual([`MODIFIED ns/a@${a2}`, `ADDED ns/d@${d}`, `DELETED ns/c@${d}`, 'SYNCED']);
    expect(starts[1]).toMatchObject({ resourceVersion: '', sendInitialEvents: true });
    expect([b, c]).toEqual([a2 - 3 + 1, a2 - 1]);
  });

  it('an interrupted beginning is begun again', async () => {
    const [a, b] = [await put('ns/a', '1'), await put('ns/b', '1')];
    let events = 0;
    resuming(
      (start) =>
        open(start).pipe(
          map((event) => {
            if (events++ === 0) queueMicrotask(() => ends.next());
            return event;
          }),
          takeWhile((_, i) => starts.length > 1 || i === 0),
        ),
      { runtime },
    ).subscribe((event) => log.push(textOf(event)));
    await settle();
    await runtime.advance(100);
    await settle();
    expect(starts).toHaveLength(2);
    expect(starts[1]).toEqual(starts[0]);
    expect(log).toEqual([`ADDED ns/a@${a}`, `ADDED ns/b@${b}`, 'SYNCED']);
  });

  it('waits longer and longer while it fails, and starts over when it does not', async () => {
    resuming(open, { runtime }).subscribe();
    await settle();
    const delays: number[] = [];
    for (let i = 0; i < 9; i++) {
      const before = starts.length;
      errors.next(unreachable('/vessels/'));
      let waited = 0;
      while (starts.length === before) {
        await runtime.advance(100);
        waited += 100;
      }
      delays.push(waited);
    }
    expect(delays[0]).toBe(100);
    expect(delays).toEqual([...delays].sort((x, y) => x - y));
    expect(delays.at(-1)).toBe(10_000);
    // An event says that all is well again.
    await put('ns/a', '1');
    await settle();
    errors.next(unreachable('/vessels/'));
    await runtime.advance(100);
    expect(starts).toHaveLength(11);
  });

  it('a quiet watch that went well for a while has not failed when it ends', async () => {
    await put('ns/a', '1');
    const subscription = resuming(open, { runtime }).subscribe((event) => log.push(textOf(event)));
    await settle();
    for (let life = 2; life < 9; life++) {
      await runtime.advance(1_000);
      ends.next();
      await runtime.advance(100);
      await settle();
      expect(starts).toHaveLength(life);
    }
    subscription.unsubscribe();
  });

  it('other failures are the end', async () => {
    resuming(open, { runtime }).subscribe({
      next: (event) => log.push(textOf(event)),
      complete: () => log.push('end'),
    });
    await settle();
    errors.next(internalStorageError('broken'));
    expect(log).toEqual(['SYNCED', 'ERROR broken', 'end']);
    const refused: unknown[] = [];
    resuming(() => storage.watch('/elsewhere/', {})).subscribe({ error: (error) => refused.push(error) });
    expect(refused).toMatchObject([{ code: 'InvalidKey' }]);
  });

  it('may begin after a revision', async () => {
    const a = await put('ns/a', '1');
    const b = await put('ns/b', '1');
    resuming(open, { after: String(a), runtime }).subscribe((event) => log.push(textOf(event)));
    await settle();
    expect(log).toEqual([`ADDED ns/b@${b}`]);
  });
});

describe('collect', () => {
  it('emits the state when it is complete, then after each change', async () => {
    await put('ns/a', '1');
    await put('ns/b', '1');
    const states: string[] = [];
    const subscription = resuming(open, { runtime })
      .pipe(collect())
      .subscribe((state) => states.push([...state.keys()].map((key) => key.slice(9)).join(' ')));
    await settle();
    await remove('ns/a');
    await put('ns/c', '1');
    await settle();
    expect(states).toEqual(['ns/a ns/b', 'ns/b', 'ns/b ns/c']);
    subscription.unsubscribe();
    const failures: unknown[] = [];
    open({ resourceVersion: '' })
      .pipe(collect())
      .subscribe({ error: (error) => failures.push(error) });
    errors.next(watchExpired());
    expect(failures).toMatchObject([{ code: 'Expired' }]);
  });
});

describe('informer', () => {
  it('keeps a store and tells its handlers, through breaks', async () => {
    await put('ns/a', '1');
    const berth = ({ object }: Stored<Vessel>) => object.spec?.berth;
    const informer = createInformer<Vessel>({
      watch: open,
      runtime,
      onAdd: (object) => log.push(`+${object.key.slice(9)}`),
      onUpdate: (object, old) => log.push(`${object.key.slice(9)} ${berth(old)}→${berth(object)}`),
      onDelete(object) {
        log.push(`-${object.key.slice(9)} ${informer.store.size}`);
        throw new Error('ignored');
      },
    });
    await informer.synced;
    await put('ns/a', '2');
    await put('ns/b', '1');
    await settle();
    errors.next(watchExpired());
    await remove('ns/a');
    await put('ns/b', '3');
    await runtime.advance(100);
    await settle();
    expect(log).toEqual(['+ns/a', 'ns/a 1→2', '+ns/b', 'ns/b 1→3', '-ns/a 1']);
    expect([...informer.store.keys()]).toEqual(['/vessels/ns/b']);
    informer.stop();
    await put('ns/c', '1');
    await settle();
    expect(log).toHaveLength(5);
  });

  it('says when it cannot come into step', async () => {
    const informer = createInformer<Vessel>({ watch: () => storage.watch('/elsewhere/', {}), runtime });
    await expect(informer.synced).rejects.toMatchObject({ code: 'InvalidKey' });
  });
});

describe('pulled', () => {
  it('takes events one by one, and the watch waits', async () => {
    for (let i = 0; i < 20; i++) await put(`ns/v${String(i).padStart(2, '0')}`, '1');
    let delivered = 0;
    const events = pulled(
      (pace) =>
        storage.watch('/vessels/', { recursive: true, resourceVersion: '0', pace }).pipe(
          map((event) => {
            delivered++;
            return event;
          }),
        ),
      { room: 3 },
    );
    let taken = 0;
    for await (const event of events) {
      await settle();
      expect(event.type).toBe('ADDED');
      expect(delivered).toBe(Math.min(20, taken + 4));
      if (++taken === 20) break;
    }
  });

  it('waits for what comes, and ends with the watch or the loop', async () => {
    const iterator = pulled(() => open({ resourceVersion: '' }))[Symbol.asyncIterator]();
    const first = iterator.next();
    await settle();
    const a = await put('ns/a', '1');
    expect(textOf((await first).value as StoredEvent<Vessel>)).toBe(`ADDED ns/a@${a}`);
    const last = iterator.next();
    ends.next();
    expect(await last).toEqual({ done: true, value: undefined });
    const left = pulled(() => open({ resourceVersion: '' }))[Symbol.asyncIterator]();
    await left.return?.();
    expect(await left.next()).toEqual({ done: true, value: undefined });
    const failing = new Subject<StoredEvent<Vessel>>();
    const broken = pulled(() => failing)[Symbol.asyncIterator]();
    failing.error(new Error('broken'));
    await expect(broken.next()).rejects.toThrow('broken');
  });
});
