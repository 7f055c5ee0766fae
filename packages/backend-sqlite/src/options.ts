import type { Runtime } from '@orlop/storage-interface/underlying';
import type { DriverName } from './driver.ts';

export interface SqliteBackendOptions {
  /** File of the store, made when missing (its folder is not), or `:memory:`. */
  readonly path: string;
  /** Clock, timers and log. @default the system's */
  readonly runtime?: Pick<Runtime, 'clock' | 'timers' | 'log'>;
  /** Values above this are refused with TooLarge; Infinity lifts the limit. @default 1572864, as etcd's requests */
  readonly maxValueBytes?: number;
  /** Size of the file at which writes are refused with NoSpace. @default none but the disk */
  readonly maxFileBytes?: number;
  /**
   * How writes reach the disk. With `NORMAL` a loss of power may take acknowledged writes back, and their revisions are
   * used again: only for data that may be lost. @default 'FULL'
   */
  readonly synchronous?: 'FULL' | 'EXTRA' | 'NORMAL';
  /** Write in a thread of its own. @default true, except for `:memory:` */
  readonly worker?: boolean;
  /** Read and check every page when opening; costs about a second per gigabyte. @default false */
  readonly checkPages?: boolean;
  /** Milliseconds to wait when another program holds the file, a backup for example. @default 5000 */
  readonly busyTimeout?: number;
  /** Events and bytes of recent writes kept for watches; older ones are read from the file. @default 10000 and 16 MiB */
  readonly recent?: { readonly events: number; readonly bytes: number };
  /** The SQLite library. @default 'better-sqlite3' */
  readonly driver?: DriverName;
}
