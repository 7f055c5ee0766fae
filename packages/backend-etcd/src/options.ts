import type { Runtime } from '@orlop/storage-interface/underlying';
import type { EtcdClient, EtcdClientOptions } from './client.ts';

/** What a store on etcd is opened with. Either where etcd is, or a client that is already there. */
export type EtcdBackendOptions = EtcdStoreOptions &
  (Omit<EtcdClientOptions, 'runtime'> | { readonly client: EtcdClient });

export interface EtcdStoreOptions {
  /**
   * Stands before every key in etcd and is not seen above, so that several stores share one etcd. They also share its
   * revision and its compaction. @default none
   */
  readonly prefix?: string;
  /**
   * Values above this are refused with TooLarge. etcd bounds whole requests (--max-request-bytes); raise both together.
   * @default 1556480, which is etcd's 1.5 MiB less 16 KiB for the key, that stands in a request four times
   */
  readonly maxValueBytes?: number;
  /**
   * A key the etcd user may read; it need not exist. Asked for the current revision and for health.
   * @default '/registry/health'
   */
  readonly probeKey?: string;
  /** Clock for leases, and log. @default the system's */
  readonly runtime?: Pick<Runtime, 'clock' | 'log'>;
}
