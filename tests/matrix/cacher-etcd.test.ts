import { createEtcdBackend } from '@orlop/backend-etcd';
import { createCacher } from '@orlop/cacher';
import { registerKit } from '@orlop/conformance';
import { storageKit, type Vessel, vesselSchema, vessels } from '@orlop/conformance/storage';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { afterAll, describe } from 'vitest';
import { distributedEtcd, type Etcd, startEtcd, version } from '../../packages/backend-etcd/test/start-etcd.ts';
import { getEtcd } from '../../tools/etcd/get-etcd.mjs';

/** The cache over etcd, a process of its own for each case: revisions and compaction belong to the whole of one. */
const resource = { ...vessels, type: compileSchema(vesselSchema) };

function judge(program: string): void {
  let coming: Promise<Etcd> | undefined;
  afterAll(async () => (await coming)?.stop());
  /** The next one starts while this one is used. */
  const next = (): Promise<Etcd> => {
    const etcd = coming ?? startEtcd({ program });
    coming = startEtcd({ program });
    coming.catch(() => {});
    return etcd;
  };
  const open = async (): Promise<UnderlyingStorage> => {
    const etcd = await next();
    const backend = await createEtcdBackend({ endpoints: etcd.endpoint });
    // At its very first revision etcd cannot be told from one that was compacted there.
    const { revision } = await backend.put('/first', Buffer.from('x'), 0);
    await backend.delete('/first', revision);
    const close = backend.close.bind(backend);
    backend.close = () => close().then(() => etcd.stop());
    return backend;
  };
  describe.concurrent('etcd', () => {
    registerKit(
      storageKit({
        name: `Cacher over Storage over etcd ${version(program)}`,
        cached: true,
        createBackend: open,
        createStorage: (backend) => ({
          storage: createCacher({
            storage: createStorage<Vessel>({ backend, resource }),
            resource: { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] },
            progress: backend.capabilities.progress,
          }),
        }),
      }),
    );
  });
}

judge(getEtcd());

// The oldest line that is supported, where the distribution has it: its progress answers cannot be trusted.
const old = distributedEtcd();
if (old && version(old).startsWith('3.4.')) judge(old);
