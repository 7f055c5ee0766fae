import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEtcdBackend } from '@orlop/backend-etcd';
import { createMemoryBackend, type MemoryBackend } from '@orlop/backend-memory';
import { createSqliteBackend } from '@orlop/backend-sqlite';
import type { UnderlyingStorage } from '@orlop/storage-interface';
import { startEtcd } from '../../packages/backend-etcd/test/start-etcd.ts';
import { type SwitchedBackend, switchedBackend } from './switched-backend.ts';

export type StoreName = 'memory' | 'sqlite' | 'etcd';
export const storeNames: readonly StoreName[] = ['memory', 'sqlite', 'etcd'];

/** A store that can break. */
export interface SoakStore {
  /** What the caches and clients see. */
  readonly backend: SwitchedBackend;
  /** Gone and back. `meanwhile` works on the same data, as another client would, before anybody above can. */
  restart(pause: () => Promise<void>, meanwhile: (backend: UnderlyingStorage) => Promise<void>): Promise<void>;
  /** Something else that only this kind of store can do; undefined: nothing. */
  readonly special?: () => Promise<void>;
  close(): Promise<void>;
}

export const openStore: Readonly<Record<StoreName, () => Promise<SoakStore>>> = {
  async memory() {
    const memory: MemoryBackend = createMemoryBackend();
    const backend = switchedBackend(memory);
    let kept = memory.snapshot();
    return {
      backend,
      async restart(pause, meanwhile) {
        backend.takeAway();
        await pause();
        await meanwhile(memory);
        backend.bringBack(memory);
      },
      /** Goes back to an earlier moment, as new revisions. */
      async special() {
        memory.restore(kept);
        kept = memory.snapshot();
      },
      close: () => memory.close(),
    };
  },

  async sqlite() {
    const folder = mkdtempSync(join(tmpdir(), 'orlop-soak-'));
    const open = () => createSqliteBackend({ path: join(folder, 'soak.db') });
    let opened = await open();
    const backend = switchedBackend(opened);
    return {
      backend,
      async restart(pause, meanwhile) {
        backend.takeAway();
        await opened.close();
        await pause();
        opened = await open();
        await meanwhile(opened);
        backend.bringBack(opened);
      },
      async close() {
        await opened.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },

  async etcd() {
    const etcd = await startEtcd();
    const connected = await createEtcdBackend({ endpoints: etcd.endpoint });
    const backend = switchedBackend(connected);
    return {
      backend,
      /** The process goes on; nobody can reach it but another client. */
      async restart(pause, meanwhile) {
        backend.takeAway();
        await pause();
        await meanwhile(connected);
        backend.bringBack(connected);
      },
      /** `kill -9` under open connections, and a new process on the same data. */
      async special() {
        await etcd.kill();
        await etcd.start();
      },
      async close() {
        await connected.close();
        await etcd.stop();
      },
    };
  },
};
