import type { Vessel } from '@orlop/conformance/storage';
import { type Storage, unreachable, watchExpired } from '@orlop/storage-interface';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reflector } from '../src/reflector.ts';
import { WatchCache } from '../src/watch-cache.ts';
import { type Harbor, openHarbor, record, settle } from './harbor.ts';

describe('the reflector', () => {
  let harbor: Harbor;
  beforeEach(() => {
    harbor = openHarbor();
  });
  afterEach(() => harbor.close());

  const second = async (): Promise<void> => {
    await harbor.runtime.advance(1000);
    await settle();
  };

  it('is back a second after the store, however long that was away', async () => {
    await harbor.create('ns/a');
    await harbor.list();
    harbor.quay.listError = unreachable('/vessels/');
    harbor.quay.breakWatches(watchExpired());
    for (let i = 0; i < 40; i++) await second();
    await expect(harbor.cacher.readinessCheck()).rejects.toMatchObject({ code: 'StorageNotReady' });
    harbor.quay.listError = undefined;
    await second();
    await harbor.cacher.readinessCheck();
  });

  it('does not list without a pause while lists succeed and watches fail at once', async () => {
    await harbor.list();
    harbor.quay.takeLists();
    for (let i = 0; i < 100; i++) {
      harbor.quay.breakWatches(watchExpired());
      await harbor.runtime.advance(100);
      await settle();
    }
    expect(harbor.quay.takeLists().length).toBeLessThan(20);
  });

  it('begins at once again after a watch that lasted and had nothing to tell', async () => {
    await harbor.list();
    for (let i = 0; i < 8; i++) {
      await harbor.runtime.advance(60_000);
      harbor.quay.endWatches();
      await harbor.runtime.advance(100);
      await settle();
    }
    const watch = record(harbor, { resourceVersion: '0' });
    const a = await harbor.create('ns/a');
    await settle();
    expect(watch.log).toEqual([`ADDED ns/a@${a}`]);
  });

  it('a list that was given up says nothing of the revision of the next', async () => {
    const { quay, runtime } = harbor;
    const answers: (() => void)[] = [];
    const held: Storage<Vessel> = {
      ...quay.storage,
      async getList(...args) {
        const page = await quay.storage.getList(...args);
        await new Promise<void>((resolve) => answers.push(resolve));
        return page;
      },
    };
    const cache = new WatchCache<Vessel>({ eventFreshness: 0 });
    let sorted = (): void => {};
    const replaced: number[] = [];
    const target = {
      async sort(...args: Parameters<typeof cache.sort>) {
        await new Promise<void>((resolve) => {
          sorted = resolve;
        });
        return cache.sort(...args);
      },
      replace: (_: unknown, revision: number) => void replaced.push(revision),
      event() {},
      lost() {},
      failed() {},
    };
    const reflector = new Reflector(held, '/vessels/', target, runtime);
    reflector.start();
    await settle();
    const b = await harbor.create('ns/b');
    reflector.restart(new Error('not to be trusted'));
    await settle();
    answers[1]!();
    await settle();
    answers[0]!();
    await settle();
    sorted();
    await settle();
    reflector.stop();
    expect(replaced).toEqual([b]);
  });
});
