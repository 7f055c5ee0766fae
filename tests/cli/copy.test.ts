import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import { manualRuntime } from '@orlop/conformance';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { type CopyProgress, copyStore, createServer } from 'orlop';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEtcd } from '../../packages/backend-etcd/test/start-etcd.ts';
import { type OrlopRun, runOrlop } from './run-orlop.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orlop-copy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens a file for as long as the work takes. */
async function withFile<T>(name: string, work: (store: UnderlyingStorage) => Promise<T>): Promise<T> {
  const store = await createSqliteBackend({ path: join(folder, name) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const fill = async (store: UnderlyingStorage, values: Readonly<Record<string, string>>): Promise<void> => {
  const written = Object.entries(values).map(([key, value]) => store.put(key, Buffer.from(value), 0));
  expect((await Promise.all(written)).every(({ succeeded }) => succeeded)).toBe(true);
};

const content = async (store: UnderlyingStorage): Promise<Record<string, string>> => {
  const { kvs } = await store.list('');
  return Object.fromEntries(kvs.map(({ key, value }) => [key, Buffer.from(value).toString('utf8')]));
};

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`/registry/things/${i}`, `value ${i} `.repeat(20)]));

describe('orlop copy', { timeout: 60_000 }, () => {
  const running: OrlopRun[] = [];
  const orlop = (...args: string[]): OrlopRun => {
    const run = runOrlop(['copy', ...args], folder);
    running.push(run);
    return run;
  };
  const fromTo = ['--from', 'sqlite://a.db', '--to', 'sqlite://b.db'];
  afterEach(async () => {
    for (const run of running.splice(0)) await run.kill();
  });

  test('moves what a server stored: the same objects are served from the other file', async () => {
    const paths = ['/api/v1/namespaces/default', '/api/v1/namespaces/default/configmaps/settings'];
    const read = async (file: string, prepare?: (url: string) => Promise<unknown>): Promise<unknown[]> => {
      const server = await createServer({ storage: `sqlite://${join(folder, file)}` });
      const { url } = await server.listen();
      await prepare?.(url);
      const objects = await Promise.all(paths.map(async (path) => (await fetch(url + path)).json()));
      await server.close();
      // The revision is the store's own, all else the object's.
      return objects.map((object) => {
        const { resourceVersion, ...metadata } = (object as { metadata: Record<string, unknown> }).metadata;
        expect(resourceVersion).toMatch(/^\d+$/);
        return { ...(object as object), metadata };
      });
    };
    const before = await read('a.db', (url) =>
      fetch(`${url}/api/v1/namespaces/default/configmaps`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ metadata: { name: 'settings', labels: { a: 'b' } }, data: { color: 'grün' } }),
      }),
    );
    const run = orlop(...fromTo);
    expect(await run.exited, run.stderr()).toBe(0);
    expect(run.stdout()).toMatch(/^\d+ keys, \d+ bytes: \d+ written; compared and equal, at revision \d+, in /);
    expect(run.stderr()).toMatch(/copying 100 % .*verifying 100 % .*keys that were to expire \(Events\) now stay/s);
    expect(before[1]).toMatchObject({ kind: 'ConfigMap', data: { color: 'grün' } });
    expect(await read('b.db')).toEqual(before);
  });

  test('stopped by Ctrl-C it says so, and a second run goes on', async () => {
    const values = many(20_000);
    await withFile('a.db', (store) => fill(store, values));
    const first = orlop(...fromTo);
    const seen = new Promise<void>((resolve) => {
      first.child.stderr!.on('data', () => first.stderr().includes('copying 10 %') && resolve());
    });
    await seen;
    expect(await first.interrupt()).toBe(130);
    expect(first.stderr()).toContain('stopped; run the same copy again to go on');
    const there = await withFile('b.db', (store) => store.count(''));
    expect(there).toBeGreaterThan(0);
    expect(there).toBeLessThan(20_000);
    const second = orlop(...fromTo);
    expect(await second.exited, second.stderr()).toBe(0);
    expect(second.stdout()).toContain(`${20_000 - there} written, ${there} were there; compared and equal`);
    expect(await withFile('b.db', content)).toEqual(values);
  });

  test('refuses a target with other data and leaves it alone; --replace makes it like the source', async () => {
    await withFile('a.db', (store) => fill(store, { '/a': '1', '/b': '2', '/c': '3' }));
    const other = { '/a': '1', '/b': 'other', '/x': 'only here' };
    await withFile('b.db', (store) => fill(store, other));
    const refused = orlop(...fromTo);
    expect(await refused.exited).toBe(1);
    expect(refused.stderr()).toContain(
      'the target holds 2 keys that are not in the source, or not with this value: /b, …\n  --replace makes it like the source',
    );
    expect(await withFile('b.db', content)).toEqual(other);
    const replaced = orlop(...fromTo, '--replace');
    expect(await replaced.exited, replaced.stderr()).toBe(0);
    expect(replaced.stdout()).toContain('3 keys, 3 bytes: 2 written, 1 were there, 1 deleted; compared and equal');
    expect(await withFile('b.db', content)).toEqual({ '/a': '1', '/b': '2', '/c': '3' });
  });

  test('--prefix and --exclude bound it on both sides', async () => {
    await withFile('a.db', (store) => fill(store, { '/r/events/1': 'e', '/r/pods/1': 'p', '/other/1': 'o' }));
    await withFile('b.db', (store) => fill(store, { '/mine': 'm', '/r/events/mine': 'm' }));
    const run = orlop(...fromTo, '--prefix', '/r/', '--exclude', '/r/events/', '--replace');
    expect(await run.exited, run.stderr()).toBe(0);
    expect(await withFile('b.db', content)).toEqual({ '/mine': 'm', '/r/events/mine': 'm', '/r/pods/1': 'p' });
  });

  test('moves to etcd and back', async () => {
    const etcd = await startEtcd();
    try {
      const values = many(2_000);
      await withFile('a.db', (store) => fill(store, values));
      const there = `${etcd.endpoint.replace('http', 'etcd')}?prefix=/one`;
      const away = orlop('--from', 'sqlite://a.db', '--to', there);
      expect(await away.exited, away.stderr()).toBe(0);
      const beside = orlop('--from', there, '--to', there.replace('one', 'two'));
      expect(await beside.exited, beside.stderr()).toBe(0);
      const back = orlop('--from', there.replace('one', 'two'), '--to', 'sqlite://b.db');
      expect(await back.exited, back.stderr()).toBe(0);
      expect(await withFile('b.db', content)).toEqual(values);
    } finally {
      await etcd.stop();
    }
  });

  test('refuses what makes no sense, in words, and makes no file', async () => {
    await withFile('a.db', (store) => fill(store, { '/a': '1' }));
    const refusals = [
      [['--from', 'memory://', '--to', 'sqlite://b.db'], /memory:\/\/ is empty when this command begins/],
      [['--from', 'sqlite://a.db', '--to', 'memory://'], /memory:\/\/ .* gone when it ends/],
      [['--from', 'sqlite://a.db', '--to', 'sqlite://:memory:'], /nothing to copy/],
      [['--from', 'sqlite://missing.db', '--to', 'sqlite://b.db'], /there is no file missing\.db/],
      [['--from', 'sqlite://a.db', '--to', 'sqlite://./a.db'], /are the same store/],
      [['--from', 'sqlite://a.db', '--to', 'mysql://b'], /no backend for "mysql:\/\/b"/],
      [['--from', 'sqlite://a.db'], /required option '--to <url>' not specified/],
    ] as const;
    const check = async ([args, message]: (typeof refusals)[number]): Promise<void> => {
      const run = orlop(...args);
      expect(await run.exited, args.join(' ')).toBe(1);
      expect(run.stderr()).toMatch(message);
    };
    await Promise.all(refusals.map(check));
    expect(readdirSync(folder).filter((name) => !name.startsWith('a.db'))).toEqual([]);
  });

  test('says that a server has the file open', async () => {
    await withFile('a.db', async (store) => {
      await fill(store, { '/a': '1' });
      const run = orlop(...fromTo);
      expect(await run.exited).toBe(1);
      expect(run.stderr()).toMatch(/a\.db.*(in use|locked|another process)/i);
      expect(existsSync(join(folder, 'b.db'))).toBe(false);
    });
  });
});

