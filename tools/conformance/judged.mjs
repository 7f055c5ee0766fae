import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEtcdBackend } from '@orlop/backend-etcd';
import { createMemoryBackend } from '@orlop/backend-memory';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import { createCacher } from '@orlop/cacher';
import { storageKit, vesselSchema, vessels } from '@orlop/conformance/storage';
import { underlyingKit } from '@orlop/conformance/underlying';
import { compileSchema } from '@orlop/schema';
import { createStorage } from '@orlop/storage';
import { startEtcd, version } from '../../packages/backend-etcd/test/start-etcd.ts';
import { getEtcd } from '../etcd/get-etcd.mjs';

/**
 * What is judged: kits, and for each the implementations that are open to it here. A backend in `without`, or one whose
 * server cannot be had, is left out with a word.
 */
export function judged(without) {
  const backends = [memory(), sqlite(), ...etcd(without)].filter(({ name }) => !without.includes(name));
  return [
    {
      title: 'Backends',
      text: 'The lower contract, revisioned bytes; its rules are in [storage-contract.md](storage-contract.md).',
      implementations: backends.map(({ name, underlying }) => ({ name, kit: underlyingKit({ name, ...underlying }) })),
    },
    {
      title: 'Storage over each backend, and the cache',
      text: "The upper contract, Kubernetes' storage.Interface: objects, resourceVersions, selectors, watches.",
      implementations: [
        ...backends.map(({ name, create }) => ({ name, kit: storageOver(name, create, false) })),
        ...backends.map(({ name, create }) => ({
          name: `cache over ${name}`,
          kit: storageOver(`cache over ${name}`, create, true),
        })),
      ],
    },
  ];
}

const resource = { ...vessels, type: compileSchema(vesselSchema) };

function storageOver(name, createBackend, cached) {
  const createPlain = (backend) => createStorage({ backend, resource });
  const cache = { name: 'vessels', prefix: resource.prefix, indexedFields: ['spec.berth'] };
  return storageKit({
    name,
    cached,
    createBackend,
    createStorage: (backend) => ({
      storage: cached
        ? createCacher({
            storage: createPlain(backend),
            resource: cache,
            progress: backend.capabilities.progress,
          })
        : createPlain(backend),
    }),
  });
}

function memory() {
  return {
    name: 'memory',
    underlying: { create: ({ runtime }) => createMemoryBackend({ runtime }) },
    create: () => createMemoryBackend(),
  };
}

function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'orlop-conformance-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  let number = 0;
  const open = ({ runtime } = {}) => createSqliteBackend({ path: join(folder, `${number}.db`), runtime });
  return {
    name: 'sqlite',
    underlying: { create: open, reopen: (_closed, given) => open(given), dispose: () => void number++ },
    create: () => open(void number++),
  };
}

function etcd(without) {
  if (without.includes('etcd')) return [];
  let program;
  try {
    program = getEtcd();
  } catch (error) {
    console.error(`without etcd: ${error.message}`);
    return [];
  }
  const servers = new Map();
  // Each case has a server of its own: revisions and compaction belong to the whole of one.
  const start = async () => {
    const server = await startEtcd({ program });
    const backend = await createEtcdBackend({ endpoints: server.endpoint });
    // At its very first revision etcd cannot be told from one that was compacted there.
    const { revision } = await backend.put('/first', Buffer.from('x'), 0);
    await backend.delete('/first', revision);
    await backend.close();
    return server;
  };
  const open = async (server, runtime) => {
    const backend = await createEtcdBackend({ endpoints: server.endpoint, runtime });
    servers.set(backend, server);
    return backend;
  };
  const create = async ({ runtime } = {}) => open(await start(), runtime);
  const dispose = async (backend) => servers.get(backend).stop();
  return [
    {
      name: `etcd ${version(program)}`,
      // Keys expire by etcd's own clock.
      underlying: {
        time: 'system',
        create,
        reopen: (closed, { runtime }) => open(servers.get(closed), runtime),
        dispose,
      },
      create: async () => {
        const backend = await create();
        const close = backend.close.bind(backend);
        backend.close = () => close().then(() => dispose(backend));
        return backend;
      },
    },
  ];
}
