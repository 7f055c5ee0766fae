import { isClosed, isCompacted, type Runtime, systemRuntime, type UnderlyingStorage } from '@orlop/storage-interface';

export interface CompactorOptions {
  /** Milliseconds between compactions; history of one to two intervals stays. @default 300000, five minutes */
  readonly interval?: number;
  /** Timers and log. @default the system's; its timers do not keep a process alive */
  readonly runtime?: Pick<Runtime, 'timers' | 'log'>;
}

export interface Compactor {
  /** No further compaction begins. */
  stop(): void;
}

/** The key kube-apiserver uses for the same purpose, so that both may share one etcd. */
const key = 'compact_rev_key';

/**
 * Compacts a store now and then, once an interval however many processes do the same: who writes the common key first
 * compacts at the revision it saw an interval ago, the others learn from the key. The first round compacts nothing. Ends
 * by itself when the backend is closed. Winning raises the store's revision by one.
 */
export function createCompactor(backend: UnderlyingStorage, options: CompactorOptions = {}): Compactor {
  const { interval = 300_000, runtime = systemRuntime() } = options;
  let cancel = (): void => {};
  let stopped = false;
  /** Revision of the key's last write, as far as known here: the clock all processes share. */
  let clock = 0;
  /** The store's revision in the last round. */
  let seen = 0;

  const round = async (): Promise<void> => {
    const turn = await backend.put(key, Buffer.from(String(seen)), clock);
    const due = seen;
    clock = turn.succeeded ? turn.revision : (turn.current?.modRevision ?? 0);
    seen = turn.revision;
    if (!turn.succeeded || due === 0) return;
    try {
      await backend.compact(due);
    } catch (error) {
      // Somebody compacted by hand.
      if (!isCompacted(error)) throw error;
    }
  };

  const next = (): void => {
    cancel = runtime.timers.after(interval, () => {
      round().then(
        () => {
          if (!stopped) next();
        },
        (error) => {
          if (stopped || isClosed(error)) return;
          runtime.log.warn('a compaction of etcd failed', { error: String(error) });
          next();
        },
      );
    });
  };
  next();
  return {
    stop() {
      stopped = true;
      cancel();
    },
  };
}