describe('copyStore', () => {
  test('keys and bytes come over as they are', async () => {
    const keys = ['/A', '/a', '/ä', '/\u{ff5e}', '/\u{1f600}', '/a%_"\'', '/\0', 'no slash'];
    const everyByte = Uint8Array.from({ length: 256 }, (_, i) => i);
    const source = createMemoryBackend();
    for (const key of keys) await source.put(key, everyByte, 0);
    await source.put('/empty', new Uint8Array(0), 0);
    await withFile('b.db', async (target) => {
      const result = await copyStore(source, target);
      expect(result).toMatchObject({ keys: 9, bytes: 256 * 8, written: 9, deleted: 0, sourceRevision: 10 });
      const plain = async (store: UnderlyingStorage) =>
        (await store.list('')).kvs.map(({ key, value }) => [key, [...value]]);
      expect(await plain(target)).toEqual(await plain(source));
      expect(result.targetRevision).toBe(await target.currentRevision());
    });
  });

  test('pages follow the size of values, and progress reaches the end of every phase', async () => {
    const source = createMemoryBackend();
    for (let i = 0; i < 30; i++) await source.put(`/large/${i}`, new Uint8Array(1_000_000).fill(i), 0);
    await fill(source, many(3_000));
    const last = new Map<string, CopyProgress>();
    const target = createMemoryBackend();
    const result = await copyStore(source, target, { onProgress: (progress) => last.set(progress.phase, progress) });
    expect(result).toMatchObject({ keys: 3_030, written: 3_030 });
    expect([...last.values()]).toEqual([
      { phase: 'copy', done: 3_030, total: 3_030 },
      { phase: 'verify', done: 3_030, total: 3_030 },
    ]);
  });

  test('it is of one revision of a source that others write to', async () => {
    const source = createMemoryBackend();
    await fill(source, many(2_000));
    const before = await content(source);
    const target = createMemoryBackend();
    let meddled = false;
    await copyStore(source, target, {
      onProgress({ done }) {
        if (meddled || done < 500) return;
        meddled = true;
        void fill(source, { '/registry/things/9999x': 'new' });
      },
    });
    expect(await source.count('')).toBe(2_001);
    expect(await content(target)).toEqual(before);
    // The difference is brought by another run; the target is a part of the source again.
    expect(await copyStore(source, target)).toMatchObject({ written: 1, keys: 2_001 });
  });

  test('a source that forgets meanwhile ends it, and the next run goes on', async () => {
    const source = createMemoryBackend();
    await fill(source, many(2_000));
    const target = createMemoryBackend();
    let meddled = false;
    const copying = copyStore(source, target, {
      onProgress({ done }) {
        if (meddled || done < 500) return;
        meddled = true;
        void source.put('/zzz', new Uint8Array(1), 0).then(({ revision }) => source.compact(revision));
      },
    });
    await expect(copying).rejects.toMatchObject({ name: 'CopyError', code: 'SourceCompacted' });
    const there = await target.count('');
    expect(await copyStore(source, target)).toMatchObject({ keys: 2_001, written: 2_001 - there });
  });

  test.each([
    ['a key it is about to write', 'TargetChanged', '/registry/things/999'],
    ['a key of its own', 'Different', '/zzz'],
  ])('somebody else who writes to the target is noticed: %s', async (_what, code, key) => {
    const source = createMemoryBackend();
    await fill(source, many(1_000));
    const target = createMemoryBackend();
    let meddled = false;
    const copying = copyStore(source, target, {
      onProgress({ phase, done }) {
        if (meddled || phase !== 'copy' || done < 100) return;
        meddled = true;
        void fill(target, { [key]: 'foreign' });
      },
    });
    await expect(copying).rejects.toMatchObject({ name: 'CopyError', code });
    expect((await content(target))[key]).toBe('foreign');
  });

  test('a target that loses a write is told from one that is equal', async () => {
    const source = createMemoryBackend();
    await fill(source, { '/a': '1', '/b': '2' });
    const real = createMemoryBackend();
    const forgetful = Object.assign(Object.create(real) as UnderlyingStorage, {
      capabilities: real.capabilities,
      put: async (key: string, value: Uint8Array, expected: number) =>
        real.put(key, key === '/b' ? value.slice(0, 0) : value, expected),
      ...Object.fromEntries(['list', 'count', 'currentRevision'].map((name) => [name, bound(real, name)])),
    });
    await expect(copyStore(source, forgetful)).rejects.toMatchObject({
      code: 'Different',
      message: 'the target is not like the source: /b has another value there; run the same copy again',
    });
  });

  test('a key that was to expire stays in the target, and an expired one is not copied', async () => {
    const runtime = manualRuntime();
    const source = createMemoryBackend({ runtime });
    await source.put('/gone', Buffer.from('x'), 0, { ttlSeconds: 5 });
    await source.put('/kept', Buffer.from('x'), 0, { ttlSeconds: 60 });
    await runtime.advance(10_000);
    const target = createMemoryBackend({ runtime });
    await copyStore(source, target);
    await runtime.advance(3_600_000);
    expect([await source.count(''), Object.keys(await content(target))]).toEqual([0, ['/kept']]);
  });

  test("etcd's note of its own compaction stays where it is", async () => {
    const source = createMemoryBackend();
    await fill(source, { compact_rev_key: '17', '/a': '1' });
    const target = createMemoryBackend();
    await fill(target, { compact_rev_key: '4' });
    await copyStore(source, target);
    expect(await content(target)).toEqual({ compact_rev_key: '4', '/a': '1' });
  });

  test('a value the target does not take is named; nothing is lost', async () => {
    const source = createMemoryBackend();
    await fill(source, { '/a': 'small', '/b': 'x'.repeat(200) });
    const target = createMemoryBackend({ maxValueBytes: 100 });
    await expect(copyStore(source, target)).rejects.toMatchObject({
      code: 'TooLarge',
      message: expect.stringContaining('/b'),
    });
  });
});

const bound = (store: UnderlyingStorage, name: string): unknown =>
  (store as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!.bind(store);
