import { manualRuntime } from '@orlop/conformance';
import type { StoredEvent, WatchListOptions } from '@orlop/storage-interface';
import { Observable, type Subscriber } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { BlockedWatchers } from '../src/blocked-watchers.ts';
import { PacedOutlet, suggestedBound } from '../src/outlet.ts';
import { TimeBudget } from '../src/time-budget.ts';
import { type Harbor, openHarbor, settle, textOf } from './harbor.ts';

/** A consumer that takes what it is given when it is told to. */
class Gate {
  room = 0;
  #waiting: (() => void) | undefined;
  readonly pace = {
    hasRoom: () => this.room > 0,
    onRoom: (callback: () => void) => {
      this.#waiting = callback;
    },
  };

  take(count: number): void {
    this.room += count;
    const callback = this.#waiting;
    this.#waiting = undefined;
    callback?.();
  }
}

const event = (revision: number): StoredEvent => ({
  type: 'BOOKMARK',
  resourceVersion: revision,
  initialEventsEnd: false,
});

function paced(bound: number, runtime = manualRuntime(0), blocked = new BlockedWatchers(runtime)) {
  const gate = new Gate();
  const log: (number | string)[] = [];
  let subscriber!: Subscriber<StoredEvent>;
  new Observable<StoredEvent>((made) => {
    subscriber = made;
  }).subscribe({
    next(next) {
      gate.room--;
      if (next.type === 'BOOKMARK') log.push(next.resourceVersion);
    },
    complete: () => log.push('end'),
  });
  let terminated = 0;
  const outlet = new PacedOutlet({ subscriber, pace: gate.pace, bound, blocked, onTerminate: () => terminated++ });
  return { outlet, gate, log, runtime, blocked, terminated: () => terminated };
}

describe('time budget', () => {
  it('starts full, refills 50 ms a second, holds at most 100, takes back what was not needed', async () => {
    const runtime = manualRuntime(0);
    const budget = new TimeBudget(runtime.clock);
    expect(budget.take()).toBe(100);
    expect(budget.take()).toBe(0);
    await runtime.advance(500);
    expect(budget.take()).toBe(25);
    budget.giveBack(10);
    expect(budget.take()).toBe(10);
    await runtime.advance(60_000);
    budget.giveBack(1000);
    expect(budget.take()).toBe(100);
    budget.giveBack(-5);
    expect(budget.take()).toBe(0);
  });
});

describe('how many events may wait', () => {
  /** capacity, freshness in seconds → indexed watch, other watch of an indexed resource, no index */
  const table: readonly [number, number, number, number, number][] = [
    [100, 75, 10, 10, 10],
    [1_000, 75, 10, 14, 14],
    [10_000, 75, 10, 134, 100],
    [50_000, 75, 10, 667, 100],
    [100_000, 75, 10, 1000, 100],
    [100_000, 1500, 10, 67, 67],
  ];
  it.each(table)('ring of %i, %i s', (capacity, seconds, indexed, unindexed, noIndex) => {
    const kinds = ['indexed', 'unindexed', 'noIndex'] as const;
    expect(kinds.map((kind) => suggestedBound(capacity, seconds * 1000, kind))).toEqual([indexed, unindexed, noIndex]);
  });
});

describe('a consumer with a pace', () => {
  it('gets events while it has room, the rest in order when it has room again', () => {
    const { outlet, gate, log } = paced(10);
    gate.room = 2;
    for (let i = 1; i <= 5; i++) outlet.event(event(i));
    expect(log).toEqual([1, 2]);
    gate.take(1);
    expect(log).toEqual([1, 2, 3]);
    gate.take(10);
    outlet.event(event(6));
    expect(log).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is given what the budget holds to come below its bound, and goes on if it does', async () => {
    const { outlet, gate, log, runtime, terminated } = paced(3);
    for (let i = 1; i <= 5; i++) outlet.event(event(i));
    await runtime.advance(60);
    gate.take(2);
    await runtime.advance(1000);
    expect([log, terminated()]).toEqual([[1, 2], 0]);
  });

  it('is ended without an error if it does not', async () => {
    const { outlet, log, runtime, terminated } = paced(3);
    for (let i = 1; i <= 4; i++) outlet.event(event(i));
    await runtime.advance(99);
    expect(log).toEqual([]);
    await runtime.advance(1);
    expect([log, terminated()]).toEqual([['end'], 1]);
    outlet.event(event(9));
    expect(log).toEqual(['end']);
  });

  it('is ended at once at twice its bound: time alone would not limit what waits', () => {
    const { outlet, log } = paced(3);
    for (let i = 1; i <= 7; i++) outlet.event(event(i));
    expect(log).toEqual(['end']);
  });

  it('shares the budget with others: a lasting jam is waited for once', async () => {
    const runtime = manualRuntime(0);
    const blocked = new BlockedWatchers(runtime);
    const [first, second] = [paced(1, runtime, blocked), paced(1, runtime, blocked)];
    first.outlet.event(event(1));
    first.outlet.event(event(2));
    await runtime.advance(90);
    second.outlet.event(event(1));
    second.outlet.event(event(2));
    await runtime.advance(10);
    expect([first.log, second.log]).toEqual([['end'], ['end']]);
    const third = paced(1, runtime, blocked);
    third.outlet.event(event(1));
    third.outlet.event(event(2));
    await runtime.advance(6);
    expect(third.log).toEqual(['end']);
  });

  it('that leaves is given nothing more and is not waited for', async () => {
    const { outlet, gate, log, runtime, terminated } = paced(3);
    for (let i = 1; i <= 5; i++) outlet.event(event(i));
    outlet.close();
    gate.take(10);
    outlet.event(event(6));
    await runtime.advance(1000);
    expect([log, terminated()]).toEqual([[], 0]);
    expect(outlet.room()).toBeUndefined();
  });

  it('is offered bookmarks only when that delays nobody', () => {
    const { outlet, gate } = paced(3);
    expect(outlet.offer(event(1))).toBe(false);
    outlet.event(event(2));
    gate.room = 5;
    expect(outlet.offer(event(3))).toBe(false);
    gate.take(0);
    expect(outlet.offer(event(4))).toBe(true);
  });
});

