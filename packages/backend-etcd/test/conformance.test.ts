import { underlyingStorageKit } from '@orlop/conformance/underlying';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, describe } from 'vitest';
import { getEtcd } from '../../../tools/etcd/get-etcd.mjs';
import { createEtcdBackend } from '../src/index.ts';
import { type Etcd, startEtcd, version } from './start-etcd.ts';

/** Every case has an etcd of its own, and several run at once: those that wait for keys to expire take their real time. */
export function judge(program: string): void {
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

  describe.concurrent('etcd', () =>
    underlyingStorageKit({
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
    }));
}

judge(getEtcd());
