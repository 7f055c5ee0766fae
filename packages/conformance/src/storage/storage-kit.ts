import type { UnderlyingStorage } from '@orlop/storage-interface';
import type { ConformanceCase, Kit } from '../case.ts';
import { storageCases } from './cases.ts';
import { type StorageCapability, StorageHarness, type StorageUnderTest } from './storage-harness.ts';

export type StorageCase = ConformanceCase<StorageHarness, StorageCapability>;

export interface StorageKitOptions {
  /** Heads the report: `Storage over memory`. */
  readonly name: string;
  /** A fresh, empty backend for each case; the kit closes it. */
  readonly createBackend: () => UnderlyingStorage | Promise<UnderlyingStorage>;
  /**
   * The storage to judge, as the member `storage`, for the resource `{ ...vessels, type: compileSchema(vesselSchema) }`.
   * The kit calls its `close`, then that of the result.
   */
  readonly createStorage: (backend: UnderlyingStorage) => StorageUnderTest | Promise<StorageUnderTest>;
  /** Gives back what `createBackend` took beyond the backend, for example a temporary folder. The backend is closed by then. */
  readonly dispose?: (backend: UnderlyingStorage) => void | Promise<void>;
  /** Lists and watches come from a cache: it may answer resourceVersion "0" with any state, and does not always read the store. @default false */
  readonly cached?: boolean;
  /** What the storage puts in front of all keys. @default '/registry' */
  readonly storePrefix?: string;
}

/** All cases for implementations of `Storage`, as data: `registerKit` makes vitest tests of them, `runKit` runs them. */
export function storageKit(options: StorageKitOptions): Kit<StorageHarness, StorageCapability> {
  const { name, createStorage, dispose, cached = false, storePrefix = '/registry' } = options;
  return {
    name,
    cases: storageCases,
    open: async () =>
      StorageHarness.open({ backend: await options.createBackend(), createStorage, dispose, storePrefix, cached }),
    close: (harness) => harness.close(),
    lacks(harness, capability) {
      switch (capability) {
        case 'direct':
          return harness.cached ? 'a cache does not read the store for every answer' : undefined;
        case 'ttl':
          return harness.backend.capabilities.ttl ? undefined : 'the backend has no expiry';
        case 'progress':
          return harness.backend.capabilities.progress ? undefined : 'the backend reports no progress';
      }
    },
  };
}
