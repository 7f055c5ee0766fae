import { registerKit } from '@orlop/conformance';
import { underlyingKit } from '@orlop/conformance/underlying';
import { isCompacted, type UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, describe, expect, test } from 'vitest';
import { getEtcd } from '../../../tools/etcd/get-etcd.mjs';
import { createEtcdBackend } from '../src/index.ts';
import { distributedEtcd, type Etcd, startEtcd, version } from './start-etcd.ts';

/** Every case has an etcd of its own, and several run at once: those that wait for keys to expire take their real time. */
function judge(program: string, except: readonly string[] = []): void {
  const stores = new Map<UnderlyingStorage, Etcd>();
  let coming: Promise<Etcd> | undefined;
  afterAll(async () => (await coming)?.stop());
  const next = (): Promise<Etcd> => {
    const etcd = coming ?? start();
    coming = start();
    coming.catch(() => {});
    return etcd;
  };
  const start = async (): Promise<Etcd> => {
    const etcd = await startEtcd({ program });
    // One write, taken back: at its very first revision etcd cannot be told from one that was compacted there.
    const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
    const { revision } = await backend.put('/first', Buffer.from('x'), 0);
    await backend.delete('/first', revision);
    await backend.close();
    return etcd;
  };

  const kit = underlyingKit({
    name: `etcd ${version(program)}`,
    time: 'system',
    effort: { histories: 30 },
    async create({ runtime }) {
      const etcd = await next();
      const backend = await createEtcdBackend({ endpoints: etcd.endpoint, runtime });
      stores.set(backend, etcd);
      return backend;
    },
    async reopen(closed, { runtime }) {
      const etcd = stores.get(closed)!;
      const backend = await createEtcdBackend({ endpoints: etcd.endpoint, runtime });
      stores.set(backend, etcd);
      return backend;
    },
    dispose: (backend) => stores.get(backend)!.stop(),
  });
  describe.concurrent('etcd', () => {
    registerKit({ ...kit, cases: kit.cases.filter(({ id }) => !except.includes(id)) });
  });
}

judge(getEtcd());

// The oldest line that is supported, where the distribution has it: progress answers cannot be trusted yet, and a deletion
// at the revision of a compaction is lost. The two cases that want it are replaced by the test below.
const old = distributedEtcd();
if (old && version(old).startsWith('3.4.')) {
  judge(old, ['compact/watch-start', 'history/random']);

  test(`etcd ${version(old)}: a watch that would miss a deletion throws Compacted instead`, async () => {
    const etcd = await startEtcd({ program: old });
    const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
    try {
      expect(backend.capabilities.progress).toBe(false);
      const { revision } = await backend.put('/p/a', Buffer.from('x'), 0);
      const { revision: deleted } = await backend.delete('/p/a', revision);
      await backend.put('/p/b', Buffer.from('x'), 0);
      await backend.compact(deleted);
      const watch = backend.watch('/p/', { startRevision: deleted })[Symbol.asyncIterator]();
      await expect(watch.next()).rejects.toSatisfy(isCompacted);
      const behind = backend.watch('/p/', { startRevision: deleted + 1 })[Symbol.asyncIterator]();
      expect((await behind.next()).value?.revision).toBe(deleted + 1);
    } finally {
      await backend.close();
      await etcd.stop();
    }
  });
}
