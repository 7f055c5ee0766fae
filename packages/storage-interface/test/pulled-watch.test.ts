import { expect, test } from 'vitest';
import { PulledWatch, type WatchBatch } from '../src/index.ts';

const progress = (revision: number): WatchBatch => ({ type: 'progress', revision });
const done = { done: true, value: undefined };

function watchOver(batches: WatchBatch[]): { watch: PulledWatch; ends: () => number } {
  let ends = 0;
  const watch = new PulledWatch(
    () => batches.shift(),
    () => void ends++,
  );
  return { watch, ends: () => ends };
}

test('pulls wait in order until they are woken, and none is answered twice', async () => {
  const batches: WatchBatch[] = [progress(1)];
  const { watch } = watchOver(batches);
  const pulls = [watch.next(), watch.next(), watch.next()];
  expect(await pulls[0]).toEqual({ done: false, value: progress(1) });
  batches.push(progress(2), progress(3), progress(4));
  watch.wake();
  expect([await pulls[1], await pulls[2]].map((pulled) => pulled?.value?.revision)).toEqual([2, 3]);
  expect((await watch.next()).value?.revision).toBe(4);
});

test('an error is told to one pull, after the batches that are left; the others find the end', async () => {
  const batches: WatchBatch[] = [];
  const { watch, ends } = watchOver(batches);
  const first = watch.next();
  const second = watch.next();
  const third = watch.next();
  batches.push(progress(1));
  watch.end(new Error('gone'));
  watch.end(new Error('too late'));
  expect(ends()).toBe(1);
  expect(watch.over).toBe(true);
  expect((await first).value?.revision).toBe(1);
  await expect(second).rejects.toThrow('gone');
  expect(await third).toEqual(done);
  expect(await watch.next()).toEqual(done);
});

test('an error that nobody pulled for is told to the first who does', async () => {
  const { watch } = watchOver([]);
  watch.end(new Error('gone'));
  await expect(watch.next()).rejects.toThrow('gone');
  expect(await watch.next()).toEqual(done);
});

test('a watch that ends while it looks for a batch tells each pull once', async () => {
  const watch: PulledWatch = new PulledWatch(
    () => {
      watch.end(new Error('unreadable'));
      return undefined;
    },
    () => {},
  );
  await expect(watch.next()).rejects.toThrow('unreadable');
  expect(await watch.next()).toEqual(done);
});

test('what goes wrong while it looks for a batch ends the watch, and is not the affair of who wakes it', async () => {
  let broken = false;
  const watch = new PulledWatch(
    () => {
      if (broken) throw new Error('unreadable');
      return undefined;
    },
    () => {},
  );
  const pulls = [watch.next(), watch.next()];
  broken = true;
  watch.wake();
  expect(watch.over).toBe(true);
  await expect(pulls[0]).rejects.toThrow('unreadable');
  expect(await pulls[1]).toEqual(done);
  expect(await watch.next()).toEqual(done);
});

test('a signal ends it quietly, at once when it has aborted, and is let go of at the end', async () => {
  const listeners = new Set<() => void>();
  const signal = (aborted: boolean) => ({
    aborted,
    addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener),
  });
  const late = watchOver([]).watch;
  late.endWith(signal(true) as never);
  expect(await late.next()).toEqual(done);
  const { watch, ends } = watchOver([]);
  watch.endWith(signal(false) as never);
  const pull = watch.next();
  expect(listeners.size).toBe(1);
  for (const listener of listeners) listener();
  expect([await pull, ends(), listeners.size]).toEqual([done, 1, 0]);
  const returned = watchOver([]);
  returned.watch.endWith(signal(false) as never);
  expect(await returned.watch.return()).toEqual(done);
  expect([returned.ends(), listeners.size]).toEqual([1, 0]);
});