describe('through a cache', () => {
  let harbor: Harbor;
  afterEach(() => harbor.close());

  const watch = (resourceVersion: string, options: WatchListOptions = {}) => {
    const gate = new Gate();
    const log: string[] = [];
    const subscription = harbor.cacher
      .watch('/vessels/', { recursive: true, resourceVersion, pace: gate.pace, ...options })
      .subscribe({
        next(next) {
          gate.room--;
          log.push(textOf(next));
        },
        complete: () => log.push('end'),
      });
    return { gate, log, subscription };
  };

  it('one that stands still is ended, the others are not delayed', async () => {
    harbor = openHarbor();
    const start = String(await harbor.create('ns/x'));
    await harbor.list();
    const [still, brisk] = [watch(start), watch(start)];
    brisk.gate.room = 1000;
    await settle();
    for (let i = 0; i < 15; i++) await harbor.create(`ns/v${i}`);
    await settle();
    expect(brisk.log).toHaveLength(15);
    await harbor.runtime.advance(100);
    expect(still.log).toEqual(['end']);
    expect(harbor.metrics.get('apiserver_terminated_watchers_total')).toBe(1);
    expect(brisk.log).not.toContain('end');
  });

  it('a long start goes at the pace of its consumer, and misses nothing that happens meanwhile', async () => {
    harbor = openHarbor();
    for (let i = 0; i < 50; i++) await harbor.create(`ns/v${String(i).padStart(2, '0')}`);
    await harbor.list();
    const slow = watch('0');
    await settle();
    expect(slow.log).toEqual([]);
    slow.gate.take(20);
    await settle();
    await harbor.create('ns/w');
    await harbor.remove('ns/v49');
    await settle();
    expect(slow.log).toHaveLength(20);
    slow.gate.take(100);
    await settle();
    expect(slow.log.map((text) => text.split('@')[0])).toEqual([
      ...Array.from({ length: 50 }, (_, i) => `ADDED ns/v${String(i).padStart(2, '0')}`),
      'ADDED ns/w',
      'DELETED ns/v49',
    ]);
  });

  it.each([0, 3])('one that waits for the end of %i initial events is not ended before it has it', async (count) => {
    harbor = openHarbor();
    for (let i = 0; i < count; i++) await harbor.create(`ns/a${i}`);
    await harbor.list();
    const slow = watch('', { sendInitialEvents: true, allowWatchBookmarks: true });
    slow.gate.take(count);
    await settle();
    for (let i = 0; i < 40; i++) await harbor.create(`ns/v${i}`);
    await settle();
    await harbor.runtime.advance(200);
    expect(slow.log).toHaveLength(count);
    slow.gate.take(10);
    await settle();
    expect(slow.log[count]).toMatch(/^BOOKMARK@\d+!$/);
    expect(slow.log[count + 1]).toMatch(/^ADDED ns\/v0@/);
    expect(harbor.metrics.get('apiserver_terminated_watchers_total')).toBe(0);
  });

  it('one that takes its initial state so slowly that the history after it is overwritten is ended', async () => {
    harbor = openHarbor({ eventFreshness: 0 });
    for (let i = 0; i < 5; i++) await harbor.create(`ns/a${i}`);
    await harbor.list();
    const slow = watch('', { sendInitialEvents: true, allowWatchBookmarks: true });
    slow.gate.take(1);
    await settle();
    for (let i = 0; i < 150; i++) await harbor.create(`ns/b${i}`);
    await settle();
    slow.gate.take(1000);
    await settle();
    // All or nothing: it must not go on behind a gap.
    expect(slow.log.filter((text) => text.startsWith('ADDED ns/b'))).toEqual([]);
    expect(slow.log.at(-1)).toBe('end');
  });

  it('one whose place in history is overwritten while it reads is ended, for it to resume', async () => {
    harbor = openHarbor({ eventFreshness: 0 });
    const start = String(await harbor.create('ns/x'));
    await harbor.list();
    for (let i = 0; i < 50; i++) await harbor.create(`ns/a${i}`);
    await settle();
    const slow = watch(start);
    slow.gate.take(10);
    await settle();
    for (let i = 0; i < 120; i++) await harbor.create(`ns/b${i}`);
    await settle();
    slow.gate.take(1000);
    await settle();
    expect(slow.log.length).toBeLessThan(15);
    expect(slow.log.at(-1)).toBe('end');
  });

  it('one that stops waiting leaves nothing behind', async () => {
    harbor = openHarbor();
    await harbor.create('ns/x');
    const idle = watch('0');
    await settle();
    idle.subscription.unsubscribe();
    idle.gate.take(10);
    await settle();
    expect(idle.log).toEqual([]);
  });
});
