import { manualRuntime } from '@orlop/conformance';
import { describe, expect, it } from 'vitest';
import { Readiness, retryAfter } from '../src/readiness.ts';

const fresh = () => {
  const runtime = manualRuntime(0);
  return { runtime, readiness: new Readiness(runtime.clock) };
};

describe('readiness', () => {
  it('is begun by one caller', () => {
    const { readiness } = fresh();
    expect([readiness.idle, readiness.begin(), readiness.begin(), readiness.idle]).toEqual([true, true, false, false]);
  });

  it('holds who waits, and counts generations', async () => {
    const { readiness } = fresh();
    readiness.begin();
    const held = [readiness.wait(), readiness.wait()];
    readiness.setReady();
    expect(await Promise.all(held)).toEqual([1, 1]);
    expect(await readiness.wait()).toBe(1);
    readiness.setPending();
    expect(readiness.ready).toBe(false);
    const again = readiness.wait();
    readiness.setReady();
    expect(await again).toBe(2);
  });

  it('a failure lets go of who waits, and refuses others until it is ready', async () => {
    const { readiness, runtime } = fresh();
    readiness.begin();
    const held = readiness.wait();
    readiness.setFailed(new Error('no list'));
    await expect(held).rejects.toMatchObject({ code: 'StorageNotReady', retryAfterSeconds: 1 });
    await runtime.advance(30_000);
    await expect(readiness.wait()).rejects.toMatchObject({ retryAfterSeconds: 6 });
    readiness.setReady();
    expect(await readiness.wait()).toBe(1);
    // A later loss begins without blame.
    readiness.setPending();
    const after = readiness.wait();
    readiness.setReady();
    expect(await after).toBe(2);
  });

  it('lets go of who does not want to wait any longer, and forgets them', async () => {
    const { readiness } = fresh();
    const [leaving, staying] = [new AbortController(), new AbortController()];
    readiness.begin();
    const left = readiness.wait(leaving.signal);
    const held = readiness.wait(staying.signal);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'RequestTimeout' });
    await expect(readiness.wait(leaving.signal)).rejects.toMatchObject({ code: 'RequestTimeout' });
    readiness.setReady();
    expect(await held).toBe(1);
    staying.abort();
    // Who is served at once is not asked.
    expect(await readiness.wait(leaving.signal)).toBe(1);
  });

  it('stops for good', async () => {
    const { readiness } = fresh();
    readiness.begin();
    const held = readiness.wait();
    readiness.stop();
    await expect(held).rejects.toMatchObject({ message: 'apiserver cacher is stopped' });
    readiness.setReady();
    readiness.setPending();
    expect([readiness.ready, readiness.stopped, readiness.begin()]).toEqual([false, true, false]);
    await expect(readiness.wait()).rejects.toMatchObject({ code: 'StorageNotReady' });
  });

  it.each([
    [0, 1],
    [10, 1],
    [20, 3],
    [40, 11],
    [56, 28],
    [57, 30],
    [10_000, 30],
  ])('after %i s down, come back in %i s', (seconds, answer) => {
    expect(retryAfter(seconds * 1000)).toBe(answer);
  });
});
