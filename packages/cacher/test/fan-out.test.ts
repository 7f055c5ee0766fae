import type { Stored, StoredEvent } from '@orlop/storage-interface';
import { config, map, Subject, take } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { WatchGroup } from '../src/watch-group.ts';
import { WatchObservable } from '../src/watch-observable.ts';
import { type Harbor, openHarbor, settle } from './harbor.ts';
import { stored } from './stored.ts';

let harbor: Harbor | undefined;
const reported: unknown[] = [];
config.onUnhandledError = (error) => reported.push(error);
afterEach(async () => {
  reported.length = 0;
  await harbor?.close();
  harbor = undefined;
});

const created = (current: Stored) => ({
  revision: current.revision,
  key: current.key,
  current,
  previous: undefined,
  at: 0,
});

describe('a group', () => {
  it('tells everybody once, whoever leaves or comes while it does', () => {
    const group = new WatchGroup(undefined);
    const log: string[] = [];
    const members = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      group.add({
        event() {
          log.push(name);
          if (name !== 'b') return;
          for (const i of [0, 1, 2]) group.remove(members[i]!);
          group.add({ event: () => log.push('late'), end() {} });
        },
        end: () => log.push(`${name} end`),
      }),
    );
    group.dispatch(created(stored('/k/a', 5)));
    expect(log).toEqual(['a', 'b', 'd', 'e']);
    expect(group.size).toBe(3);
    log.length = 0;
    group.remove(members[3]!);
    group.dispatch(created(stored('/k/b', 6)));
    expect(log.sort()).toEqual(['e', 'late']);
  });

  it('tells nothing after the end, not even of what is written at the end', () => {
    const group = new WatchGroup(undefined);
    const log: string[] = [];
    for (const name of ['a', 'b']) {
      const member = group.add({
        event: () => log.push(name),
        end() {
          log.push(`${name} end`);
          group.dispatch(created(stored('/k/a', 5)));
          group.remove(member);
        },
      });
    }
    group.endAll();
    expect(log).toEqual(['a end', 'b', 'b end']);
    expect(group.size).toBe(0);
  });
});

describe('what users subscribe to a watch', () => {
  const fault = new Error('a bad consumer');

  it('a consumer that throws is reported and goes on being told, as do the others', async () => {
    harbor = openHarbor();
    const start = String(await harbor.create('ns/a'));
    await harbor.list();
    const log: string[] = [];
    const watch = () => harbor!.cacher.watch('/vessels/', { recursive: true, resourceVersion: start });
    const note = (name: string) => (event: StoredEvent) => log.push(`${name} ${event.type}`);
    watch().subscribe(note('first'));
    watch().subscribe((event) => {
      note('bad')(event);
      throw fault;
    });
    watch().subscribe({
      next(event) {
        note('object')(event);
        throw fault;
      },
    });
    watch()
      .pipe(map((event) => event))
      .subscribe(note('piped'));
    watch().subscribe(note('last'));
    await settle();
    await harbor.create('ns/b');
    await settle();
    const round = ['first ADDED', 'bad ADDED', 'object ADDED', 'piped ADDED', 'last ADDED'];
    expect(log).toEqual(round);
    await harbor.create('ns/c');
    await settle();
    expect(log).toEqual([...round, ...round]);
    expect(reported).toEqual([fault, fault, fault, fault]);
  });

  it('a consumer that throws at the initial events is reported and goes on', async () => {
    harbor = openHarbor();
    await harbor.create('ns/a');
    await harbor.create('ns/b');
    let told = 0;
    harbor.cacher.watch('/vessels/', { recursive: true, sendInitialEvents: true }).subscribe(() => {
      told++;
      throw fault;
    });
    await settle();
    await harbor.create('ns/c');
    await settle();
    expect([told, reported.length]).toEqual([3, 3]);
  });

  it('is told nothing more once it has unsubscribed, aborted or taken enough', async () => {
    harbor = openHarbor();
    const start = String(await harbor.create('ns/a'));
    await harbor.list();
    const abort = new AbortController();
    const log: string[] = [];
    const options = { recursive: true, resourceVersion: start };
    const other = harbor.cacher.watch('/vessels/', options).subscribe(() => log.push('other'));
    harbor.cacher.watch('/vessels/', { ...options, signal: abort.signal }).subscribe({
      next() {
        log.push('aborting');
        other.unsubscribe();
        abort.abort();
      },
      complete: () => log.push('aborted'),
    });
    const own = harbor.cacher.watch('/vessels/', options).subscribe(() => {
      log.push('own');
      own.unsubscribe();
    });
    harbor.cacher
      .watch('/vessels/', options)
      .pipe(take(1))
      .subscribe(() => log.push('one'));
    await settle();
    for (const name of ['b', 'c', 'd']) await harbor.create(`ns/${name}`);
    await settle();
    expect(log).toEqual(['other', 'aborting', 'aborted', 'own', 'one']);
  });

  it('observers keep their this, and may change their next', () => {
    let tell: (event: number) => void = () => {};
    const source = new WatchObservable<number>((_, next) => {
      tell = next;
    });
    const observer = {
      sum: 0,
      next(event: number): void {
        this.sum += event;
      },
    };
    source.subscribe(observer);
    tell(2);
    observer.next = function (event) {
      this.sum += 10 * event;
    };
    tell(3);
    expect(observer.sum).toBe(32);
  });

  it('Subjects, operators and nothing at all go the way RxJS has for them', () => {
    let tell: (event: number) => void = () => {};
    const source = new WatchObservable<number>((subscriber, next) => {
      tell = (event) => {
        next(event);
        if (event === 9) subscriber.complete();
      };
    });
    const log: (number | string)[] = [];
    const subject = new Subject<number>();
    subject.subscribe({ next: (event) => log.push(event), complete: () => log.push('end') });
    source.subscribe(subject);
    tell(1);
    tell(9);
    source.subscribe();
    tell(2);
    source.subscribe(null, null, () => log.push('done'));
    tell(9);
    source.pipe(map((event) => -event)).subscribe((event) => log.push(event));
    tell(3);
    expect(log).toEqual([1, 9, 'end', 'done', -3]);
    expect(source.subscribe(() => {}).closed).toBe(false);
  });
});
